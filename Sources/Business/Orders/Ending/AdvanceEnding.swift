internal import Access
internal import Agreement
public import Basics
internal import Customers
internal import Lines
public import Storage

/// Takes an ending as far as it can go, knowing what is owed at this moment (Billing says: principal, penalty and open invoices; below zero
/// where the provider owes the customer).
///
/// - `requested`, on the wished day or later → `settling`: the service stops. The caller then makes the final invoice and calls again.
/// - `settling`, while anything is owed, stays; when nothing is owed → `paid` → `ended` at this moment: the lines, the agreement and
///   the sign-in end, the numbers rest, orders under way are cancelled. The retention of data counts from here.
///
/// A repeat changes nothing.
@discardableResult
public func advanceEnding(
    _ id: EndingID, owed: Money, by actor: String = "system", in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> Ending {
    let ending = try EndingStore.locked(id, in: tx)
    switch nextStep(of: ending, owed: owed, on: zone.date(of: now)) {
    case .wait: return ending
    case .settle(let lastDay): return try settle(ending, lastDay: lastDay, owed: owed, by: actor, in: tx, at: now)
    case .owe:
        guard ending.owed != owed else { return ending }
        let still = ending.with(state: .settling, owed: owed)
        try EndingStore.save(still, in: tx)
        return still
    case .end: return try end(ending, owed: owed, by: actor, in: tx, at: now, zone: zone)
    }
}

/// Says that an ending cannot go on while something is owed; for the page's button.
public func requireSettled(_ ending: Ending) throws(Fault) {
    guard let owed = ending.owed, owed > .zero else { return }
    throw Fault(.endingOwed, "what is owed is paid first", ["owed": "\(owed.fen)"])
}

/// The service stops: each line is held at the customer's request until the ending is over, one way or the other.
private func settle(
    _ ending: Ending, lastDay: BusinessDate, owed: Money, by actor: String, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Ending {
    for line in try lines(of: ending.customer, in: tx) {
        try placeHold(
            PlaceHoldRequest(
                line: line.id, kind: .customerRequest, clause: 11, reason: endingHoldReason, evidence: "ending:\(ending.id)",
                effect: .all, by: actor),
            in: tx, at: now)
    }
    let settling = ending.with(state: .settling, owed: owed, lastDay: lastDay, settlingAt: now)
    try EndingStore.save(settling, in: tx)
    try journal(ending, settling, by: actor, ["lastDay": .text("\(lastDay)"), "owed": .number(owed.micros)], in: tx, at: now)
    return settling
}

/// Nothing is owed: everything of the customer ends.
private func end(
    _ ending: Ending, owed: Money, by actor: String, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> Ending {
    let paid = ending.with(state: .paid, owed: owed, paidAt: now)
    try EndingStore.save(paid, in: tx)
    try journal(ending, paid, by: actor, ["owed": .number(owed.micros)], in: tx, at: now)
    for order in try OrderStore.unfinished(of: ending.customer, in: tx) {
        let isEnding = order.id == ending.order
        _ = try move(
            order, to: isEnding ? .completed : .cancelled, because: isEnding ? nil : "ended", by: actor, in: tx, at: now)
    }
    var ended = 0
    for line in try lines(of: ending.customer, in: tx) {
        try endLine(line.id, by: actor, in: tx, at: now, zone: zone)
        ended += 1
    }
    for principal in try principals(of: ending.customer, in: tx) {
        try endPrincipal(principal, by: actor, in: tx, at: now)
    }
    if try agreement(of: ending.customer, in: tx) != nil {
        _ = try endAgreement(of: ending.customer, because: ending.reason, actor: actor, in: tx, at: now)
    }
    _ = try beginRetention(of: ending.customer, endedOn: zone.date(of: now), in: tx, at: now)
    let over = paid.with(state: .ended, owed: owed, endedAt: now)
    try EndingStore.save(over, in: tx)
    let free = numberIsFreeAgain(givenBackOn: zone.date(of: now))
    try journal(paid, over, by: actor, ["lines": .number(Int64(ended)), "numbersFreeFrom": .text("\(free)")], in: tx, at: now)
    return over
}

/// The reason of the hold with which the service stops.
let endingHoldReason = "ending"

func journal(
    _ before: Ending, _ after: Ending, by actor: String, _ more: KeyValuePairs<String, JournalValue>, in tx: any Transaction,
    at now: Timestamp
) throws(Fault) {
    var state = journalState([
        "ending": .text(after.id.rawValue), "state": .text(after.state.rawValue), "reason": .text(after.reason.rawValue),
    ])
    let rest = journalState(more)
    if !more.isEmpty { state = state.dropLast() + "," + rest.dropFirst() }
    try appendJournal(
        JournalEntry(
            at: now, actor: actor, action: "ending.\(after.state.rawValue)", subject: "customer:\(after.customer)", clause: 11,
            before: journalState(["state": .text(before.state.rawValue)]), after: state),
        in: tx)
}

extension Ending {
    func with(
        state: State, owed: Money?, lastDay: BusinessDate? = nil, settlingAt: Timestamp? = nil, paidAt: Timestamp? = nil,
        endedAt: Timestamp? = nil, withdrawnAt: Timestamp? = nil, reason: EndReason? = nil
    ) -> Ending {
        Ending(
            id: id, customer: customer, order: order, reason: reason ?? self.reason, requestedAt: requestedAt, wished: wished,
            state: state,
            lastDay: lastDay ?? self.lastDay, owed: owed, settlingAt: settlingAt ?? self.settlingAt,
            paidAt: paidAt ?? self.paidAt, endedAt: endedAt ?? self.endedAt, withdrawnAt: withdrawnAt ?? self.withdrawnAt)
    }
}
