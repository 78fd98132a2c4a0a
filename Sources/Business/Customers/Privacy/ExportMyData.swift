public import Basics
internal import Foundation
public import Storage

/// One file of an export or a case file. Rooms hand over theirs; the face packs them.
public struct ExportItem: Sendable, Equatable {
    /// The path within the archive, such as `identity/identity.json`.
    public let path: String
    /// The content.
    public let bytes: [UInt8]

    /// Names a file.
    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }
}

/// Everything that this room knows of a customer, for the customer: JSON and the copies as they were handed in (个人信息保护法 art. 45). Other
/// rooms append their items. The taking itself goes into the log.
public func exportMyData(
    of id: CustomerID, with vault: Vault, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> [ExportItem] {
    let customer = try customer(id, in: tx)
    try requireServing(id, in: tx)
    var items = [
        ExportItem(path: "customer.json", bytes: try json(ExportedCustomer(customer), pretty: true)),
        ExportItem(path: "contacts.json", bytes: try json(listContacts(of: id, in: tx).map(ExportedContact.init), pretty: true)),
        ExportItem(
            path: "privacy/consents.json",
            bytes: try json(ConsentStore.history(of: id, in: tx).map(ExportedConsent.init), pretty: true)),
        ExportItem(
            path: "privacy/authorisations.json",
            bytes: try json(AuthorisationStore.all(of: id, in: tx).map(ExportedAuthorisation.init), pretty: true)),
        ExportItem(
            path: "privacy/access-log.json",
            bytes: try json(
                AccessLogStore.list(of: id, limit: Int(Int32.max), offset: 0, in: tx).map(ExportedAccess.init), pretty: true)),
    ]
    if let identity = try IdentityStore.find(id, with: vault, in: tx) {
        items.append(ExportItem(path: "identity/identity.json", bytes: try json(StoredIdentity(identity), pretty: true)))
        let steps = try VerificationStore.steps(of: id, in: tx).map(ExportedStep.init)
        items.append(ExportItem(path: "identity/verification.json", bytes: try json(steps, pretty: true)))
    }
    for file in try EvidenceStore.all(of: id, with: vault, in: tx) {
        let path = "identity/evidence/\(file.id).\(file.format.rawValue)"
        items.append(ExportItem(path: path, bytes: try EvidenceStore.bytes(file.id, with: vault, in: tx)))
    }
    try AccessLogStore.add(
        AccessRecord(
            at: now, actor: "customer:\(id)", action: .exported, purpose: "", fields: IdentityField.allCases, recipient: nil),
        of: id, in: tx)
    try appendJournal(
        JournalEntry(at: now, actor: "customer:\(id)", action: "customer.exported", subject: "customer:\(id)", clause: 1), in: tx)
    return items
}

private struct ExportedCustomer: Encodable {
    let id: String
    let name: String
    let language: String
    let since: String

    init(_ customer: Customer) {
        id = customer.id.rawValue
        name = customer.name.text
        language = customer.language.rawValue
        since = customer.since.description
    }
}

private struct ExportedContact: Encodable {
    let name: String
    let number: String

    init(_ contact: Contact) {
        name = contact.name.text
        number = contact.number.digits
    }
}

private struct ExportedConsent: Encodable {
    let purpose: String
    let version: Int
    let given: Bool
    let at: String

    init(_ consent: Consent) {
        purpose = consent.purpose.rawValue
        version = consent.version
        given = consent.isGiven
        at = consent.at.description
    }
}

private struct ExportedAuthorisation: Encodable {
    let id: String
    let recipient: String
    let fields: [IdentityField]
    let purpose: String
    let givenAt: String
    let lastDay: String?
    let withdrawnAt: String?

    init(_ authorisation: Authorisation) {
        id = authorisation.id.rawValue
        recipient = authorisation.recipient
        fields = authorisation.fields
        purpose = authorisation.purpose
        givenAt = authorisation.givenAt.description
        lastDay = authorisation.lastDay?.description
        withdrawnAt = authorisation.withdrawnAt?.description
    }
}

private struct ExportedAccess: Encodable {
    let at: String
    let by: String
    let action: String
    let purpose: String
    let fields: [IdentityField]
    let recipient: String?

    init(_ record: AccessRecord) {
        at = record.at.description
        by = record.actor
        action = record.action.rawValue
        purpose = record.purpose
        fields = record.fields
        recipient = record.recipient
    }
}

private struct ExportedStep: Encodable {
    let at: String
    let state: String
    let reason: String?
    let note: String?
    let deadline: String?

    init(_ step: VerificationStep) {
        at = step.at.description
        state = step.state.rawValue
        reason = step.reason?.rawValue
        note = step.note
        deadline = step.deadline?.description
    }
}
