public import Basics
public import Storage

/// Forgets sessions of customers and staff that have expired, and attempts that no longer count. Nothing depends on it but the size of the
/// tables; the program runs it every hour.
@discardableResult
public func sweepAccess(in tx: any Transaction, at now: Timestamp) throws(Fault) -> Int {
    let sessions = try SessionStore.deleteExpired(at: now, in: tx) + StaffSessionStore.deleteExpired(at: now, in: tx)
    return sessions + (try AttemptStore.deletePaid(at: now, in: tx))
}
