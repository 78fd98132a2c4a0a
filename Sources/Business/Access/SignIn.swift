public import Basics
public import Storage

/// Who wants to sign in, from where.
public struct SignInRequest: Sendable {
    /// The digits of the number.
    public var name: String
    /// The password as typed.
    public var password: String
    /// The network address it comes from.
    public var address: String
    /// The device in its own words.
    public var device: String

    /// Makes a request.
    public init(name: String, password: String, address: String, device: String) {
        self.name = name
        self.password = password
        self.address = address
        self.device = device
    }
}

/// Signs in by number and password.
///
/// Two transactions with the slow check between them: the first counts the attempt and reads the stored hash, the second opens the
/// session if the password still is the one that was checked. An unknown number takes the same time and gets the same answer as a
/// wrong password.
public func signIn(
    _ request: SignInRequest, with hasher: PasswordHasher, on database: any Database, at now: Timestamp
) async throws(Fault) -> NewSession {
    guard AccessLimits.signInNameBytes.contains(request.name.utf8.count),
        (1...AccessLimits.passwordBytes).contains(request.password.utf8.count), !request.name.utf8.contains(0)
    else { throw .refused }
    let name = AttemptSubject.name(request.name)
    let address = AttemptSubject.address(String(request.address.prefix(AccessLimits.addressBytes)))
    let credential = try await database.write { tx throws(Fault) in
        try AttemptStore.count(name, at: now, in: tx)
        try AttemptStore.count(address, at: now, in: tx)
        return try PrincipalStore.credential(named: request.name, in: tx)
    }
    guard try await hasher.verify(request.password, against: credential?.hash), let credential else { throw .refused }
    let renewed = try await hasher.renewed(credential.hash, request.password)
    return try await database.write { tx throws(Fault) in
        let stillRight =
            if let renewed {
                try PrincipalStore.replace(credential.hash, by: renewed, of: credential.principal, in: tx)
            } else {
                try PrincipalStore.isStored(credential.hash, of: credential.principal, in: tx)
            }
        guard stillRight else { throw .refused }
        try AttemptStore.forget(name, in: tx)
        try AttemptStore.forgive(address, in: tx)
        return try openSession(for: credential.principal, device: request.device, in: tx, at: now)
    }
}

extension Fault {
    fileprivate static var refused: Fault { Fault(.signInRefused, "number and password do not belong together") }
}
