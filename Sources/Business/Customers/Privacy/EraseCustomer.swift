public import Basics
public import Storage

/// Erases what the law no longer keeps of a customer on a day. Throws with the last day where it still keeps everything, and where the
/// service still runs. Returns whether something was erased.
@discardableResult
public func eraseCustomer(
    _ customer: CustomerID, on today: BusinessDate, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Bool {
    guard let ending = try EndingStore.find(customer, in: tx) else {
        throw Fault(.serviceRuns, "the service runs; end it first (clause 11)")
    }
    guard ending.retention.identityUntil < today else {
        throw Fault(
            .retentionRuns, "the law keeps identity data until \(ending.retention.identityUntil)",
            ["date": "\(ending.retention.identityUntil)"])
    }
    return try erase(ending, on: today, in: tx, at: now)
}

/// Erases what is due on a day, at most ``CustomersLimits/stepRows`` customers; returns how many. The daily close calls it until it
/// answers 0.
public func eraseDueCustomers(on today: BusinessDate, in tx: any Transaction, at now: Timestamp) throws(Fault) -> Int {
    let due = try EndingStore.due(on: today, in: tx)
    for ending in due { try erase(ending, on: today, in: tx, at: now) }
    return due.count
}

/// Data of a customer whose last day is over.
public struct DueErasure: Sendable, Equatable {
    /// Whose.
    public let customer: CustomerID
    /// Whether the records are due, and with them what other rooms keep as long.
    public let hasRecords: Bool
}

/// What ``eraseDueCustomers(on:in:at:)`` erases next, for rooms that keep documents of these customers.
public func dueErasures(on today: BusinessDate, in tx: any Transaction) throws(Fault) -> [DueErasure] {
    try EndingStore.due(on: today, in: tx).map {
        DueErasure(customer: $0.customer, hasRecords: $0.retention.recordsUntil < today && $0.recordsErasedAt == nil)
    }
}

@discardableResult
private func erase(
    _ ending: EndingStore.Ending, on today: BusinessDate, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Bool {
    let customer = ending.customer
    var isChanged = false
    if ending.retention.identityUntil < today, ending.identityErasedAt == nil {
        try RetainedStore.eraseIdentity(of: customer, in: tx)
        try EndingStore.note("identity_erased_at", of: customer, in: tx, at: now)
        try journal("customer.identity-erased", customer, in: tx, at: now)
        isChanged = true
    }
    if ending.retention.recordsUntil < today, ending.recordsErasedAt == nil {
        try RetainedStore.eraseRecords(of: customer, in: tx)
        try EndingStore.note("records_erased_at", of: customer, in: tx, at: now)
        try journal("customer.records-erased", customer, in: tx, at: now)
        isChanged = true
    }
    return isChanged
}

private func journal(_ action: String, _ customer: CustomerID, in tx: any Transaction, at now: Timestamp) throws(Fault) {
    try appendJournal(JournalEntry(at: now, actor: "system", action: action, subject: "customer:\(customer)", clause: 1), in: tx)
}
