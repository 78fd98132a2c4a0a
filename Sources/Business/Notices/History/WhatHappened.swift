public import Basics
public import Customers
internal import Lines
public import Storage

/// A page of what happened to a customer, newest first, as the journal tells it: to the customer, their lines and accounts, and `also` to
/// subjects that the caller knows (orders, the agreement, verifications). The next page begins `before` the id of the last entry.
public func whatHappened(
    to customer: CustomerID, also subjects: [String] = [], before id: Int64? = nil, limit: Int = 50, in tx: any Transaction
) throws(Fault) -> [JournalRecord] {
    var all = ["customer:\(customer)"]
    for line in try lineHistory(of: customer, in: tx) { all += ["line:\(line.id)", "account:\(line.account)"] }
    var seen: Set<String> = []
    let distinct = (all + subjects).filter { seen.insert($0).inserted }
    return try journalTimeline(of: distinct, before: id, limit: min(max(limit, 1), NoticesLimits.entriesPerPage), in: tx)
}
