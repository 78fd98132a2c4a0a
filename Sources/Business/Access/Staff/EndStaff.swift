public import Basics
public import Storage

/// A member of the staff leaves: their sessions end at once and nobody signs in under the name again until it is given anew. What they
/// did stays in the journal under their id. The last administrator cannot leave.
public func endStaff(_ id: StaffID, by act: StaffAct, in tx: any Transaction, at now: Timestamp) throws(Fault) -> Staff {
    try act.require(.manageStaff)
    let staff = try workingStaff(id, in: tx)
    try requireAdministrator(besides: staff, others: try StaffStore.administrators(besides: id, in: tx))
    try StaffStore.end(id, at: now, in: tx)
    try PrincipalStore.end(staff.principal, at: now, in: tx)
    try SecondFactorStore.delete(of: id, in: tx)
    try StaffSessionStore.deleteAll(of: id, in: tx)
    try appendJournal(
        JournalEntry(
            at: now, actor: act.actor, action: "staff.ended", subject: "staff:\(id)",
            before: journalState(["roles": .text(StaffStore.text(of: staff.roles))]),
            after: journalState(["purpose": .text(act.purpose)])),
        in: tx)
    return Staff(
        id: id, name: staff.name, signInName: "#\(id)", roles: staff.roles, since: staff.since, endedAt: now,
        secondFactorSince: nil, passwordGivenAt: staff.passwordGivenAt)
}
