public import Basics
public import Storage

/// What anybody may know who holds a fingerprint or an original: who signed what and when, with a person's name masked.
public struct OriginalProof: Sendable, Equatable {
    /// The agreement's number.
    public let number: String
    /// The version that was signed.
    public let versionNumber: Int
    /// The provider.
    public let provider: String
    /// The customer, a person's name masked.
    public let customer: String
    /// The hash of the document.
    public let documentHash: ContentHash
    /// The fingerprint of the state that was asked about.
    public let fingerprint: ContentHash
    /// Annexes in that state.
    public let annexes: Int
    /// Whether no annex has come since.
    public let isLatest: Bool
    /// When the customer signed.
    public let customerSignedAt: Timestamp?
    /// How the customer signed.
    public let method: SigningMethod?
    /// When the provider sealed.
    public let providerSignedAt: Timestamp?
    /// Since when it is in force.
    public let inForceAt: Timestamp?
    /// When it ended.
    public let endedAt: Timestamp?
    /// 1 or 2 when a PDF was asked about.
    public let copy: Int?
}

/// What a fingerprint stands for; nil when it is of no agreement that ever was in force.
public func findByFingerprint(_ fingerprint: ContentHash, in tx: any Transaction) throws(Fault) -> OriginalProof? {
    guard let state = try FingerprintStore.find(fingerprint, in: tx) else { return nil }
    return try proof(state, copy: nil, in: tx)
}

/// What a PDF is, by the SHA-256 of the file; nil when no such file was ever registered: it is no original, or it was altered.
public func findByOriginalHash(_ pdf: ContentHash, in tx: any Transaction) throws(Fault) -> OriginalProof? {
    guard let original = try OriginalStore.find(pdf, in: tx),
        let state = try FingerprintStore.find(original.fingerprint, in: tx)
    else { return nil }
    return try proof(state, copy: original.copy, in: tx)
}

private func proof(_ state: SealedFingerprint, copy: Int?, in tx: any Transaction) throws(Fault) -> OriginalProof {
    let agreement = try agreement(state.agreement, in: tx)
    let version = try agreementVersion(agreement.version, in: tx)
    let row = try tx.first("SELECT signatory FROM agreement_agreements WHERE id = $1", [.id(agreement.id)])
    return OriginalProof(
        number: agreement.number, versionNumber: agreement.versionNumber, provider: version.terms.provider.name,
        customer: try row?.optionalText("signatory") ?? "*", documentHash: agreement.documentHash,
        fingerprint: state.fingerprint, annexes: state.annexes, isLatest: state.fingerprint == agreement.fingerprint,
        customerSignedAt: agreement.customerSignature?.at, method: agreement.customerSignature?.method,
        providerSignedAt: agreement.providerSignature?.at, inForceAt: agreement.inForceAt, endedAt: agreement.endedAt, copy: copy)
}
