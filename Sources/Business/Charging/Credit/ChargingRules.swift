public import Basics

/// The seconds that a stretch of talk is charged for: every second begun, at least one. 61.2 s are 62 s.
public func chargedSeconds(from answered: Timestamp, to ended: Timestamp) -> Int64 {
    let milliseconds = max(ended.milliseconds(since: answered), 0)
    let begun = milliseconds / 1000 + (milliseconds % 1000 == 0 ? 0 : 1)
    return min(max(begun, 1), ChargingLimits.longestCallSeconds)
}

/// Seconds that fall into one month.
public struct MonthShare: Sendable, Equatable {
    /// The month in which each of these seconds begins.
    public let month: BusinessMonth
    /// How many.
    public let seconds: Int64
}

/// Divides the charged seconds `from..<to` of a call among the months in which each of them begins.
public func monthShares(answered: Timestamp, from: Int64, to: Int64, zone: BusinessZone) -> [MonthShare] {
    var shares: [MonthShare] = []
    var next = from
    while next < to {
        let start = answered.adding(seconds: next)
        let month = zone.month(of: start)
        let left = zone.end(of: month).milliseconds(since: start)
        let inMonth = max(left / 1000 + (left % 1000 == 0 ? 0 : 1), 1)
        let seconds = min(inMonth, to - next)
        shares.append(MonthShare(month: month, seconds: seconds))
        next += seconds
    }
    return shares
}

/// What a reservation may add: a slice, or what the credit affords when that is less.
package struct GrantDecision: Equatable {
    /// Seconds to add to what was granted before.
    package let added: Int64
    /// Nothing more can follow: less than the wanted seconds was affordable.
    package let isFinal: Bool

    /// Decides from the wanted seconds, the price of one and the credit that is free. Both are never negative.
    package init(wanted: Int64, price: Money, available: Money) {
        let affordable = price.micros == 0 ? wanted : max(available.micros, 0) / price.micros
        added = min(wanted, affordable)
        isFinal = affordable < wanted
    }
}

/// The account's books at one instant, and what is free of it.
package struct CreditPosition: Equatable {
    /// The credit limit, and what was paid ahead for the month on top of it.
    package let limit: Money
    package private(set) var charged: Money
    package var reserved: Money

    /// Credit limit − this month's charges − reservations; negative where the limit was lowered.
    package var available: Money { limit - charged - reserved }

    /// Opens the books with what they say.
    package init(limit: Money, charged: Money, reserved: Money) {
        self.limit = limit
        self.charged = charged
        self.reserved = reserved
    }

    /// Counts a charge of this month.
    package mutating func add(charge: Money) { charged += charge }
}

/// Whether so much of the limit is used that the customer is told. Nothing can be told of a limit of nothing.
package func isLimitNear(_ position: CreditPosition) -> Bool {
    position.limit > .zero && position.charged * 100 >= position.limit * ChargingLimits.warningPercent
}
