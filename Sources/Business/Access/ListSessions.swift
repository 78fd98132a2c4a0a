public import Basics
public import Storage

/// The living sessions of a principal, the one used last first.
public func listSessions(of principal: PrincipalID, in tx: any Transaction, at now: Timestamp) throws(Fault) -> [Session] {
    try SessionStore.list(of: principal, at: now, in: tx)
}
