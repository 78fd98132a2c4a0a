public import Basics
public import Lines
public import Storage

/// Chooses what is held when the credit limit is reached: outgoing calls only, or all service (clause 9). A `credit` hold that is in force
/// changes with the choice at once; emergency numbers pass either way.
@discardableResult
public func chooseCreditHoldScope(
    of id: AccountID, to scope: Hold.Effect, by actor: String, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Hold.Effect {
    let account = try CreditStore(tx: tx).lockAccount(id)
    guard account.holdScope != scope else { return scope }
    try tx.execute("UPDATE charging_accounts SET hold_scope = $2 WHERE id = $1", [.id(id), .text(scope.rawValue)])
    try appendJournal(
        JournalEntry(
            at: now, actor: actor, action: "account.credit-hold-scope-chosen", subject: "account:\(id)", clause: 9,
            before: journalState(["scope": .text(account.holdScope.rawValue)]),
            after: journalState(["scope": .text(scope.rawValue)])), in: tx)
    for line in try lines(chargedTo: id.rawValue, in: tx) {
        guard let lifted = try liftHolds(of: .credit, on: line.id, by: actor, in: tx, at: now).first else { continue }
        try placeHold(creditHold(on: line.id, scope, evidence: lifted.evidence), in: tx, at: now)
    }
    return scope
}

/// Holds every line of an account whose credit is used up, as far as its customer chose (clause 9). A line that is held already stays so.
public func holdForCredit(
    _ id: AccountID, call: CallID, in tx: any Transaction, at now: Timestamp
) throws(Fault) {
    let scope = try creditHoldScope(of: id, in: tx)
    for line in try lines(chargedTo: id.rawValue, in: tx) {
        try placeHold(creditHold(on: line.id, scope, evidence: "call:\(call)"), in: tx, at: now)
    }
}

private func creditHold(on line: LineID, _ scope: Hold.Effect, evidence: String) -> PlaceHoldRequest {
    PlaceHoldRequest(
        line: line, kind: .credit, clause: 9, reason: "limit-reached", evidence: evidence, effect: scope, by: "system")
}
