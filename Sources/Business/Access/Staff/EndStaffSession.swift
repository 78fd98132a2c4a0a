public import Basics
public import Storage

/// Signs out; a session that has ended already is no fault.
public func endStaffSession(token: String, in tx: any Transaction, at now: Timestamp) throws(Fault) {
    guard token.utf8.count == SessionToken.characters,
        let session = try StaffSessionStore.find(tokenHash: SessionToken.hash(token), in: tx)
    else { return }
    try end(session, in: tx, at: now)
}

/// The living sessions of a member of the staff, the one used last first.
public func listStaffSessions(of staff: Staff, in tx: any Transaction, at now: Timestamp) throws(Fault) -> [StaffSession] {
    try StaffSessionStore.list(of: staff, at: now, in: tx)
}

/// Half-open sessions come and go without a word in the journal.
func end(_ session: StaffSession, in tx: any Transaction, at now: Timestamp) throws(Fault) {
    guard try StaffSessionStore.delete(session.id, in: tx), session.secondFactorAt != nil else { return }
    try appendJournal(
        JournalEntry(
            at: now, actor: "staff:\(session.staff.id)", action: "staff.signed-out", subject: "staff:\(session.staff.id)",
            before: journalState(["session": .text(session.id.rawValue)])),
        in: tx)
}
