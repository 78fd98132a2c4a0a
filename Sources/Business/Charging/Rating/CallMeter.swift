public import Basics
public import Orders

/// The rating of one call: a pure function of its tariff, its answer and what the account's months have used before.
///
/// Blocks decide how many seconds are charged: every block begun, whole. Each charged second then costs what the rate in force when it
/// begins says, less the discount, and belongs to the month in which it begins; so a call is split exactly where a price, a window or a
/// month changes. Free seconds are taken in order. The connect fee comes with the first second and is never free. The discounted price of
/// a second is rounded once, to the micro-yuan, half to even; all else is whole numbers, so the sum over slices is the rating of the whole.
public struct CallMeter: Sendable {
    /// The tariff of the call.
    public let tariff: CallTariff
    /// When it was answered.
    public let answered: Timestamp
    private let zone: BusinessZone

    /// Begins at the answer.
    public init(_ tariff: CallTariff, answered: Timestamp, zone: BusinessZone) {
        self.tariff = tariff
        self.answered = answered
        self.zone = zone
    }

    /// Rates the charged seconds `from..<to`; both are ends of blocks.
    public func rate(from: Int64, to: Int64, after use: [BusinessMonth: MonthUse]) -> Rating {
        var months = use
        var parts: [RatedPart] = []
        var second = from
        while second < to {
            let stretch = stretch(at: second)
            let end = min(stretch.until, to)
            rate(second..<end, as: stretch, of: &months[stretch.month, default: MonthUse()], into: &parts)
            second = end
        }
        return Rating(parts: parts, after: months)
    }

    /// The end of the last block that is begun before a second; `from` is the end of an earlier one.
    public func blocks(covering seconds: Int64, from: Int64) -> Int64 { walk(to: seconds, from: from) { ($0 + $1 - 1) / $1 } }

    /// The end of the last whole block up to a second.
    public func blocks(within seconds: Int64, from: Int64) -> Int64 { walk(to: seconds, from: from) { $0 / $1 } }

    /// How far, at most up to `to`, a credit reaches from a second on: the end of the last block that it pays for whole.
    public func reach(of credit: Money, from: Int64, to: Int64, after use: [BusinessMonth: MonthUse]) -> Int64 {
        var left = max(credit, .zero)
        for part in rate(from: from, to: to, after: use).parts {
            if part.amount <= left {
                left -= part.amount
                continue
            }
            let seconds = part.kind == .connectFee ? 0 : left.micros / part.price.micros
            return blocks(within: part.from + seconds, from: from)
        }
        return to
    }

    /// Every month in which one of the seconds begins.
    func months(from: Int64, to: Int64) -> [BusinessMonth] {
        let last = zone.month(of: answered.adding(seconds: max(to - 1, from)))
        var months = [zone.month(of: answered.adding(seconds: from))]
        while let month = months.last, month < last { months.append(month.next) }
        return months
    }

    // MARK: Stretches

    /// Seconds with one rate, in one month.
    private struct Stretch {
        let rate: TariffRate
        let freeSeconds: Int64
        let discount: UsageDiscount?
        let month: BusinessMonth
        let until: Int64
    }

    private func stretch(at second: Int64) -> Stretch {
        let instant = answered.adding(seconds: second)
        let (version, month) = (tariff.version(at: instant), zone.month(of: instant))
        var end = min(zone.end(of: month), windowEnd(of: version, after: instant))
        if let next = tariff.versions.first(where: { $0.from > instant }), version.from <= instant || version != next {
            end = min(end, next.from)
        }
        let left = max(end.milliseconds(since: instant), 1)
        return Stretch(
            rate: tariff.rate(at: instant, zone: zone), freeSeconds: version.freeSeconds, discount: version.discount,
            month: month,
            until: second + left / 1000 + (left % 1000 == 0 ? 0 : 1))
    }

