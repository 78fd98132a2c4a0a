public import Basics
public import Storage

/// The principal with this id, whose sign-in may have ended.
public func principal(_ id: PrincipalID, in tx: any Transaction) throws(Fault) -> Principal {
    guard let principal = try PrincipalStore.find(id, in: tx) else {
        throw Fault(.principalUnknown, "there is no such principal")
    }
    return principal
}
