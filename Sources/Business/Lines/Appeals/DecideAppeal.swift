public import Access
public import Basics
public import Storage

/// How an appeal is decided.
public enum AppealVerdict: Sendable, Equatable {
    /// The hold was wrong or is cleared: it lifts at once.
    case granted
    /// The hold stays.
    case refused
}

/// Decides an appeal with an answer to the customer. Granted, the hold lifts in the same transaction. Two who decide at once: the second is
/// told that it is decided.
@discardableResult
public func decideAppeal(
    _ id: AppealID, _ verdict: AppealVerdict, answer: String, by act: StaffAct, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> HoldAppeal {
    guard let appeal = try AppealStore.find(id, in: tx), let hold = try HoldStore.find(appeal.hold, in: tx) else {
        throw Fault(.unknownAppeal, "there is no appeal \(id)")
    }
    try act.require(permission(toDecideOn: hold.kind))
    let answer = try appealWords(answer)
    let state: HoldAppeal.State = verdict == .granted ? .granted : .refused
    guard appeal.state == .filed,
        try AppealStore.decide(id, state, answer: answer, by: act.actor, at: now, in: tx),
        let decided = try AppealStore.find(id, in: tx)
    else { throw Fault(.appealDecided, "appeal \(id) was decided already") }
    if verdict == .granted, hold.liftedAt == nil { try liftHold(hold.id, by: act.actor, in: tx, at: now) }
    try appendJournal(
        JournalEntry(
            at: now, actor: act.actor, action: "appeal.\(state.rawValue)", subject: "line:\(appeal.line)", clause: hold.clause,
            before: journalState(["state": .text(appeal.state.rawValue)]),
            after: journalState([
                "appeal": .text(id.rawValue), "hold": .text(hold.id.rawValue), "state": .text(state.rawValue),
                "purpose": .text(act.purpose),
            ])), in: tx)
    return decided
}

/// Who may decide on an appeal against a hold of a kind: those who work on what the hold rests on.
public func permission(toDecideOn kind: Hold.Kind) -> Permission {
    switch kind {
    case .identity: .verifyIdentity
    case .misuse: .handleAbuse
    case .arrears, .credit: .handleDisputes
    case .legalOrder, .maintenance, .customerRequest: .placeHolds
    }
}
