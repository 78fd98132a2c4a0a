public import Basics
public import Storage

/// Gives a member of the staff other roles, in force with their next request. The last administrator stays one.
public func changeStaffRoles(
    of id: StaffID, to roles: Set<Role>, by act: StaffAct, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Staff {
    try act.require(.manageStaff)
    let roles = try checkedRoles(roles)
    let staff = try workingStaff(id, in: tx)
    guard roles != staff.roles else { return staff }
    if !roles.contains(.administrator) {
        try requireAdministrator(besides: staff, others: try StaffStore.administrators(besides: id, in: tx))
    }
    try StaffStore.set(roles, of: id, in: tx)
    try appendJournal(
        JournalEntry(
            at: now, actor: act.actor, action: "staff.roles-changed", subject: "staff:\(id)",
            before: journalState(["roles": .text(StaffStore.text(of: staff.roles))]),
            after: journalState(["roles": .text(StaffStore.text(of: roles)), "purpose": .text(act.purpose)])),
        in: tx)
    return try workingStaff(id, in: tx)
}

/// A member of the staff who works here.
func workingStaff(_ id: StaffID, in tx: any Transaction) throws(Fault) -> Staff {
    guard let staff = try StaffStore.find(id, in: tx) else { throw Fault(.staffUnknown, "there is no such member of the staff") }
    guard staff.endedAt == nil else { throw Fault(.staffEnded, "the person has left") }
    return staff
}
