public import Basics
public import Storage

/// Takes away a lost second factor: the person enrols a new one at the next sign-in. Nobody resets their own, since then whoever sits at an
/// open session could make it theirs.
public func resetSecondFactor(of id: StaffID, by act: StaffAct, in tx: any Transaction, at now: Timestamp) throws(Fault) {
    let staff = try resettable(id, by: act, in: tx)
    try SecondFactorStore.delete(of: id, in: tx)
    try forgetSessions(of: staff, in: tx)
    try journalReset("staff.second-factor-reset", of: id, by: act, in: tx, at: now)
}

/// Gives a member of the staff a new password, hashed beforehand, which they change at their next sign-in; all their sessions end. Nobody resets their own: see ``changeStaffPassword``.
public func resetStaffPassword(
    of id: StaffID, to password: PasswordHash, by act: StaffAct, in tx: any Transaction, at now: Timestamp
) throws(Fault) {
    let staff = try resettable(id, by: act, in: tx)
    try PrincipalStore.setPassword(password, of: staff.principal, at: now, in: tx)
    try StaffStore.setPasswordGiven(now, of: id, in: tx)
    try forgetSessions(of: staff, in: tx)
    try journalReset("staff.password-reset", of: id, by: act, in: tx, at: now)
}

private func resettable(_ id: StaffID, by act: StaffAct, in tx: any Transaction) throws(Fault) -> Staff {
    try act.require(.manageStaff)
    guard act.staff != id else { throw Fault(.notOneself, "another administrator has to do this") }
    return try workingStaff(id, in: tx)
}

private func forgetSessions(of staff: Staff, in tx: any Transaction) throws(Fault) {
    try StaffSessionStore.deleteAll(of: staff.id, in: tx)
    try AttemptStore.forget(.code(staff.id), in: tx)
    try AttemptStore.forget(.name(staff.signInName), in: tx)
}

private func journalReset(
    _ action: String, of id: StaffID, by act: StaffAct, in tx: any Transaction, at now: Timestamp
) throws(Fault) {
    try appendJournal(
        JournalEntry(
            at: now, actor: act.actor, action: action, subject: "staff:\(id)",
            after: journalState(["purpose": .text(act.purpose)])),
        in: tx)
}
