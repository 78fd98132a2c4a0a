public import Access
public import Basics
public import Storage

/// The id of a disclosure, made by who records it.
public typealias DisclosureID = Identifier<Disclosure>

/// A law that orders or allows to give personal data to somebody without asking the customer (个人信息保护法 art. 13).
public struct LegalBasis: Sendable, Equatable {
    /// Laws that may be named.
    public enum Law: String, Sendable, CaseIterable {
        /// 电信条例, art. 65: police, state security and prosecutors.
        case telecommunications
        /// 反电信网络诈骗法, art. 26: evidence against fraud.
        case antiFraud = "anti-fraud"
        /// 网络安全法: support of police and state security.
        case cybersecurity
        /// 刑事诉讼法: evidence in criminal cases.
        case criminalProcedure = "criminal-procedure"
        /// 民事诉讼法: evidence for a court.
        case civilProcedure = "civil-procedure"
        /// 个人信息保护法, art. 13: another duty under law, or an emergency to life and health.
        case personalInformation = "personal-information"
    }

    /// The law.
    public var law: Law
    /// The article, such as `65`.
    public var article: String
    /// The document by which the authority asks, with its number.
    public var document: String
    /// Whether the law orders to keep the disclosure from the customer (art. 18 and 35).
    public var isConfidential: Bool

    /// Names a basis.
    public init(_ law: Law, article: String, document: String, isConfidential: Bool = false) {
        self.law = law
        self.article = article
        self.document = document
        self.isConfidential = isConfidential
    }
}

/// What a disclosure rests on. There is no third way.
public enum DisclosureBasis: Sendable, Equatable {
    /// The customer's recorded permission.
    case authorisation(AuthorisationID)
    /// A named law.
    case law(LegalBasis)
}

/// Personal data to give to a third party.
public struct DiscloseRequest: Sendable {
    /// The id, so that a repeat is known.
    public var id: DisclosureID
    /// Whose data.
    public var customer: CustomerID
    /// Who gets them.
    public var recipient: String
    /// Which.
    public var fields: Set<IdentityField>
    /// On what ground; nil is refused with the reason.
    public var basis: DisclosureBasis?

    /// Makes a request.
    public init(
        id: DisclosureID = .random(), customer: CustomerID, recipient: String, fields: Set<IdentityField>,
        basis: DisclosureBasis?
    ) {
        self.id = id
        self.customer = customer
        self.recipient = recipient
        self.fields = fields
        self.basis = basis
    }
}

/// A disclosure and the data to hand over.
public struct Disclosure: Sendable, Equatable {
    /// The id.
    public let id: DisclosureID
    /// Whose data.
    public let customer: CustomerID
    /// Who gets them.
    public let recipient: String
    /// What is handed over.
    public let values: [IdentityField: String]
    /// When.
    public let at: Timestamp
}

/// Gives personal data to a third party, with the customer's authorisation or on a named legal basis; refused otherwise. After the end of
/// the service only a law opens what is kept.
public func disclose(
    _ request: DiscloseRequest, with vault: Vault, by act: StaffAct, in tx: any Transaction, at now: Timestamp,
    zone: BusinessZone
) throws(Fault) -> Disclosure {
    try act.require(.disclosePersonalData)
    guard let basis = request.basis else {
        throw Fault(.disclosureBasis, "name the customer's authorisation or the law")
    }
    let recipient = try disclosureText(request.recipient)
    try check(basis, allows: request, to: recipient, on: zone.date(of: now), in: tx)
    let known = try IdentityStore.find(request.customer, with: vault, in: tx)
    var identity = known
    if known == nil, case .law = basis { identity = try RetainedStore.identity(of: request.customer, with: vault, in: tx) }
    guard let identity else { throw .noIdentity(request.customer) }
    let values = request.fields.reduce(into: [:]) { values, field in values[field] = identity.value(of: field) }
    guard !values.isEmpty else { throw Fault(.nothingToReveal, "name fields that this customer has") }
    let disclosure = Disclosure(id: request.id, customer: request.customer, recipient: recipient, values: values, at: now)
    if let there = try DisclosureStore.find(request.id, in: tx) {
        guard there.customer == request.customer, there.recipient == recipient, there.fields == joined(values.keys) else {
            throw Fault(.disclosureReused, "this id is that of another disclosure")
        }
        return Disclosure(id: request.id, customer: request.customer, recipient: recipient, values: values, at: there.at)
    }
    try DisclosureStore.insert(disclosure, basis, by: act, in: tx)
    try log(disclosure, basis, by: act, in: tx)
    return disclosure
}

