internal import Agreement
public import Basics
public import Customers
internal import Lines
internal import Orders
public import Storage

/// A page of what happened to a customer, newest first, as the journal tells it: to the customer, their agreement,
/// objections, lines, accounts and orders, and `also` to subjects that the caller knows. The next page begins `before` the id of the last entry.
public func whatHappened(
    to customer: CustomerID, also subjects: [String] = [], before id: Int64? = nil, limit: Int = 50, in tx: any Transaction
) throws(Fault) -> [JournalRecord] {
    var all = ["customer:\(customer)"]
    for line in try lineHistory(of: customer, in: tx) { all += ["line:\(line.id)", "account:\(line.account)"] }
    if let agreement = try agreement(of: customer, in: tx) { all.append("agreement:\(agreement.id)") }
    for objection in try objections(of: customer, in: tx) { all.append("objection:\(objection.id)") }
    for order in try orders(of: customer, in: tx) { all.append("order:\(order.id)") }
    var seen: Set<String> = []
    let distinct = (all + subjects).filter { seen.insert($0).inserted }
    return try journalTimeline(of: distinct, before: id, limit: min(max(limit, 1), NoticesLimits.entriesPerPage), in: tx)
}
