public import Basics
public import Storage

/// Everybody who works or worked here, for those who manage the staff.
public func listStaff(by act: StaffAct, in tx: any Transaction) throws(Fault) -> [Staff] {
    try act.require(.manageStaff)
    return try StaffStore.list(in: tx)
}

/// One member of the staff, to put a name to an id of the journal; nil where there is none.
public func findStaff(_ id: StaffID, in tx: any Transaction) throws(Fault) -> Staff? { try StaffStore.find(id, in: tx) }
