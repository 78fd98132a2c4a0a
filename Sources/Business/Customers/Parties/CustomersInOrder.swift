public import Basics
public import Storage

/// The next customers in the order of their ids, of those enrolled until an instant: how a job walks over all of them.
public func customersInOrder(
    after last: CustomerID?, enrolledUntil instant: Timestamp, limit: Int, in tx: any Transaction
) throws(Fault) -> [CustomerID] {
    let rows = try tx.query(
        "SELECT id FROM customers_customers WHERE id > $1 AND since <= $2 ORDER BY id LIMIT $3",
        [.text(last?.rawValue ?? ""), .time(instant), .integer(Int64(limit))])
    var ids: [CustomerID] = []
    for row in rows { ids.append(try row.id("id")) }
    return ids
}

/// How many customers were enrolled until an instant.
public func customerCount(enrolledUntil instant: Timestamp, in tx: any Transaction) throws(Fault) -> Int {
    let row = try tx.first("SELECT COUNT(*) AS number FROM customers_customers WHERE since <= $1", [.time(instant)])
    return Int(try row?.integer("number") ?? 0)
}
