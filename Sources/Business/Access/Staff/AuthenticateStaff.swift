public import Basics
public import Storage

/// Who a staff token belongs to, both factors proved and the password their own; throws `access.second-factor-missing` or
/// `access.password-given` for a session that is not open in full. Reads only.
public func authenticateStaff(token: String, in tx: any Transaction, at now: Timestamp) throws(Fault) -> StaffSession {
    let session = try staffSession(token: token, in: tx, at: now)
    switch session.step {
    case .full: return session
    case .password: throw Fault(.passwordGiven, "the password that somebody else gave is to be changed first")
    case .enrol, .code: throw Fault(.secondFactorMissing, "the second factor is still to come")
    }
}

/// The session of a token, half open or full: for the pages of signing in themselves.
public func staffSession(token: String, in tx: any Transaction, at now: Timestamp) throws(Fault) -> StaffSession {
    guard token.utf8.count == SessionToken.characters,
        let session = try StaffSessionStore.find(tokenHash: SessionToken.hash(token), in: tx), session.expiresAt > now
    else { throw Fault(.signedOut, "there is no such session, or it ended") }
    return session
}

/// Records that a session is in use, which puts off its end, twelve hours after it was opened at the latest.
public func noteStaffSeen(_ session: StaffSession, in tx: any Transaction, at now: Timestamp) throws(Fault) {
    guard session.step == .full else { return }
    let expiry = staffSessionExpiry(createdAt: session.createdAt, secondFactorAt: session.secondFactorAt, lastSeenAt: now)
    try StaffSessionStore.touch(session.id, at: now, until: expiry, in: tx)
}
