public import Basics
public import Storage

/// A new password instead of the old one.
public struct PasswordChange: Sendable {
    /// The old password as typed.
    public var old: String
    /// The new one as typed.
    public var new: String

    /// Makes a change.
    public init(old: String, new: String) {
        self.old = old
        self.new = new
    }
}

/// Changes a customer's password. The old one is asked, wrong ones count like those of signing in, and every session but the one that asks
/// ends; returns those that ended.
public func changePassword(
    _ change: PasswordChange, of signedIn: SignedIn, with hasher: PasswordHasher, on database: any Database, at now: Timestamp
) async throws(Fault) -> [SessionID] {
    let (proof, hash) = try await prepare(change, of: signedIn.principal, with: hasher, on: database)
    return try await provePassword(proof, with: hasher, on: database, at: now) { principal, tx throws(Fault) in
        try PrincipalStore.setPassword(hash, of: principal, at: now, in: tx)
        try journalPasswordChange(actor: "principal:\(principal)", of: principal, in: tx, at: now)
        return try endOtherSessions(than: signedIn.session.id, of: principal, in: tx, at: now)
    }
}

/// Changes the password of a member of the staff who has proved both factors: one that somebody else gave, or their own. Their other sessions end.
public func changeStaffPassword(
    _ change: PasswordChange, of session: StaffSession, with hasher: PasswordHasher, on database: any Database, at now: Timestamp
) async throws(Fault) {
    guard session.secondFactorAt != nil else { throw Fault(.secondFactorMissing, "the second factor is still to come") }
    let (proof, hash) = try await prepare(change, of: session.staff.principal, with: hasher, on: database)
    try await provePassword(proof, with: hasher, on: database, at: now) { principal, tx throws(Fault) in
        try PrincipalStore.setPassword(hash, of: principal, at: now, in: tx)
        try StaffStore.setPasswordGiven(nil, of: session.staff.id, in: tx)
        try journalPasswordChange(actor: "staff:\(session.staff.id)", of: principal, in: tx, at: now)
        for other in try StaffSessionStore.list(of: session.staff, at: now, in: tx) where other.id != session.id {
            try end(other, in: tx, at: now)
        }
    }
}

/// Checks the new password and hashes it, outside any transaction.
private func prepare(
    _ change: PasswordChange, of principal: PrincipalID, with hasher: PasswordHasher, on database: any Database
) async throws(Fault) -> (PasswordProof, PasswordHash) {
    let known = try await database.read { tx throws(Fault) in try livingPrincipal(principal, in: tx) }
    let new = try NewPassword(change.new, signInName: known.signInName)
    guard normalised(change.old) != normalised(change.new) else {
        throw Fault(.passwordUnchanged, "the new password is the old one")
    }
    let proof = PasswordProof(
        name: known.signInName, kind: known.kind, password: change.old, address: nil,
        refusal: Fault(.oldPasswordWrong, "the old password is not the right one"))
    return (proof, try await hasher.hash(new))
}

private func journalPasswordChange(
    actor: String, of principal: PrincipalID, in tx: any Transaction, at now: Timestamp
) throws(Fault) {
    try appendJournal(
        JournalEntry(at: now, actor: actor, action: "principal.password-changed", subject: "principal:\(principal)"), in: tx)
}

/// A principal whose sign-in has not ended.
func livingPrincipal(_ id: PrincipalID, in tx: any Transaction) throws(Fault) -> Principal {
    guard let principal = try PrincipalStore.find(id, in: tx) else {
        throw Fault(.principalUnknown, "there is no such principal")
    }
    guard principal.endedAt == nil else { throw Fault(.principalEnded, "the principal's sign-in has ended") }
    return principal
}
