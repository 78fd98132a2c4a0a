public import Basics
public import Orders

/// The credit of one answered call as a pure rule: given the grants, the price and the time, when to extend, to warn and to cut.
///
/// The shell calls ``wake(at:)`` whenever ``nextWake(after:)`` is reached and does what it says; an `extend` is answered by
/// ``granted(_:at:)`` or ``extensionFailed()``. A grant is asked for 10 s before the last one ends and, where that failed or brought
/// nothing, again at 8, 6, 4 and 2 s. A call is never let run past what is granted, but for one second when its clock was moved
/// and the extension is on its way; that second is not charged unless it is granted.
public struct CreditWatch: Sendable {
    /// What is due.
    public enum Action: Sendable, Equatable {
        /// Report the used seconds and reserve more.
        case extend(usedSeconds: Int64)
        /// Tell the payer what it costs so far.
        case charge(used: Money, remainingSeconds: Int64?)
        /// Tell the payer that the credit ends.
        case warn(remainingSeconds: Int64)
        /// End the call now.
        case cut(Cut)
    }

    /// Why a call is cut.
    public enum Cut: Sendable, Equatable {
        /// The credit is used up.
        case credit
        /// No more could be reserved because charging did not answer.
        case chargingFailed
    }

    /// When the talk began.
    public let answeredAt: Timestamp
    /// The price of a second; the list price at the answer where there is a tariff.
    public let pricePerSecond: Money
    private let meter: CallMeter?
    private var outlook: CreditOutlook?
    private var confirmedSeconds: Int64
    /// Seconds granted since then.
    public private(set) var grantedSeconds: Int64
    private var affordable: Int64?
    private var isFinal: Bool
    private var askedAt: Timestamp?
    private var lastAskFailed = false
    private var triedMark = Int64.max
    private var warnedMark = Int64.max
    private var nextCharge: Timestamp

    /// Begins at the answer, under a tariff, with the grant made before ringing.
    public init(answeredAt: Timestamp, tariff: CallTariff, zone: BusinessZone, grant: CreditGrant) {
        let meter = tariff.flatPrice == nil ? CallMeter(tariff, answered: answeredAt, zone: zone) : nil
        self.init(
            answeredAt: answeredAt, pricePerSecond: tariff.flatPrice ?? tariff.listPrice(at: answeredAt, zone: zone),
            meter: meter, grant: grant)
    }

    /// Begins at the answer, at a price of a second, with the grant made before ringing.
    public init(answeredAt: Timestamp, pricePerSecond: Money, grant: CreditGrant) {
        self.init(answeredAt: answeredAt, pricePerSecond: pricePerSecond, meter: nil, grant: grant)
    }

    private init(answeredAt: Timestamp, pricePerSecond: Money, meter: CallMeter?, grant: CreditGrant) {
        self.answeredAt = answeredAt
        self.pricePerSecond = pricePerSecond
        self.meter = meter
        outlook = grant.outlook
        confirmedSeconds = grant.usedSeconds
        grantedSeconds = grant.grantedSeconds
        affordable = Self.affordable(grant, pricePerSecond)
        isFinal = grant.isFinal
        nextCharge = answeredAt
    }

    /// The seconds to charge if the call ended at this instant.
    public func usedSeconds(at now: Timestamp) -> Int64 { min(chargedSeconds(from: answeredAt, to: now), grantedSeconds) }

    /// What they cost; under a tariff, whole blocks.
    public func cost(at now: Timestamp) -> Money {
        guard let meter, let outlook else { return pricePerSecond * usedSeconds(at: now) }
        let end = min(meter.blocks(covering: usedSeconds(at: now), from: confirmedSeconds), grantedSeconds)
        return outlook.spent + meter.rate(from: confirmedSeconds, to: end, after: outlook.months).cost
    }

    /// How long the credit lasts, if nothing else uses it; nil where the call is free.
    public func remainingSeconds(at now: Timestamp) -> Int64? { creditEnd.map { Self.secondsLeft(until: $0, at: now) } }

    /// What is due at this instant.
    public mutating func wake(at now: Timestamp) -> [Action] {
        if now >= grantEnd {
            if let cut = cut(at: now) { return [.cut(cut)] }
            return ask(at: now)
        }
        return askAtMark(now) + warn(at: now) + charge(at: now)
    }

