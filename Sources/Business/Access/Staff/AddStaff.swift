public import Basics
public import Storage

/// Takes in a member of the staff under a first password, hashed beforehand. At the first sign-in the second factor is enrolled and, unless the
/// password is the person's own, another one is chosen.
public func addStaff(
    _ new: NewStaff, password: PasswordHash, isOwnPassword: Bool = false, by act: StaffAct, in tx: any Transaction,
    at now: Timestamp
) throws(Fault) -> Staff {
    try act.require(.manageStaff)
    let id = StaffID.random()
    let staff = Staff(
        id: id, name: new.name, signInName: new.signInName, roles: new.roles, since: now, endedAt: nil, secondFactorSince: nil,
        passwordGivenAt: isOwnPassword ? nil : now)
    let principal = Principal(id: staff.principal, kind: .staff, signInName: new.signInName, createdAt: now)
    guard try PrincipalStore.insert(principal, password, in: tx) else {
        throw Fault(.signInNameTaken, "somebody signs in under this name already")
    }
    try StaffStore.insert(staff, in: tx)
    try appendJournal(
        JournalEntry(
            at: now, actor: act.actor, action: "staff.added", subject: "staff:\(id)",
            after: journalState(["roles": .text(StaffStore.text(of: new.roles)), "purpose": .text(act.purpose)])),
        in: tx)
    return staff
}
