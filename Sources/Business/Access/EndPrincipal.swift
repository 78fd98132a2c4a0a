public import Basics
public import Storage

/// Ends a sign-in for good, when the agreement has ended (clause 11): all sessions end, the password is forgotten and the name is free for
/// whoever gets the number later. Ended already, it changes nothing. Returns the sessions that ended.
@discardableResult
public func endPrincipal(
    _ id: PrincipalID, by actor: String = "system", in tx: any Transaction, at now: Timestamp
) throws(Fault) -> [SessionID] {
    guard let principal = try PrincipalStore.find(id, in: tx), principal.kind == .customer else {
        throw Fault(.principalUnknown, "there is no such principal")
    }
    guard principal.endedAt == nil else { return [] }
    var ended: [SessionID] = []
    for session in try SessionStore.list(of: id, at: now, in: tx) {
        if try end(session.id, of: id, in: tx, at: now) { ended.append(session.id) }
    }
    try PrincipalStore.end(id, at: now, in: tx)
    try AttemptStore.forget(.name(principal.signInName), in: tx)
    try appendJournal(
        JournalEntry(at: now, actor: actor, action: "principal.ended", subject: "principal:\(id)", clause: 11), in: tx)
    return ended
}
