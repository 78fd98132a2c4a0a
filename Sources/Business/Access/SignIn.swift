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

/// Signs in a customer by number and password. An unknown number takes the same time and gets the same answer as a wrong password.
public func signIn(
    _ request: SignInRequest, with hasher: PasswordHasher, on database: any Database, at now: Timestamp
) async throws(Fault) -> NewSession {
    let proof = PasswordProof(
        name: request.name, kind: .customer, password: request.password, address: request.address,
        refusal: Fault(.signInRefused, "number and password do not belong together"))
    return try await provePassword(proof, with: hasher, on: database, at: now) { principal, tx throws(Fault) in
        try openSession(for: principal, device: request.device, in: tx, at: now)
    }
}
