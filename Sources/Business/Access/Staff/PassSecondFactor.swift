public import Basics
public import Storage

/// The second half of a staff sign-in: the code of the authenticator, or a recovery code. The attempt is counted and committed before the code
/// is checked, so that guesses sent together do not pass together. No code opens twice.
public func passSecondFactor(
    _ code: String, token: String, vault: Vault, on database: any Database, at now: Timestamp
) async throws(Fault) -> StaffSession {
    let session = try await countCode(token: token, on: database, at: now)
    return try await database.write { tx throws(Fault) in
        let staff = session.staff.id
        guard let factor = try SecondFactorStore.find(of: staff, in: tx), factor.confirmedAt != nil else {
            throw Fault(.secondFactorAbsent, "the second factor is not enrolled yet")
        }
        if let recovery = RecoveryCode(typed: normalised(code)) {
            guard try SecondFactorStore.use(recovery, of: staff, at: now, in: tx) else { throw .wrongCode }
            try complete(session, means: "recovery-code", in: tx, at: now)
        } else {
            try useTOTP(code, factor, of: staff, vault, in: tx, at: now)
            try complete(session, means: "totp", in: tx, at: now)
        }
        return try staffSession(token: token, in: tx, at: now)
    }
}

/// How many recovery codes are left, for a reminder to make new ones.
public func recoveryCodesLeft(of staff: StaffID, in tx: any Transaction) throws(Fault) -> Int {
    try SecondFactorStore.unusedCodes(of: staff, in: tx)
}

/// Replaces the recovery codes; the old ones end. The person must be signed in by both factors.
public func renewRecoveryCodes(token: String, in tx: any Transaction, at now: Timestamp) throws(Fault) -> [String] {
    let staff = try authenticateStaff(token: token, in: tx, at: now).staff.id
    let codes = (0..<AccessLimits.recoveryCodes).map { _ in RecoveryCode.random() }
    try SecondFactorStore.deleteCodes(of: staff, in: tx)
    try SecondFactorStore.insert(codes, of: staff, in: tx)
    try appendJournal(
        JournalEntry(at: now, actor: "staff:\(staff)", action: "staff.recovery-codes-renewed", subject: "staff:\(staff)"), in: tx)
    return codes.map(\.text)
}

/// Counts an attempt of a half-open session, committed before the code is looked at.
func countCode(token: String, on database: any Database, at now: Timestamp) async throws(Fault) -> StaffSession {
    try await database.write { tx throws(Fault) in
        let session = try staffSession(token: token, in: tx, at: now)
        guard session.secondFactorAt == nil else { throw Fault(.secondFactorPresent, "the session is open in full already") }
        try AttemptStore.count(.code(session.staff.id), at: now, in: tx)
        return session
    }
}

/// Checks a code of the authenticator and uses it up.
func useTOTP(
    _ code: String, _ factor: SecondFactor, of staff: StaffID, _ vault: Vault, in tx: any Transaction, at now: Timestamp
) throws(Fault) {
    guard code.utf8.count <= AccessLimits.codeBytes else { throw .wrongCode }
    let secret = try vault.open(factor.sealedSecret, for: secondFactorPlace(of: staff))
    // Chinese input methods type full-width digits; apps show a space in the middle.
    let typed = normalised(code).filter { !$0.isWhitespace }
    guard let step = TOTP.matchingStep(typed, secret: secret, at: now) else { throw .wrongCode }
    guard try SecondFactorStore.use(step, of: staff, in: tx) else {
        throw Fault(.codeUsed, "this code was used already; wait for the next one")
    }
}

/// The session is open in full from now on.
func complete(_ session: StaffSession, means: String, in tx: any Transaction, at now: Timestamp) throws(Fault) {
    let expiry = staffSessionExpiry(createdAt: session.createdAt, secondFactorAt: now, lastSeenAt: now)
    try StaffSessionStore.complete(session.id, at: now, until: expiry, in: tx)
    try AttemptStore.forget(.code(session.staff.id), in: tx)
    try appendJournal(
        JournalEntry(
            at: now, actor: "staff:\(session.staff.id)", action: "staff.signed-in", subject: "staff:\(session.staff.id)",
            after: journalState(["session": .text(session.id.rawValue), "secondFactor": .text(means)])),
        in: tx)
}

extension Fault {
    static var wrongCode: Fault { Fault(.wrongCode, "the code is not the one of this moment") }
}
