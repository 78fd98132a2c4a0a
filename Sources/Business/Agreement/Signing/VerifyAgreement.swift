public import Basics
internal import Customers
public import Storage

/// Something that does not fit in what is stored of an agreement.
public enum AgreementFlaw: Sendable, Equatable {
    /// The document's bytes are gone, or no longer have the hash that was signed.
    case document
    /// The customer's signature does not belong to the document.
    case customerSignature
    /// The provider's seal does not belong to the document, or is not the seal that the document names.
    case providerSignature
    /// The fingerprint is not the chain over document and annexes.
    case fingerprint
    /// A seal on the state with so many annexes is wrong.
    case fingerprintSeal(annexes: Int)
    /// The document of an annex is gone or altered.
    case annex(String)
}

/// What verification found.
public struct AgreementReport: Sendable, Equatable {
    /// Nothing when everything fits.
    public let flaws: [AgreementFlaw]
    /// Whether both signatures are there.
    public let isSignedByBoth: Bool
    /// States of the fingerprint that wait for their seal.
    public let unsealedStates: Int
}

/// Recomputes everything that both signed: hashes, signatures, chain and seals (clause 17). A code proves less than a key, and the report
/// does not hide it: what stands behind a code is the provider's seal over it and the journal.
public func verifyAgreement(
    _ agreement: Agreement, vault: Vault, in tx: any Transaction
) throws(Fault) -> AgreementReport {
    var flaws: [AgreementFlaw] = []
    if try !isWhole(agreement.documentHash, vault, tx) { flaws.append(.document) }
    if let signature = agreement.customerSignature, !signature.isRight(for: agreement.documentHash) {
        flaws.append(.customerSignature)
    }
    if let signature = agreement.providerSignature {
        let named = try AgreementStore.sealKey(of: agreement.id, in: tx)
        if named != signature.publicKey || !signature.isRight(for: agreement.documentHash, customer: agreement.customerSignature)
        {
            flaws.append(.providerSignature)
        }
    }
    let chain = fingerprint(document: agreement.documentHash, annexes: agreement.annexes.links)
    if chain != agreement.fingerprint, agreement.inForceAt != nil { flaws.append(.fingerprint) }
    let states = try FingerprintStore.all(of: agreement.id, in: tx)
    for state in states where !isRight(state, agreement) { flaws.append(.fingerprintSeal(annexes: state.annexes)) }
    if agreement.inForceAt != nil, states.last?.fingerprint != agreement.fingerprint, !flaws.contains(.fingerprint) {
        flaws.append(.fingerprint)
    }
    for annex in agreement.annexes where try !isWhole(annex.document, vault, tx) { flaws.append(.annex(annex.number)) }
    return AgreementReport(
        flaws: flaws, isSignedByBoth: agreement.customerSignature != nil && agreement.providerSignature != nil,
        unsealedStates: states.count { $0.signature == nil })
}

private func isWhole(_ hash: ContentHash, _ vault: Vault, _ tx: any Transaction) throws(Fault) -> Bool {
    do throws(Fault) {
        return try DocumentStore.find(hash, vault: vault, in: tx) != nil
    } catch  where error.code == .damaged || error.code == .vaultDamaged {
        return false
    }
}

private func isRight(_ state: SealedFingerprint, _ agreement: Agreement) -> Bool {
    let chain = fingerprint(document: agreement.documentHash, annexes: Array(agreement.annexes.prefix(state.annexes)).links)
    guard chain == state.fingerprint, let key = state.publicKey, let signature = state.signature else {
        return chain == state.fingerprint
    }
    return isSigned(SignedMessages.fingerprint(state.fingerprint), by: key, signature)
}

extension CustomerSignature {
    /// Whether it belongs to a document. For a code: whether there was one that fits cannot be computed without it, only that the kept
    /// value has the form.
    public func isRight(for document: ContentHash) -> Bool {
        guard method == .key, let publicKey else { return method == .code && signature.count == 32 && nonce.count == 32 }
        return isSigned(SignedMessages.customer(document: document, nonce: nonce), by: publicKey.bytes, signature)
    }
}

extension ProviderSignature {
    /// Whether it belongs to a document and, when the customer signed first, to that signature.
    public func isRight(for document: ContentHash, customer: CustomerSignature?) -> Bool {
        let first = customer.flatMap { $0.at <= at ? $0 : nil }
        let messages = [
            SignedMessages.provider(document: document, customer: first, at: at),
            SignedMessages.provider(document: document, customer: nil, at: at),
        ]
        // A customer may sign in the very millisecond after the seal; then the seal covers the document alone.
        let isSameInstant = customer?.at == at
        return isSigned(messages[0], by: publicKey, signature)
            || (isSameInstant && isSigned(messages[1], by: publicKey, signature))
    }
}
