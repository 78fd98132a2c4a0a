public import Basics
public import Storage

/// What is kept of a customer though no law asks for it and the service does not need it.
public struct ErasableData: Sendable, Equatable {
    /// Entries of the address book.
    public let contacts: Int
    /// Consents that the service goes on without.
    public let consents: [ConsentPurpose]
    /// Authorisations by which somebody else may be given data.
    public let authorisations: Int

    /// Whether there is nothing to erase.
    public var isEmpty: Bool { contacts == 0 && consents.isEmpty && authorisations == 0 }
}

/// What ``eraseOnRequest(of:in:at:)`` would erase now.
public func erasableData(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> ErasableData {
    ErasableData(
        contacts: Int(try ContactStore.count(of: customer, in: tx)),
        consents: try consents(of: customer, in: tx).filter { $0.isGiven && !$0.purpose.isRequired }.map(\.purpose),
        authorisations: try authorisations(of: customer, in: tx).count { $0.withdrawnAt == nil })
}

/// Erases what neither a law nor the service needs, because the customer asks (个人信息保护法 art. 47): the address book goes, consents and
/// authorisations that the service goes on without are withdrawn, so that nothing more is done with them. What stays and until when is said
/// by ``KeptData``. Returns what was erased; a repeat erases nothing.
@discardableResult
public func eraseOnRequest(of customer: CustomerID, in tx: any Transaction, at now: Timestamp) throws(Fault) -> ErasableData {
    try requireServing(try Customers.customer(customer, in: tx).id, in: tx)
    let erased = try erasableData(of: customer, in: tx)
    guard !erased.isEmpty else { return erased }
    for contact in try ContactStore.all(of: customer, in: tx) { _ = try ContactStore.delete(contact.id, of: customer, in: tx) }
    for purpose in erased.consents { try withdrawConsent(purpose, of: customer, in: tx, at: now) }
    for permit in try authorisations(of: customer, in: tx) where permit.withdrawnAt == nil {
        _ = try withdrawAuthorisation(permit.id, of: customer, in: tx, at: now)
    }
    try appendJournal(
        JournalEntry(
            at: now, actor: "customer:\(customer)", action: "customer.erased-on-request", subject: "customer:\(customer)",
            clause: 1,
            after: journalState([
                "contacts": .number(Int64(erased.contacts)), "consents": .number(Int64(erased.consents.count)),
                "authorisations": .number(Int64(erased.authorisations)),
            ])), in: tx)
    return erased
}
