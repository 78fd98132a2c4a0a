public import Basics
public import Storage

/// The id of an authorisation.
public typealias AuthorisationID = Identifier<Authorisation>

/// A customer's permission to give some of their data to a named third party for a named purpose (clause 1; 个人信息保护法 art. 23).
public struct Authorisation: Sendable, Equatable {
    /// The id, made by the customer's page.
    public let id: AuthorisationID
    /// Who may be given the data.
    public let recipient: String
    /// Which data.
    public let fields: [IdentityField]
    /// What for.
    public let purpose: String
    /// Since when.
    public let givenAt: Timestamp
    /// The last day; nil where none was named.
    public let lastDay: BusinessDate?
    /// When it was withdrawn.
    public let withdrawnAt: Timestamp?

    /// Whether it allows a disclosure of these fields to this recipient on a day.
    public func allows(_ wanted: Set<IdentityField>, to recipient: String, on day: BusinessDate) -> Bool {
        withdrawnAt == nil && recipient == self.recipient && wanted.isSubset(of: fields) && lastDay.map { day <= $0 } ?? true
    }
}

/// What a customer permits.
public struct AuthorisationRequest: Sendable {
    /// The id, so that a repeat is known.
    public var id: AuthorisationID
    /// The customer.
    public var customer: CustomerID
    /// Who may be given the data.
    public var recipient: String
    /// Which data.
    public var fields: Set<IdentityField>
    /// What for.
    public var purpose: String
    /// The last day; nil for as long as the service runs.
    public var lastDay: BusinessDate?

    /// Makes a request.
    public init(
        id: AuthorisationID = .random(), customer: CustomerID, recipient: String, fields: Set<IdentityField>, purpose: String,
        lastDay: BusinessDate? = nil
    ) {
        self.id = id
        self.customer = customer
        self.recipient = recipient
        self.fields = fields
        self.purpose = purpose
        self.lastDay = lastDay
    }
}

/// Records an authorisation. The same id again answers with the first one; with other content it is a conflict.
public func recordAuthorisation(
    _ request: AuthorisationRequest, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Authorisation {
    let customer = try customer(request.customer, in: tx).id
    try requireServing(customer, in: tx)
    let wanted = Authorisation(
        id: request.id, recipient: try disclosureText(request.recipient), fields: fields(joined(request.fields)),
        purpose: try disclosureText(request.purpose), givenAt: now, lastDay: request.lastDay, withdrawnAt: nil)
    guard !wanted.fields.isEmpty else { throw Fault(.nothingToReveal, "name the data that may be given") }
    if let (owner, there) = try AuthorisationStore.find(request.id, in: tx) {
        guard owner == customer, there.isSame(as: wanted) else {
            throw Fault(.authorisationReused, "this id is that of another authorisation")
        }
        return there
    }
    guard try AuthorisationStore.all(of: customer, in: tx).count < CustomersLimits.authorisations else {
        throw Fault(.tooManyAuthorisations, "too many authorisations", ["maximum": "\(CustomersLimits.authorisations)"])
    }
    try AuthorisationStore.insert(wanted, of: customer, in: tx)
    try journal("authorisation.given", wanted, of: customer, in: tx, at: now)
    return wanted
}

/// Withdraws an authorisation: nothing is given on its ground from now on. Again, it changes nothing.
@discardableResult
public func withdrawAuthorisation(
    _ id: AuthorisationID, of customer: CustomerID, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Authorisation {
    guard let (owner, there) = try AuthorisationStore.find(id, in: tx), owner == customer else { throw .unknownAuthorisation }
    if there.withdrawnAt != nil { return there }
    try AuthorisationStore.withdraw(id, in: tx, at: now)
    try journal("authorisation.withdrawn", there, of: customer, in: tx, at: now)
    return try AuthorisationStore.find(id, in: tx)?.1 ?? there
}

/// A customer's authorisations, the oldest first.
public func authorisations(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> [Authorisation] {
    try AuthorisationStore.all(of: customer, in: tx)
}

/// A recipient, purpose or legal basis in words: visible, not empty, of a sensible length.
func disclosureText(_ typed: String) throws(Fault) -> String {
    guard typed.utf8.count <= CustomersLimits.fieldBytes else { throw .disclosureTooLong }
    let text = try visibleText(typed)
    guard !text.isEmpty else { throw Fault(.missing, "recipient, purpose and basis are needed") }
    guard text.count <= CustomersLimits.disclosureCharacters else { throw .disclosureTooLong }
    return text
}

extension Fault {
    static var unknownAuthorisation: Fault { Fault(.unknownAuthorisation, "the customer has given no such authorisation") }

    fileprivate static var disclosureTooLong: Fault {
        Fault(.textTooLong, "recipient, purpose or basis is too long", ["maximum": "\(CustomersLimits.disclosureCharacters)"])
    }
}

extension Authorisation {
    fileprivate func isSame(as other: Authorisation) -> Bool {
        recipient == other.recipient && fields == other.fields && purpose == other.purpose && lastDay == other.lastDay
    }
}

/// The journal names the fields and the id, not the recipient: who deals with whom is personal, too.
private func journal(
    _ action: String, _ authorisation: Authorisation, of customer: CustomerID, in tx: any Transaction, at now: Timestamp
) throws(Fault) {
    try appendJournal(
        JournalEntry(
            at: now, actor: "customer:\(customer)", action: action, subject: "customer:\(customer)", clause: 1,
            after: journalState([
                "authorisation": .text(authorisation.id.rawValue), "fields": .text(joined(authorisation.fields)),
            ])), in: tx)
}
