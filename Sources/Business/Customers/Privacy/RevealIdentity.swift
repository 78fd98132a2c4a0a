public import Access
public import Basics
public import Storage

/// Shows staff fields of a customer's identity in full. Who, when, which fields and the stated purpose go into the log that the customer
/// reads; fields that the customer has not got are missing in the answer.
public func revealIdentity(
    of customer: CustomerID, fields: Set<IdentityField>, with vault: Vault, by act: StaffAct, in tx: any Transaction,
    at now: Timestamp
) throws(Fault) -> [IdentityField: String] {
    try act.require(.revealPersonalData)
    guard let identity = try IdentityStore.find(customer, with: vault, in: tx) else { throw .noIdentity(customer) }
    let values = fields.reduce(into: [:]) { values, field in values[field] = identity.value(of: field) }
    guard !values.isEmpty else { throw Fault(.nothingToReveal, "name fields that this customer has") }
    let record = AccessRecord(
        at: now, actor: act.actor, action: .revealed, purpose: act.purpose,
        fields: IdentityField.allCases.filter { values[$0] != nil }, recipient: nil)
    try AccessLogStore.add(record, of: customer, in: tx)
    try appendJournal(
        JournalEntry(
            at: now, actor: act.actor, action: "identity.revealed", subject: "customer:\(customer)", clause: 1,
            after: journalState(["fields": .text(joined(record.fields)), "purpose": .text(act.purpose)])), in: tx)
    return values
}

extension Fault {
    static func noIdentity(_ customer: CustomerID) -> Fault {
        Fault(.noIdentity, "customer \(customer) has given no data, or they are only kept by law after the end of the service")
    }
}
