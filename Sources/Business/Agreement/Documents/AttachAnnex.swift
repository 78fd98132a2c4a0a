public import Basics
public import Customers
public import Storage

/// Makes a stored document an annex of a customer's agreement, with the same force (clause 2). Before the agreement is signed the annex
/// waits and the document made next lists it; afterwards the fingerprint moves on by one link, which the provider seals at once or, when
/// no seal is at hand, by ``sealFingerprints(with:in:)``.
///
/// The same number with the same document again is the same annex.
@discardableResult
public func attachAnnex(
    number: String, title: Wording, document: ContentHash, of customer: CustomerID, seal: ProviderSeal?, in tx: any Transaction,
    at now: Timestamp
) throws(Fault) -> Annex {
    guard AgreementLimits.annexNumberBytes.contains(number.utf8.count), number.unicodeScalars.allSatisfy(isPrintable),
        title.zh.utf8.count + title.en.utf8.count <= AgreementLimits.headingBytes
    else { throw Fault(.wordingTooLong, "an annex has a number and a title of sensible length", ["maximum": "64"]) }
    try AgreementStore.lock(customer, in: tx)
    let annexes = try AnnexStore.all(of: customer, in: tx)
    if let there = annexes.first(where: { $0.number == number }) {
        guard there.document == document else {
            throw Fault(.otherContentUnderSameID, "annex \(number) is there already with another document")
        }
        return there
    }
    guard try DocumentStore.isThere(document, in: tx) else {
        throw Fault(.unknownDocument, "store the document of annex \(number) first")
    }
    guard annexes.count < AgreementLimits.annexes else {
        throw Fault(.tooManyAnnexes, "the agreement has as many annexes as it can", ["maximum": "\(AgreementLimits.annexes)"])
    }
    let agreement = try AgreementStore.find(of: customer, in: tx)
    guard agreement?.endedAt == nil else { throw Fault(.agreementEnded, "the agreement has ended") }
    let annex = Annex(position: annexes.count + 1, number: number, title: title, document: document, at: now)
    try AnnexStore.insert(annex, of: customer, in: tx)
    var chain: ContentHash?
    if let agreement, agreement.inForceAt != nil {
        let next = fingerprint(document: agreement.documentHash, annexes: (annexes + [annex]).links)
        try AgreementStore.setFingerprint(next, of: agreement.id, in: tx)
        try FingerprintStore.insert(next, of: agreement.id, annexes: annex.position, seal: seal, in: tx, at: now)
        chain = next
    }
    try appendJournal(
        JournalEntry(
            at: now, actor: "customer:\(customer)", action: "agreement.annex-attached", subject: "annex:\(number)", clause: 2,
            after: journalState([
                "customer": .text("\(customer)"), "document": .text(document.hex), "position": .number(Int64(annex.position)),
                "fingerprint": .optional(chain?.hex),
            ])),
        in: tx)
    return annex
}

/// Seals fingerprints that were made while no seal was at hand; returns how many. Called until it returns 0.
public func sealFingerprints(with seal: ProviderSeal, in tx: any Transaction) throws(Fault) -> Int {
    let waiting = try FingerprintStore.unsealed(limit: AgreementLimits.sealsPerBatch, in: tx)
    for fingerprint in waiting { try FingerprintStore.seal(fingerprint, with: seal, in: tx) }
    return waiting.count
}
