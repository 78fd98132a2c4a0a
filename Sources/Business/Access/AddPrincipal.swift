public import Basics
public import Storage

/// Lets somebody sign in under a name: the digits of their number. The password was hashed beforehand, outside any transaction.
public func addPrincipal(
    _ id: PrincipalID = .random(), kind: Principal.Kind = .customer, signInName: String, password: PasswordHash,
    in tx: any Transaction,
    at now: Timestamp
) throws(Fault) -> Principal {
    let principal = Principal(id: id, kind: kind, signInName: signInName, createdAt: now)
    guard try PrincipalStore.insert(principal, password, in: tx) else {
        throw Fault(.signInNameTaken, "somebody signs in under this name already")
    }
    try appendJournal(
        JournalEntry(
            at: now, actor: "principal:\(id)", action: "principal.added", subject: "principal:\(id)", clause: 1,
            after: #"{"kind":"\#(kind.rawValue)"}"#),
        in: tx)
    return principal
}
