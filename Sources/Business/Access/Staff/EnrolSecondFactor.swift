public import Basics
public import Storage

/// What the authenticator is to learn, shown once to the person who enrols.
public struct SecondFactorEnrolment: Sendable, Equatable {
    /// The secret in base 32, for typing in.
    public let secret: String
    /// The same as an `otpauth://` address, for the QR code.
    public let uri: String
}

/// Begins to enrol a second factor at the first sign-in: makes a secret, sealed by the vault. Asked again before it is confirmed it
/// answers with the same secret, so that a page can be loaded anew.
public func beginSecondFactor(
    token: String, issuer: String, vault: Vault, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> SecondFactorEnrolment {
    let staff = try staffSession(token: token, in: tx, at: now).staff
    let place = secondFactorPlace(of: staff.id)
    let secret: [UInt8]
    if let begun = try SecondFactorStore.find(of: staff.id, in: tx) {
        guard begun.confirmedAt == nil else { throw Fault(.secondFactorPresent, "the second factor is enrolled already") }
        secret = try vault.open(begun.sealedSecret, for: place)
    } else {
        var generator = SystemRandomNumberGenerator()
        secret = (0..<TOTP.secretBytes).map { _ in UInt8.random(in: 0...255, using: &generator) }
        try SecondFactorStore.insert(try vault.seal(secret, for: place), of: staff.id, at: now, in: tx)
    }
    return SecondFactorEnrolment(
        secret: base32(secret), uri: TOTP.uri(secret: secret, account: staff.signInName, issuer: issuer))
}

/// Confirms the enrolment by a first code, which also opens the session in full; returns the recovery codes, seen this once.
public func confirmSecondFactor(
    _ code: String, token: String, vault: Vault, on database: any Database, at now: Timestamp
) async throws(Fault) -> [String] {
    let session = try await countCode(token: token, on: database, at: now)
    return try await database.write { tx throws(Fault) in
        let staff = session.staff
        guard let factor = try SecondFactorStore.find(of: staff.id, in: tx) else {
            throw Fault(.secondFactorAbsent, "begin to enrol the second factor first")
        }
        guard factor.confirmedAt == nil else { throw Fault(.secondFactorPresent, "the second factor is enrolled already") }
        try useTOTP(code, factor, of: staff.id, vault, in: tx, at: now)
        try SecondFactorStore.confirm(of: staff.id, at: now, in: tx)
        try appendJournal(
            JournalEntry(
                at: now, actor: "staff:\(staff.id)", action: "staff.second-factor-enrolled", subject: "staff:\(staff.id)"),
            in: tx)
        let codes = (0..<AccessLimits.recoveryCodes).map { _ in RecoveryCode.random() }
        try SecondFactorStore.insert(codes, of: staff.id, in: tx)
        try complete(session, means: "totp", in: tx, at: now)
        return codes.map(\.text)
    }
}

/// Where the secret is sealed for: it cannot be opened as anybody else's.
func secondFactorPlace(of staff: StaffID) -> String { "access.second-factor:\(staff)" }
