public import Basics
public import Storage

/// Opens a session for a principal who has proved who they are (a password, or having just registered). Beyond
/// ``AccessLimits/sessionsPerPrincipal`` the session unused longest ends.
public func openSession(
    for principal: PrincipalID, device: String, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> NewSession {
    let token = SessionToken.random()
    let session = Session(
        id: .random(), principal: principal, device: deviceDescription(device), createdAt: now, lastSeenAt: now,
        expiresAt: now.adding(seconds: AccessLimits.sessionIdleSeconds))
    for surplus in try SessionStore.list(of: principal, at: now, in: tx).dropFirst(AccessLimits.sessionsPerPrincipal - 1) {
        try end(surplus.id, of: principal, in: tx, at: now)
    }
    try SessionStore.insert(session, tokenHash: SessionToken.hash(token.text), in: tx)
    try appendJournal(
        JournalEntry(
            at: now, actor: "principal:\(principal)", action: "session.opened", subject: "session:\(session.id)",
            after: #"{"principal":"\#(principal)"}"#),
        in: tx)
    return NewSession(token: token.text, session: session)
}

/// What is kept of a device's own words: printable, and not longer than a line.
func deviceDescription(_ text: String) -> String {
    var kept = ""
    for scalar in text.unicodeScalars
    where scalar.value >= 0x20 && scalar.value != 0x7F && scalar.properties.generalCategory != .format {
        guard kept.utf8.count + scalar.utf8.count <= AccessLimits.deviceBytes else { break }
        kept.unicodeScalars.append(scalar)
    }
    return kept
}
