public import Basics
public import Storage

/// The first half of a staff sign-in: name and password. The session is half open; its ``StaffSession/step`` says whether a second factor is
/// to be enrolled or its code to be given. Wrong passwords are limited as those of customers are.
public func openStaffSession(
    _ request: SignInRequest, with hasher: PasswordHasher, on database: any Database, at now: Timestamp
) async throws(Fault) -> NewStaffSession {
    let proof = PasswordProof(
        name: request.name, kind: .staff, password: request.password, address: request.address,
        refusal: Fault(.staffSignInRefused, "name and password do not belong together"))
    return try await provePassword(proof, with: hasher, on: database, at: now) { principal, tx throws(Fault) in
        let staff = try workingStaff(StaffID(trusted: principal.rawValue), in: tx)
        let token = SessionToken.random()
        let session = StaffSession(
            id: .random(), staff: staff, device: deviceDescription(request.device), createdAt: now, secondFactorAt: nil,
            lastSeenAt: now,
            expiresAt: staffSessionExpiry(createdAt: now, secondFactorAt: nil, lastSeenAt: now))
        for surplus in try StaffSessionStore.list(of: staff, at: now, in: tx).dropFirst(AccessLimits.sessionsPerStaff - 1) {
            try end(surplus, in: tx, at: now)
        }
        try StaffSessionStore.insert(session, tokenHash: SessionToken.hash(token.text), in: tx)
        return NewStaffSession(token: token.text, session: session)
    }
}