private func check(
    _ basis: DisclosureBasis, allows request: DiscloseRequest, to recipient: String, on day: BusinessDate, in tx: any Transaction
) throws(Fault) {
    switch basis {
    case .authorisation(let id):
        guard let (owner, authorisation) = try AuthorisationStore.find(id, in: tx), owner == request.customer else {
            throw .unknownAuthorisation
        }
        guard authorisation.allows(request.fields, to: recipient, on: day) else {
            throw Fault(.notAuthorised, "the authorisation is withdrawn, has run out, or is for other data or another recipient")
        }
    case .law(let basis):
        _ = try disclosureText(basis.article)
        _ = try disclosureText(basis.document)
    }
}

private func log(
    _ disclosure: Disclosure, _ basis: DisclosureBasis, by act: StaffAct, in tx: any Transaction
) throws(Fault) {
    var isConfidential = false
    var ground = ""
    switch basis {
    case .authorisation(let id): ground = "authorisation:\(id)"
    case .law(let law):
        isConfidential = law.isConfidential
        ground = "law:\(law.law.rawValue)"
    }
    let record = AccessRecord(
        at: disclosure.at, actor: act.actor, action: .disclosed, purpose: act.purpose,
        fields: IdentityField.allCases.filter { disclosure.values[$0] != nil }, recipient: disclosure.recipient)
    try AccessLogStore.add(record, of: disclosure.customer, isConfidential: isConfidential, in: tx)
    try appendJournal(
        JournalEntry(
            at: disclosure.at, actor: act.actor, action: "identity.disclosed", subject: "customer:\(disclosure.customer)",
            clause: 1,
            after: journalState([
                "disclosure": .text(disclosure.id.rawValue), "fields": .text(joined(record.fields)), "basis": .text(ground),
                "purpose": .text(act.purpose),
            ])), in: tx)
}

/// Disclosures as they are stored, for ``disclose(_:with:by:in:at:zone:)`` alone.
private enum DisclosureStore {
    static func insert(
        _ disclosure: Disclosure, _ basis: DisclosureBasis, by act: StaffAct, in tx: any Transaction
    ) throws(Fault) {
        var ground: [Value] = [.null, .null, .null, .null, .boolean(false)]
        switch basis {
        case .authorisation(let id): ground[0] = .id(id)
        case .law(let law):
            ground = [.null, .text(law.law.rawValue), .text(law.article), .text(law.document), .boolean(law.isConfidential)]
        }
        try tx.execute(
            """
            INSERT INTO customers_disclosures
                (id, customer, recipient, fields, purpose, actor, at, authorisation, law, article, document, is_confidential)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            """,
            [
                .id(disclosure.id), .id(disclosure.customer), .text(disclosure.recipient), .text(joined(disclosure.values.keys)),
                .text(act.purpose), .text(act.actor), .time(disclosure.at),
            ] + ground)
    }

    static func find(
        _ id: DisclosureID, in tx: any Transaction
    ) throws(Fault) -> (customer: CustomerID, recipient: String, fields: String, at: Timestamp)? {
        let row = try tx.first("SELECT customer, recipient, fields, at FROM customers_disclosures WHERE id = $1", [.id(id)])
        guard let row else { return nil }
        return (try row.id("customer"), try row.text("recipient"), try row.text("fields"), try row.time("at"))
    }
}
