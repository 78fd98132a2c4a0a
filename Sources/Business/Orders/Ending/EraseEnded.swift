internal import Agreement
public import Basics
internal import Customers
public import Storage

/// Erases what no law keeps any longer of customers whose service has ended: identity and copies after the second anniversary; records of
/// consents and looks, the contents of the agreement, of orders and of negotiations after the third. Hashes, signatures and the journal stay,
/// which name nobody. At most ``CustomersLimits/stepRows`` customers; returns how many. The daily close calls it until it answers 0.
public func eraseEnded(on today: BusinessDate, in tx: any Transaction, at now: Timestamp) throws(Fault) -> Int {
    for due in try dueErasures(on: today, in: tx) where due.hasRecords {
        try eraseDocuments(of: due.customer, in: tx, at: now)
    }
    return try eraseDueCustomers(on: today, in: tx, at: now)
}
