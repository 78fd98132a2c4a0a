public import Basics
public import Storage

/// Who a token belongs to: one look-up by the token's hash. Reads only, so that every request can afford it.
public func authenticate(token: String, in tx: any Transaction, at now: Timestamp) throws(Fault) -> SignedIn {
    guard token.utf8.count == SessionToken.characters,
        let session = try SessionStore.find(tokenHash: SessionToken.hash(token), in: tx),
        session.expiresAt > now
    else { throw Fault(.signedOut, "there is no such session, or it ended") }
    let unseen = now.milliseconds(since: session.lastSeenAt)
    return SignedIn(session: session, isDue: unseen >= AccessLimits.sessionSeenSeconds * 1000)
}

/// Records that a session is in use, which also puts off its expiry. Not a business change, so the journal does not hear of it.
public func noteSeen(_ session: SessionID, in tx: any Transaction, at now: Timestamp) throws(Fault) {
    try SessionStore.touch(session, at: now, until: now.adding(seconds: AccessLimits.sessionIdleSeconds), in: tx)
}