    /// The next instant at which something is due, if nothing happens before.
    public func nextWake(after now: Timestamp) -> Timestamp {
        var instants = [max(grantEnd, (askedAt ?? grantEnd).adding(seconds: ChargingLimits.lateAnswerSeconds)), nextCharge]
        if askedAt == nil || (askedAt ?? now) < grantEnd { instants.append(grantEnd) }
        if askedAt == nil, let mark = ChargingLimits.extendMarks.first(where: { $0 < triedMark }) {
            instants.append(grantEnd.adding(seconds: -mark))
        }
        if let creditEnd {
            instants += ChargingLimits.warnMarks.filter { $0 < warnedMark }.map { creditEnd.adding(seconds: -$0) }
        }
        return instants.filter { $0 > now }.min() ?? now.adding(seconds: 1)
    }

    /// The answer to an `extend`.
    public mutating func granted(_ grant: CreditGrant, at now: Timestamp) {
        if grant.grantedSeconds > grantedSeconds { triedMark = .max }
        grantedSeconds = max(grant.grantedSeconds, grantedSeconds)
        affordable = Self.affordable(grant, pricePerSecond)
        isFinal = grant.isFinal
        outlook = grant.outlook ?? outlook
        confirmedSeconds = max(grant.usedSeconds, confirmedSeconds)
        askedAt = nil
        lastAskFailed = false
        let left = remainingSeconds(at: now) ?? .max
        warnedMark = max(warnedMark, ChargingLimits.warnMarks.last { left <= $0 } ?? .max)
        if left > (ChargingLimits.warnMarks.first ?? 0) { warnedMark = .max }
    }

    /// The answer to an `extend` that charging could not give.
    public mutating func extensionFailed() {
        askedAt = nil
        lastAskFailed = true
    }

    private var grantEnd: Timestamp { answeredAt.adding(seconds: grantedSeconds) }
    private var creditEnd: Timestamp? { affordable.map { grantEnd.adding(seconds: $0) } }

    private func cut(at now: Timestamp) -> Cut? {
        if isFinal { return .credit }
        if let askedAt {
            let wait = askedAt >= grantEnd ? askedAt.adding(seconds: ChargingLimits.lateAnswerSeconds) : grantEnd
            return now >= wait ? .chargingFailed : nil
        }
        return lastAskFailed ? .chargingFailed : nil
    }

    private mutating func ask(at now: Timestamp) -> [Action] {
        guard askedAt == nil else { return [] }
        askedAt = now
        return [.extend(usedSeconds: chargedSeconds(from: answeredAt, to: now))]
    }

    private mutating func askAtMark(_ now: Timestamp) -> [Action] {
        let left = Self.secondsLeft(until: grantEnd, at: now)
        guard askedAt == nil, let mark = ChargingLimits.extendMarks.last(where: { left <= $0 }), mark < triedMark else {
            return []
        }
        triedMark = mark
        return ask(at: now)
    }

    private mutating func warn(at now: Timestamp) -> [Action] {
        guard let left = remainingSeconds(at: now), let mark = ChargingLimits.warnMarks.last(where: { left <= $0 }),
            mark < warnedMark
        else { return [] }
        warnedMark = mark
        return [.warn(remainingSeconds: left)]
    }

    private mutating func charge(at now: Timestamp) -> [Action] {
        guard now >= nextCharge else { return [] }
        nextCharge = now.adding(seconds: ChargingLimits.costIntervalSeconds)
        return [.charge(used: cost(at: now), remainingSeconds: remainingSeconds(at: now))]
    }

    private static func affordable(_ grant: CreditGrant, _ price: Money) -> Int64? {
        if let outlook = grant.outlook { return outlook.affordable }
        return price.micros == 0 ? nil : max(grant.available.micros, 0) / price.micros
    }

    private static func secondsLeft(until end: Timestamp, at now: Timestamp) -> Int64 {
        let milliseconds = max(end.milliseconds(since: now), 0)
        return milliseconds / 1000 + (milliseconds % 1000 == 0 ? 0 : 1)
    }
}
