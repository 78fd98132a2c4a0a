public import Access
public import Basics
public import Customers
public import Storage

/// Ends a negotiation for the provider. Leaving the customer on the old terms is the provider's to grant and settles the objection; taking
/// the new version or ending the agreement is the customer's to decide, so these are proposed and stand until the customer says yes by
/// ``settleObjection(_:_:by:in:at:)``.
public func resolveObjection(
    _ id: ObjectionID, _ outcome: ObjectionOutcome, by act: StaffAct, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Objection {
    try act.require(.negotiateObjections)
    let there = try locked(id, in: tx)
    if there.outcome == outcome || (there.isOpen && there.proposed == outcome) { return there }
    guard there.isOpen else { throw Fault(.objectionSettled, "objection \(id) is settled") }
    let settles = outcome == .keepOld
    if settles { try ChangeStore.settle(id, outcome, at: now, in: tx) } else { try ChangeStore.propose(outcome, id, in: tx) }
    try appendJournal(
        JournalEntry(
            at: now, actor: act.actor, action: settles ? "agreement.objection-settled" : "agreement.settlement-proposed",
            subject: "objection:\(id)", clause: 15, before: journalState(["proposed": .optional(there.proposed?.rawValue)]),
            after: journalState(["outcome": .text(outcome.rawValue), "purpose": .text(act.purpose)])),
        in: tx)
    return try objection(id, in: tx)
}

/// Ends a negotiation for the customer: by taking the new version, from today, or by leaving, under clause 11. Staying on the old terms
/// needs the provider's word. Repeated, it answers with what is settled.
public func settleObjection(
    _ id: ObjectionID, _ outcome: ObjectionOutcome, by customer: CustomerID, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Objection {
    let there = try ownObjection(id, of: customer, in: tx)
    try AgreementStore.lock(customer, in: tx)
    if there.outcome == outcome { return there }
    guard there.isOpen, outcome != .keepOld || there.proposed == .keepOld else {
        throw Fault(.objectionSettled, "objection \(id) is settled, or this is not the customer's to decide")
    }
    try ChangeStore.settle(id, outcome, at: now, in: tx)
    if outcome == .accepted {
        _ = try ChangeStore.accept(there.agreement, there.version, because: .acceptance, at: now, in: tx)
    }
    try appendJournal(
        JournalEntry(
            at: now, actor: "customer:\(customer)", action: "agreement.objection-settled", subject: "objection:\(id)", clause: 15,
            before: journalState(["proposed": .optional(there.proposed?.rawValue)]),
            after: journalState(["outcome": .text(outcome.rawValue), "version": .number(Int64(there.versionNumber))])),
        in: tx)
    return try objection(id, in: tx)
}

private func locked(_ id: ObjectionID, in tx: any Transaction) throws(Fault) -> Objection {
    let there = try objection(id, in: tx)
    try AgreementStore.lock(there.customer, in: tx)
    return try objection(id, in: tx)
}
