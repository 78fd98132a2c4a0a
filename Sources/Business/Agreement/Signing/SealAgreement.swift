public import Access
public import Basics
public import Customers
public import Storage

/// Signs for the provider (clause 17). When the customer has signed already, the agreement is in force from now on.
public func sealAgreement(
    of customer: CustomerID, with seal: ProviderSeal, by act: StaffAct, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Agreement {
    try act.require(.sealAgreement)
    return try apply(seal, to: customer, actor: act.actor, purpose: act.purpose, in: tx, at: now)
}

/// Signs for the provider without a person, where the provider has decided to accept everybody who fulfils the conditions.
public func sealAgreement(
    of customer: CustomerID, with seal: ProviderSeal, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Agreement {
    try apply(seal, to: customer, actor: "system", purpose: "conditions fulfilled", in: tx, at: now)
}

private func apply(
    _ seal: ProviderSeal, to customer: CustomerID, actor: String, purpose: String, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Agreement {
    try AgreementStore.lock(customer, in: tx)
    let agreement = try existingAgreement(of: customer, in: tx)
    guard agreement.endedAt == nil else { throw Fault(.agreementEnded, "agreement \(agreement.number) has ended") }
    if agreement.providerSignature != nil { return agreement }
    guard try AgreementStore.sealKey(of: agreement.id, in: tx) == seal.publicKey else {
        throw Fault(.sealChanged, "the document of agreement \(agreement.number) names another seal")
    }
    let message = SignedMessages.provider(document: agreement.documentHash, customer: agreement.customerSignature, at: now)
    let signature = ProviderSignature(publicKey: seal.publicKey, signature: try seal.sign(message), at: now)
    try SignatureStore.insert(signature, of: agreement.id, in: tx)
    try appendJournal(
        JournalEntry(
            at: now, actor: actor, action: "agreement.provider-sealed", subject: "agreement:\(agreement.id)", clause: 17,
            after: journalState([
                "document": .text(agreement.documentHash.hex), "fingerprint": .text(agreement.fingerprint.hex),
                "key": .text(seal.thumbprint.hex), "signature": .text(ContentHash(of: signature.signature).hex),
                "purpose": .text(purpose),
            ])),
        in: tx)
    if agreement.customerSignature != nil { try putInForce(agreement, seal: seal, in: tx, at: now) }
    return try existingAgreement(of: customer, in: tx)
}

/// Gives a document that is not in force back for signing: its data were wrong, or it is out of date. Signatures on it are void.
public func returnForSigning(
    _ customer: CustomerID, by act: StaffAct, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Agreement {
    try act.require(.sealAgreement)
    try AgreementStore.lock(customer, in: tx)
    let agreement = try existingAgreement(of: customer, in: tx)
    guard agreement.inForceAt == nil else { throw Fault(.alreadySealed, "agreement \(agreement.number) is in force") }
    guard agreement.customerSignature != nil || agreement.providerSignature != nil else { return agreement }
    try SignatureStore.delete(agreement.id, in: tx)
    try ChallengeStore.closeAll(agreement.id, at: now, in: tx)
    try appendJournal(
        JournalEntry(
            at: now, actor: act.actor, action: "agreement.returned", subject: "agreement:\(agreement.id)", clause: 17,
            before: journalState(["document": .text(agreement.documentHash.hex)]),
            after: journalState(["purpose": .text(act.purpose)])),
        in: tx)
    return try existingAgreement(of: customer, in: tx)
}