    /// The next instant at which a window may begin or end: by the wall clock, or where that is set.
    private func windowEnd(of version: CallTariff.Version, after instant: Timestamp) -> Timestamp {
        let windows = version.rates.compactMap(\.window)
        guard !windows.isEmpty else { return Timestamp(milliseconds: .max) }
        let clock = zone.clock(of: instant)
        let now = clock.hour * 3600 + clock.minute * 60 + clock.second
        let isHoliday = tariff.holidays.contains(clock.date)
        let edges = windows.filter { $0.isOn(weekday: clock.date.weekday, isHoliday: isHoliday) }
            .flatMap { [$0.fromMinute * 60, $0.untilMinute * 60] }
        let next = edges.filter { $0 > now }.min() ?? 86_400
        let fraction = instant.milliseconds(since: Timestamp(milliseconds: 0)) % 1000
        let end = instant.adding(milliseconds: Int64(next - now) * 1000 - (fraction < 0 ? fraction + 1000 : fraction))
        return clockChange(between: instant, and: end) ?? end
    }

    /// Where the wall clock is set forward or back between two instants; nil where it is not.
    private func clockChange(between start: Timestamp, and end: Timestamp) -> Timestamp? {
        let offset = zone.offset(at: start)
        guard zone.offset(at: end.adding(milliseconds: -1)) != offset else { return nil }
        var (same, changed) = (start.milliseconds, end.milliseconds)
        while changed - same > 1 {
            let middle = same + (changed - same) / 2
            if zone.offset(at: Timestamp(milliseconds: middle)) == offset { same = middle } else { changed = middle }
        }
        return Timestamp(milliseconds: changed)
    }

    /// Walks from the end of a block over blocks; `count` says how many of a length belong to so many seconds.
    private func walk(to seconds: Int64, from: Int64, _ count: (Int64, Int64) -> Int64) -> Int64 {
        var end = from
        while end < seconds {
            let stretch = stretch(at: end)
            let length = max(end == 0 ? stretch.rate.firstSeconds : stretch.rate.nextSeconds, 1)
            // The first block is one; later ones begin in this stretch as long as it lasts.
            let beginning = end == 0 ? 1 : (stretch.until - end + length - 1) / length
            let wanted = min(count(seconds - end, length), beginning)
            guard wanted > 0 else { return end }
            end += wanted * length
        }
        return end
    }

    // MARK: Seconds

    private func rate(_ seconds: Range<Int64>, as stretch: Stretch, of use: inout MonthUse, into parts: inout [RatedPart]) {
        func add(_ kind: RatedPart.Kind, at from: Int64, _ count: Int64, _ price: Money, _ perMille: Int64 = 0) {
            let part = RatedPart(
                kind: kind, month: stretch.month, from: from, seconds: count, price: price, discountPerMille: perMille)
            parts.append(part)
            use.chargedMicros += part.amount.micros
        }
        if seconds.lowerBound == 0, stretch.rate.connectFee > .zero {
            let perMille = perMille(stretch.discount, use)
            add(.connectFee, at: 0, 0, discounted(stretch.rate.connectFee, perMille: perMille), perMille)
        }
        var second = seconds.lowerBound
        let free = min(max(min(stretch.freeSeconds - use.freeTaken, use.freeCap ?? .max), 0), Int64(seconds.count))
        if free > 0 {
            add(.free, at: second, free, .zero)
            use.freeTaken += free
            use.freeCap = use.freeCap.map { $0 - free }
            second += free
        }
        while second < seconds.upperBound {
            let perMille = perMille(stretch.discount, use)
            let price = discounted(stretch.rate.perSecond, perMille: perMille)
            var count = seconds.upperBound - second
            if let discount = stretch.discount, (use.charged < discount.above) && price > .zero {
                let missing = (discount.above - use.charged).micros
                count = min(count, (missing + price.micros - 1) / price.micros)
            }
            add(.seconds, at: second, count, price, perMille)
            second += count
        }
    }

    private func perMille(_ discount: UsageDiscount?, _ use: MonthUse) -> Int64 {
        discount.map { use.charged >= $0.above ? $0.perMille : 0 } ?? 0
    }
}
