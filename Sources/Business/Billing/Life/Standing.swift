public import Basics

/// How one claim stands on a day.
public struct ClaimStanding: Sendable, Equatable {
    /// The invoice.
    public let claim: InvoiceID
    /// The last day to pay in time, later by days on which the clock stood still before it.
    public let due: BusinessDate
    /// Unpaid and not in dispute.
    public let principal: Money
    /// Unpaid and in dispute.
    public let held: Money
    /// The whole penalty that has accrued, exactly, paid or not.
    public let accrued: ExactPenalty
    /// The penalty that is unpaid as of this day, in fen, not counting what is in dispute.
    public let penalty: Money
    /// The unpaid penalty that is in dispute.
    public let heldPenalty: Money
    /// What of the penalty is in the books: as of the last day on which something happened to the account, less what was let go.
    public let bookedPenalty: Money
    /// What of the booked penalty is unpaid.
    package let bookedUnpaid: Money
    /// What of the penalty was paid.
    public let paidPenalty: Money
    /// Given up, principal and penalty together.
    public let writtenOff: Money
    /// The clocks of its unpaid parts, for the ladder.
    package let clocks: [PartClock]

    /// Whether something of it is unpaid or in dispute.
    public var isOpen: Bool { principal != .zero || held != .zero || penalty != .zero || heldPenalty != .zero }
}

/// The clock of an unpaid part of a claim: its due date and the days on which it stood still.
package struct PartClock: Sendable, Equatable {
    package let due: BusinessDate
    package let still: DaySet
    package let isHeld: Bool
}

/// How an account stands on a day: what is owed and why, and what is on deposit.
public struct Standing: Sendable, Equatable {
    /// The day, to its end.
    public let on: BusinessDate
    /// Every claim ever made up to that day, the oldest due date first.
    public let claims: [ClaimStanding]
    /// Unpaid costs of collection, and money paid back to the customer that a bounced payment had not covered.
    public let costs: Money
    /// Money of the customer that nothing is owed for yet.
    public let deposit: Money

    /// Unpaid invoices without what is in dispute.
    public var principal: Money { claims.reduce(.zero) { $0 + $1.principal } }
    /// In dispute, penalties included.
    public var held: Money { claims.reduce(.zero) { $0 + $1.held + $1.heldPenalty } }
    /// Unpaid penalties, as they stand today.
    public var penalty: Money { claims.reduce(.zero) { $0 + $1.penalty } }
    /// What is owed today.
    public var owed: Money { costs + penalty + principal }
    /// Unpaid invoices whose due date is over, without what is in dispute.
    public var overdue: Money { claims.filter { $0.due < on }.reduce(.zero) { $0 + $1.principal } }

    /// Penalties paid so far.
    package var paidPenalty: Money { claims.reduce(.zero) { $0 + $1.paidPenalty } }
    /// Penalties in the books, less what was let go.
    package var bookedPenalty: Money { claims.reduce(.zero) { $0 + $1.bookedPenalty } }
    /// What the customer owes by the books: everything unpaid, in dispute or not, with the penalty that was booked.
    package var receivable: Money { claims.reduce(costs) { $0 + $1.principal + $1.held + $1.bookedUnpaid } }
    /// Given up.
    package var writtenOff: Money { claims.reduce(.zero) { $0 + $1.writtenOff } }
}

/// Where an account stands on the ladder on a day: as high as its highest claim.
public func ladder(
    _ standing: Standing, claims: [Claim], notices: [InvoiceID: [LadderNotice]]
) -> (account: LadderPosition, claims: [InvoiceID: LadderPosition]) {
    let terms = Dictionary(claims.map { ($0.id, $0.terms) }, uniquingKeysWith: { first, _ in first })
    var positions: [InvoiceID: LadderPosition] = [:]
    for claim in standing.claims where claim.principal != .zero || claim.penalty != .zero {
        for clock in claim.clocks where !clock.isHeld {
            let position = ladderPosition(
                due: clock.due, still: clock.still, terms: terms[claim.claim] ?? .standard, notices: notices[claim.claim] ?? [],
                on: standing.on)
            positions[claim.claim] = positions[claim.claim].map { max($0, position) } ?? position
        }
    }
    let highest = positions.values.max()
    return (highest ?? LadderPosition(step: .inTime, since: standing.on, next: nil, noticeDue: nil), positions)
}

extension LadderPosition: Comparable {
    /// By step; of two on the same step the one that has stood there longer is higher.
    public static func < (a: LadderPosition, b: LadderPosition) -> Bool {
        a.step == b.step ? a.since > b.since : a.step < b.step
    }
}
