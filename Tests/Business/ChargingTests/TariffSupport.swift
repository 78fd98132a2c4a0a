import Basics
import Charging
import Lines
import Orders
import Storage
import Testing

/// A version of a tariff for tests.
func version(
    _ rates: [TariffRate], free: Int64 = 0, discount: UsageDiscount? = nil, from: Timestamp = Timestamp(milliseconds: 0)
) -> Tariff.Version {
    let audio = rates.contains { $0.kind == .audio } ? [] : [TariffRate(.audio, perSecond: Money(micros: 2_000))]
    return Tariff.Version(
        from: from,
        terms: TariffTerms(
            rates: rates + audio, allowances: free > 0 ? [FreeAllowance(.video, seconds: free)] : [], discount: discount))
}

/// The tariff of a video call from an instant on.
func callTariff(
    _ versions: [Tariff.Version], holidays: Set<BusinessDate> = [], to dialled: String = "60000002",
    at instant: Timestamp = Timestamp(milliseconds: 0)
) throws -> CallTariff {
    let tariff = Tariff(plan: PlanID(trusted: "standard"), versions: versions, holidays: holidays)
    return try #require(tariff.ofCall(.video, to: dialled, from: instant))
}

/// A wall-clock instant in Shanghai, such as `2026-11-23 08:00:00`.
func shanghai(_ day: String, _ hour: Int64, _ minute: Int64 = 0, _ second: Int64 = 0) throws -> Timestamp {
    zone.start(of: try #require(BusinessDate(day))).adding(seconds: hour * 3600 + minute * 60 + second)
}

/// The naive model, straight from the words: block by block for the seconds to charge, then second by second for price, month and free
/// seconds. Returns what each month costs.
struct NaiveMeter {
    let tariff: CallTariff
    let answered: Timestamp
    let zone: BusinessZone

    func charged(_ used: Int64) -> Int64 {
        var end: Int64 = 0
        while end < used {
            let rate = tariff.rate(at: answered.adding(seconds: end), zone: zone)
            end += end == 0 ? rate.firstSeconds : rate.nextSeconds
        }
        return end
    }

    func costs(_ used: Int64) -> [BusinessMonth: Money] {
        var costs: [BusinessMonth: Money] = [:]
        var free: [BusinessMonth: Int64] = [:]
        for second in 0..<charged(used) {
            let instant = answered.adding(seconds: second)
            let (version, rate) = (tariff.version(at: instant), tariff.rate(at: instant, zone: zone))
            let month = zone.month(of: instant)
            func off(_ price: Money) -> Money {
                guard let discount = version.discount, costs[month, default: .zero] >= discount.above else { return price }
                return discounted(price, perMille: discount.perMille)
            }
            if second == 0 { costs[month, default: .zero] += off(rate.connectFee) }
            if free[month, default: 0] < version.freeSeconds {
                free[month, default: 0] += 1
            } else {
                costs[month, default: .zero] += off(rate.perSecond)
            }
        }
        return costs
    }
}

/// Numbers that a seed repeats.
struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return (state >> 33) ^ (state << 31)
    }
}

extension Dice {
    mutating func tariff(around answered: Timestamp, _ zone: BusinessZone) throws -> CallTariff {
        var versions = [aVersion(from: Timestamp(milliseconds: 0))]
        if Bool.random(using: &self) {
            let change = answered.adding(milliseconds: Int64.random(in: -50_000...300_000, using: &self))
            versions.append(aVersion(from: change))
        }
        let today = zone.date(of: answered)
        let holidays: Set<BusinessDate> =
            Bool.random(using: &self) ? [today.adding(days: Int64.random(in: 0...1, using: &self))] : []
        return try callTariff(versions, holidays: holidays, at: answered)
    }

    private mutating func aVersion(from: Timestamp) -> Tariff.Version {
        let middle = Int.random(in: 1...1439, using: &self)
        var rates = [rate(nil)]
        if Bool.random(using: &self) {
            rates.append(rate(TariffWindow(weekdays: [1, 2, 3, 4, 5], onHolidays: false, fromMinute: 0, untilMinute: middle)))
            rates.append(rate(TariffWindow(weekdays: [6, 7], onHolidays: true, fromMinute: middle, untilMinute: 1440)))
        }
        let discount =
            Bool.random(using: &self)
            ? UsageDiscount(
                perMille: Int64.random(in: 1...1000, using: &self),
                above: Money(micros: Int64.random(in: 0...400_000, using: &self))) : nil
        return version(rates, free: [0, 0, 7, 90].randomElement(using: &self) ?? 0, discount: discount, from: from)
    }

    private mutating func rate(_ window: TariffWindow?) -> TariffRate {
        let blocks: (Int64, Int64) = [(1, 1), (6, 6), (60, 60), (30, 6)].randomElement(using: &self) ?? (1, 1)
        return TariffRate(
            .video, window: window, perSecond: Money(micros: Int64.random(in: 0...9_999, using: &self)),
            connectFee: Money(micros: [0, 0, 100_003].randomElement(using: &self) ?? 0), firstSeconds: blocks.0,
            nextSeconds: blocks.1)
    }
}
