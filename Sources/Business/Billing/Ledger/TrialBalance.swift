public import Basics
public import Storage

/// What the accounts of one name in the chart come to, all customers together.
public struct LedgerBalance: Sendable, Equatable {
    /// The code without the customer's account, such as `receivable`.
    public let code: String
    /// Whether there is one such account for each customer.
    public let isPerCustomer: Bool
    /// All debits.
    public let debit: Money
    /// All credits, as a positive amount.
    public let credit: Money

    /// Positive is a debit balance.
    public var balance: Money { debit - credit }
}

/// The balances of all accounts at the end of a day, those of customers summed by name. Together they are zero.
///
/// Read from the sums that are kept and from the entries that are not in them yet; less those after the day. So the time it takes grows with the
/// entries after the day, not with the books.
public func trialBalance(
    through day: BusinessDate? = nil, by time: LedgerTime = .effective, in tx: any Transaction, zone: BusinessZone
) throws(Fault) -> [LedgerBalance] {
    let later = """
        UNION ALL SELECT \(ChartName.sql), \(debit("-")), \(credit("-")) FROM ledger_transactions t CROSS JOIN ledger_entries e
        WHERE e.transaction_id = t.id AND t.\(time.column) >= $1
        """
    let rows = try tx.query(
        """
        SELECT code, CAST(SUM(debit) AS BIGINT) AS debit, CAST(SUM(credit) AS BIGINT) AS credit FROM (
            SELECT code, debit, credit FROM ledger_balances
            UNION ALL SELECT \(ChartName.sql), \(debit("")), \(credit("")) FROM ledger_unsummed u CROSS JOIN ledger_entries e
            WHERE e.transaction_id = u.transaction_id
            \(day == nil ? "" : later)) a
        GROUP BY code HAVING SUM(debit) <> 0 OR SUM(credit) <> 0 ORDER BY code
        """, day.map { [Value.time(zone.end(of: $0))] } ?? [])
    var balances: [LedgerBalance] = []
    for row in rows {
        let code = try row.text("code")
        balances.append(
            LedgerBalance(
                code: code, isPerCustomer: ChartName.perCustomer.contains(code), debit: try row.money("debit"),
                credit: try row.money("credit")))
    }
    return balances
}

/// Brings the sums that are kept of the chart's names up to date with the next transactions that were booked since. Returns how many they were;
/// the clock calls it again.
@discardableResult
package func sumLedger(in tx: any Transaction) throws(Fault) -> Int {
    let ids = try tx.query(
        "SELECT transaction_id FROM ledger_unsummed ORDER BY transaction_id LIMIT \(BillingLimits.transactionsPerSum)")
    guard let last = try ids.last?.text("transaction_id") else { return 0 }
    try tx.execute(
        """
        INSERT INTO ledger_balances (code, debit, credit)
        SELECT code, CAST(SUM(debit) AS BIGINT), CAST(SUM(credit) AS BIGINT) FROM (
            SELECT \(ChartName.sql) AS code, \(debit("")) AS debit, \(credit("")) AS credit
            FROM ledger_unsummed u CROSS JOIN ledger_entries e WHERE e.transaction_id = u.transaction_id AND u.transaction_id <= $1) a
        GROUP BY code
        ON CONFLICT (code) DO UPDATE SET debit = ledger_balances.debit + excluded.debit, credit = ledger_balances.credit + excluded.credit
        """, [.text(last)])
    try tx.execute("DELETE FROM ledger_unsummed WHERE transaction_id <= $1", [.text(last)])
    return ids.count
}

/// Finds sums that are kept and are not those of the entries: the name and the side.
let balanceCheck = (
    finding: "kept sum and entries differ for ledger account",
    sql: """
    SELECT subject, CAST(SUM(kept) AS BIGINT) AS left_side, CAST(SUM(booked) AS BIGINT) AS right_side FROM (
        SELECT code || ' debit' AS subject, debit AS kept, 0 AS booked FROM ledger_balances
        UNION ALL SELECT code || ' credit', credit, 0 FROM ledger_balances
        UNION ALL SELECT \(ChartName.sql) || CASE WHEN e.amount > 0 THEN ' debit' ELSE ' credit' END, 0, ABS(e.amount)
        FROM ledger_entries e LEFT JOIN ledger_unsummed u ON u.transaction_id = e.transaction_id WHERE u.transaction_id IS NULL) a
    GROUP BY subject HAVING SUM(kept) <> SUM(booked)
    """
)

private func debit(_ sign: String) -> String { "CASE WHEN e.amount > 0 THEN \(sign)e.amount ELSE 0 END" }

private func credit(_ sign: String) -> String { "CASE WHEN e.amount < 0 THEN \(sign)(-e.amount) ELSE 0 END" }

/// The names of the chart of accounts.
enum ChartName {
    /// Those of which every customer's account has its own.
    static let perCustomer = ["receivable", "deposit", "unearned:rent", "revenue:penalty", "expense:written-off"]

    /// The name of an entry's account.
    static let sql =
        "CASE " + perCustomer.map { "WHEN e.account LIKE '\($0):%' THEN '\($0)'" }.joined(separator: " ") + " ELSE e.account END"
}
