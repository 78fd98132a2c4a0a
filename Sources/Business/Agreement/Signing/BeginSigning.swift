public import Access
public import Basics
public import Customers
public import Storage

/// What a customer is asked to sign: once, in this session, within ten minutes.
public struct SigningChallenge: Sendable, Equatable {
    /// 32 random bytes that name the challenge.
    public let nonce: [UInt8]
    /// The document.
    public let documentHash: ContentHash
    /// How it will be signed.
    public let method: SigningMethod
    /// The code to deliver to the customer; nil when a key signs. Nothing keeps it but its hash.
    public let code: String?
    /// When it is over.
    public let expiresAt: Timestamp

    /// The bytes that the customer's key signs with ECDSA and SHA-256.
    public var message: [UInt8] { SignedMessages.customer(document: documentHash, nonce: nonce) }
}

/// Begins the customer's signature. A challenge begun before in whatever session is over by this.
public func beginSigning(
    _ customer: CustomerID, method: SigningMethod, session: SessionID, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> SigningChallenge {
    try AgreementStore.lock(customer, in: tx)
    let agreement = try existingAgreement(of: customer, in: tx)
    guard agreement.endedAt == nil else { throw Fault(.agreementEnded, "agreement \(agreement.number) has ended") }
    guard agreement.customerSignature == nil else { throw Fault(.alreadySigned, "agreement \(agreement.number) is signed") }
    try checkCurrent(agreement, in: tx)
    let hourAgo = now.adding(seconds: -3600)
    guard try ChallengeStore.count(agreement.id, since: hourAgo, in: tx) < AgreementLimits.challengesPerHour else {
        throw Fault(.tooManyChallenges, "signing was begun too often", ["minutes": "60"])
    }
    try ChallengeStore.closeAll(agreement.id, at: now, in: tx)
    try ChallengeStore.forget(before: hourAgo, agreement.id, in: tx)
    let code = method == .code ? randomCode() : nil
    let challenge = SigningChallenge(
        nonce: randomBytes(32), documentHash: agreement.documentHash, method: method, code: code,
        expiresAt: now.adding(seconds: AgreementLimits.challengeSeconds))
    try ChallengeStore.insert(challenge, agreement: agreement.id, session: session, in: tx, at: now)
    return challenge
}

/// What is signed is the version on offer with all annexes there are.
private func checkCurrent(_ agreement: Agreement, in tx: any Transaction) throws(Fault) {
    // A provider who sealed first has bound itself to this document.
    guard agreement.providerSignature == nil else { return }
    let newest = try VersionStore.current(in: tx)
    let chain = fingerprint(document: agreement.documentHash, annexes: agreement.annexes.links)
    guard newest?.id == agreement.version, chain == agreement.fingerprint else {
        throw Fault(.documentOutdated, "the document of agreement \(agreement.number) is out of date")
    }
}

func randomBytes(_ count: Int) -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
}

private func randomCode() -> String {
    var generator = SystemRandomNumberGenerator()
    return String((0..<AgreementLimits.codeDigits).map { _ in "0123456789".randomElement(using: &generator) ?? "0" })
}
