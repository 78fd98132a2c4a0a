public import Access
public import Basics
public import Customers
public import Storage

/// What a customer answers to a challenge with.
public enum SigningProof: Sendable {
    /// The public key and the signature over ``SigningChallenge/message`` as r ‖ s, 64 bytes.
    case key(CustomerPublicKey, signature: [UInt8])
    /// The code that was delivered.
    case code(String)
}

/// What became of an answer. A wrong code is an outcome and not a fault, so that counting it is committed.
public enum SigningOutcome: Sendable, Equatable {
    /// Signed.
    case signed(Agreement)
    /// The code was wrong; after the last try the challenge is over.
    case wrongCode(triesLeft: Int)
}

/// Signs as the customer (clause 17). The challenge must be open, of this customer and session, and of the document that is to be signed.
/// When the provider has sealed already, the agreement is in force from now on.
public func signAsCustomer(
    _ customer: CustomerID, answering nonce: [UInt8], with proof: SigningProof, session: SessionID, in tx: any Transaction,
    at now: Timestamp
) throws(Fault) -> SigningOutcome {
    try AgreementStore.lock(customer, in: tx)
    let agreement = try existingAgreement(of: customer, in: tx)
    guard agreement.endedAt == nil else { throw Fault(.agreementEnded, "agreement \(agreement.number) has ended") }
    if let signature = agreement.customerSignature {
        // The same answer again, because the first reply was lost.
        if isRepeat(proof, nonce, of: signature, agreement.documentHash) { return .signed(agreement) }
        throw Fault(.alreadySigned, "agreement \(agreement.number) is signed")
    }
    let challenge = try ChallengeStore.open(nonce, of: agreement.id, session: session, in: tx)
    guard let challenge, now < challenge.begunAt.adding(seconds: AgreementLimits.challengeSeconds),
        challenge.wrongCodes < AgreementLimits.wrongCodes, challenge.document == agreement.documentHash
    else { throw Fault(.challengeOver, "the challenge is not open; begin to sign again") }
    guard let signature = try answer(challenge, proof, at: now) else {
        try ChallengeStore.noteWrongCode(nonce, in: tx)
        return .wrongCode(triesLeft: AgreementLimits.wrongCodes - challenge.wrongCodes - 1)
    }
    try ChallengeStore.close(nonce, at: now, in: tx)
    try SignatureStore.insert(signature, of: agreement.id, in: tx)
    try appendJournal(
        JournalEntry(
            at: now, actor: "customer:\(customer)", action: "agreement.customer-signed", subject: "agreement:\(agreement.id)",
            clause: 17,
            after: journalState([
                "document": .text(agreement.documentHash.hex), "fingerprint": .text(agreement.fingerprint.hex),
                "method": .text(signature.method.rawValue), "key": .optional(signature.publicKey?.thumbprint.hex),
                "signature": .text(ContentHash(of: signature.signature).hex), "session": .text("\(session)"),
            ])),
        in: tx)
    if agreement.providerSignature != nil { try putInForce(agreement, seal: nil, in: tx, at: now) }
    return .signed(try existingAgreement(of: customer, in: tx))
}

/// The signature to keep; nil for a wrong code. A wrong signature is a fault: there is nothing to count, the key's space is not searched.
private func answer(_ challenge: OpenChallenge, _ proof: SigningProof, at now: Timestamp) throws(Fault) -> CustomerSignature? {
    switch (challenge.method, proof) {
    case (.key, .key(let key, let signature)):
        let message = SignedMessages.customer(document: challenge.document, nonce: challenge.nonce)
        guard isSigned(message, by: key.bytes, signature) else {
            throw Fault(.signatureWrong, "the signature does not belong to the document, the challenge and the key")
        }
        return CustomerSignature(method: .key, publicKey: key, signature: signature, nonce: challenge.nonce, at: now)
    case (.code, .code(let code)):
        let digits = code.filter { !$0.isWhitespace }
        let hash = SignedMessages.codeHash(document: challenge.document, nonce: challenge.nonce, code: String(digits.prefix(64)))
        // Both sides are hashes over a random nonce: the time of a comparison tells nothing about the code.
        guard hash == challenge.codeHash else { return nil }
        return CustomerSignature(method: .code, publicKey: nil, signature: hash, nonce: challenge.nonce, at: now)
    default: throw Fault(.signatureWrong, "the challenge was begun for another way of signing")
    }
}

private func isRepeat(_ proof: SigningProof, _ nonce: [UInt8], of signature: CustomerSignature, _ document: ContentHash) -> Bool {
    guard signature.nonce == nonce else { return false }
    switch proof {
    case .key(let key, let bytes): return signature.publicKey == key && signature.signature == bytes
    case .code(let code):
        let digits = String(code.filter { !$0.isWhitespace }.prefix(64))
        return signature.method == .code
            && signature.signature == SignedMessages.codeHash(document: document, nonce: nonce, code: digits)
    }
}

/// The later signature is there: the agreement is in force from now on, in the state of its annexes.
func putInForce(_ agreement: Agreement, seal: ProviderSeal?, in tx: any Transaction, at now: Timestamp) throws(Fault) {
    try AgreementStore.setInForce(agreement.id, at: now, in: tx)
    let chain = fingerprint(document: agreement.documentHash, annexes: agreement.annexes.links)
    try AgreementStore.setFingerprint(chain, of: agreement.id, in: tx)
    try FingerprintStore.insert(chain, of: agreement.id, annexes: agreement.annexes.count, seal: seal, in: tx, at: now)
    try appendJournal(
        JournalEntry(
            at: now, actor: "system", action: "agreement.in-force", subject: "agreement:\(agreement.id)", clause: 17,
            after: journalState(["version": .number(Int64(agreement.versionNumber)), "fingerprint": .text(chain.hex)])),
        in: tx)
}
