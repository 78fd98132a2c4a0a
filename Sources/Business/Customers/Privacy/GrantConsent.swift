public import Basics
public import Storage

/// Records that a customer agrees to a purpose in the words of a version. Agreeing again changes nothing.
@discardableResult
public func grantConsent(
    _ purpose: ConsentPurpose, version: Int, of customer: CustomerID, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Consent {
    guard version == purpose.version else {
        throw Fault(.consentVersion, "the words have changed to version \(purpose.version); show them and ask again")
    }
    if let there = try consents(of: customer, in: tx).first(where: { $0.purpose == purpose }), there.isValid { return there }
    let consent = Consent(purpose: purpose, version: version, isGiven: true, at: now)
    try record(consent, of: customer, in: tx)
    return consent
}

/// Withdraws a consent, as easily as it was given (个人信息保护法 art. 15). One that the service needs ends with the service.
@discardableResult
public func withdrawConsent(
    _ purpose: ConsentPurpose, of customer: CustomerID, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Consent {
    guard !purpose.isRequired else {
        throw Fault(
            .consentRequired, "the service cannot be given without; end the service instead (clause 11)",
            ["purpose": purpose.rawValue])
    }
    guard let there = try consents(of: customer, in: tx).first(where: { $0.purpose == purpose }), there.isGiven else {
        throw Fault(.consentNotGiven, "there is no consent to withdraw", ["purpose": purpose.rawValue])
    }
    let consent = Consent(purpose: purpose, version: there.version, isGiven: false, at: now)
    try record(consent, of: customer, in: tx)
    return consent
}

/// Where a customer stands with every purpose that they were asked about, in the order of ``ConsentPurpose``.
public func consents(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> [Consent] {
    var latest: [ConsentPurpose: Consent] = [:]
    for consent in try ConsentStore.history(of: customer, in: tx) { latest[consent.purpose] = consent }
    return ConsentPurpose.allCases.compactMap { latest[$0] }
}

/// Whether a customer agrees to a purpose in the words of today.
public func hasConsent(_ purpose: ConsentPurpose, of customer: CustomerID, in tx: any Transaction) throws(Fault) -> Bool {
    try consents(of: customer, in: tx).contains { $0.purpose == purpose && $0.isValid }
}

private func record(_ consent: Consent, of customer: CustomerID, in tx: any Transaction) throws(Fault) {
    try ConsentStore.add(consent, of: customer, in: tx)
    try appendJournal(
        JournalEntry(
            at: consent.at, actor: "customer:\(customer)", action: consent.isGiven ? "consent.given" : "consent.withdrawn",
            subject: "customer:\(customer)", clause: 1,
            after: journalState(["purpose": .text(consent.purpose.rawValue), "version": .number(Int64(consent.version))])), in: tx
    )
}
