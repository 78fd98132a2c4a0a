public import Basics
public import Customers
public import Storage

/// Makes the document that customer and provider will sign: the version published last, its blanks filled in, the annexes that are there.
///
/// Repeated with nothing changed it answers with what is there; with other data, annexes or a newer version it makes the document anew.
/// Once the customer has signed, the document stays as it is and is the answer.
public func prepareAgreement(
    for customer: CustomerID, party: ContractParty, seal: ProviderSeal, vault: Vault, in tx: any Transaction, at now: Timestamp,
    zone: BusinessZone
) throws(Fault) -> Agreement {
    try party.check()
    guard let version = try VersionStore.current(in: tx) else {
        throw Fault(.nothingPublished, "publish a version of the agreement first")
    }
    try AgreementStore.lock(customer, in: tx)
    let there = try AgreementStore.find(of: customer, in: tx)
    if let there {
        guard there.endedAt == nil else { throw Fault(.agreementEnded, "agreement \(there.number) has ended") }
        if there.customerSignature != nil || there.providerSignature != nil { return there }
    }
    let annexes = try AnnexStore.all(of: customer, in: tx)
    let year = zone.date(of: now).year
    let number = if let there { there.number } else { try AgreementStore.nextNumber(year: year, in: tx) }
    // The day of a document that is not made anew is its own: repeating the next morning must not give another hash.
    let day = zone.date(of: there.map { $0.version == version.id ? $0.preparedAt : now } ?? now)
    let content = AgreementDocument(
        number: number, version: version, party: party, annexes: annexes, sealKey: seal.publicKey, day: day
    ).content
    let hash = ContentHash(of: content)
    if let there, there.documentHash == hash { return there }
    // What nobody signed is no record, and it holds personal data.
    if let there { try DocumentStore.delete(there.documentHash, in: tx) }
    try storeDocument(content, kind: "agreement", of: customer, vault: vault, in: tx, at: now)
    let agreement = Agreement(
        id: there?.id ?? .random(), customer: customer, number: number, version: version.id, versionNumber: version.number,
        documentHash: hash, fingerprint: fingerprint(document: hash, annexes: annexes.links), annexes: annexes,
        customerSignature: nil, providerSignature: nil, preparedAt: there?.version == version.id ? there?.preparedAt ?? now : now,
        inForceAt: nil, endedAt: nil, endReason: nil)
    try AgreementStore.insert(agreement, sealKey: seal.publicKey, signatory: party.maskedName, in: tx)
    try appendJournal(
        JournalEntry(
            at: now, actor: "customer:\(customer)", action: "agreement.prepared", subject: "agreement:\(agreement.id)",
            clause: 17,
            before: there.map { journalState(["document": .text($0.documentHash.hex)]) },
            after: journalState([
                "number": .text(number), "version": .number(Int64(version.number)), "document": .text(hash.hex),
                "annexes": .number(Int64(annexes.count)),
            ])),
        in: tx)
    return agreement
}
