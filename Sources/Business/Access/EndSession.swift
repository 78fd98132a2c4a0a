public import Basics
public import Storage

/// Ends one session of a principal: signing out, or ending a device that was lost.
public func endSession(_ id: SessionID, of principal: PrincipalID, in tx: any Transaction, at now: Timestamp) throws(Fault) {
    guard try end(id, of: principal, in: tx, at: now) else {
        throw Fault(.noSuchSession, "the principal has no such session")
    }
}

/// Ends every session of a principal but one; returns those that ended.
@discardableResult
public func endOtherSessions(
    than id: SessionID, of principal: PrincipalID, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> [SessionID] {
    var ended: [SessionID] = []
    for session in try SessionStore.list(of: principal, at: now, in: tx) where session.id != id {
        if try end(session.id, of: principal, in: tx, at: now) { ended.append(session.id) }
    }
    return ended
}

/// False when there was nothing to end.
@discardableResult
func end(_ id: SessionID, of principal: PrincipalID, in tx: any Transaction, at now: Timestamp) throws(Fault) -> Bool {
    guard try SessionStore.delete(id, of: principal, in: tx) else { return false }
    try appendJournal(
        JournalEntry(
            at: now, actor: "principal:\(principal)", action: "session.ended", subject: "session:\(id)",
            before: #"{"principal":"\#(principal)"}"#),
        in: tx)
    return true
}
