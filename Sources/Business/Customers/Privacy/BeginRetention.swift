public import Basics
public import Storage

/// The service of a customer has ended: what the law keeps is set apart, where only a law opens it, and everything else is erased. Called by
/// whoever ends the agreement, in the same transaction. Again, it answers with the first.
@discardableResult
public func beginRetention(
    of customer: CustomerID, endedOn day: BusinessDate, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Retention {
    let id = try Customers.customer(customer, in: tx).id
    if let there = try EndingStore.find(id, in: tx) { return there.retention }
    let retention = retention(endedOn: day)
    try EndingStore.insert(retention, of: id, endedOn: day, in: tx)
    try RetainedStore.setApart(id, in: tx)
    try appendJournal(
        JournalEntry(
            at: now, actor: "system", action: "customer.retention-began", subject: "customer:\(id)", clause: 11,
            after: journalState([
                "endedOn": .text("\(day)"), "identityUntil": .text("\(retention.identityUntil)"),
                "recordsUntil": .text("\(retention.recordsUntil)"),
            ])), in: tx)
    return retention
}

/// A customer's retention; nil while the service runs.
public func retention(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> Retention? {
    try EndingStore.find(customer, in: tx)?.retention
}

/// Refuses what only a running service allows.
func requireServing(_ customer: CustomerID, in tx: any Transaction) throws(Fault) {
    guard try EndingStore.find(customer, in: tx) == nil else {
        throw Fault(.serviceEnded, "the service of this customer has ended; the data are only kept by law")
    }
}
