public import Basics
public import Storage

/// What a verification of the books found.
public struct LedgerReport: Sendable, Equatable {
    /// Transactions looked at.
    public let transactions: Int64
    /// Entries looked at.
    public let entries: Int64
    /// What is wrong, in plain English; empty when the books are right.
    public let findings: [String]

    /// Whether the books are right.
    public var isClean: Bool { findings.isEmpty }
}

/// Recomputes the books: every transaction sums to zero and has at least two entries, all balances together are zero, every settled
/// call stands in the books with exactly its cost, every account's usage equals its charges, what an account holds back equals the
/// open reservations, the sums kept for the trial balance are those of the entries, every invoice follows from its lines and from the entries behind them, the numbers have no holes, cash is what came
/// and went, and each account's penalty, deposit and debt in the books are what its life says.
public func verifyLedger(in tx: any Transaction) throws(Fault) -> LedgerReport {
    var findings: [String] = []
    for check in checks + [balanceCheck] + invoiceChecks {
        for row in try tx.query(check.sql + " LIMIT \(BillingLimits.findings)") {
            findings.append(
                "\(check.finding) \(try row.text("subject")): \(try row.integer("left_side")) and \(try row.integer("right_side"))"
            )
        }
    }
    findings += try accountFindings(in: tx)
    return LedgerReport(
        transactions: try count("ledger_transactions", in: tx), entries: try count("ledger_entries", in: tx),
        findings: Array(findings.prefix(BillingLimits.findings)))
}

private func count(_ table: String, in tx: any Transaction) throws(Fault) -> Int64 {
    try tx.first("SELECT COUNT(*) AS number FROM \(table)")?.integer("number") ?? 0
}

/// Each selects only what is wrong: a subject and the two sides that should be equal.
private let checks: [(finding: String, sql: String)] = [
    (
        "the entries do not sum to zero, or are fewer than two, in transaction",
        """
        SELECT t.id AS subject, CAST(COALESCE(SUM(e.amount), 0) AS BIGINT) AS left_side, COUNT(e.position) AS right_side
        FROM ledger_transactions t LEFT JOIN ledger_entries e ON e.transaction_id = t.id
        GROUP BY t.id HAVING COALESCE(SUM(e.amount), 0) <> 0 OR COUNT(e.position) < 2
        """
    ),
    (
        "entries without their transaction",
        """
        SELECT e.transaction_id AS subject, COUNT(*) AS left_side, CAST(0 AS BIGINT) AS right_side
        FROM ledger_entries e LEFT JOIN ledger_transactions t ON t.id = e.transaction_id
        WHERE t.id IS NULL GROUP BY e.transaction_id
        """
    ),
    (
        "cost and booked usage differ for call",
        """
        SELECT r.call AS subject, r.cost AS left_side, CAST(COALESCE(SUM(e.amount), 0) AS BIGINT) AS right_side
        FROM call_records r
        LEFT JOIN ledger_transactions t ON t.kind = 'usage' AND t.subject = 'call:' || r.call
        LEFT JOIN ledger_entries e ON e.transaction_id = t.id AND e.amount > 0
        WHERE r.ended_at IS NOT NULL GROUP BY r.call, r.cost HAVING r.cost <> COALESCE(SUM(e.amount), 0)
        """
    ),
    (
        "cost and rated parts differ for call",
        """
        SELECT r.call AS subject, r.cost AS left_side, CAST(SUM(p.amount) AS BIGINT) AS right_side
        FROM call_records r JOIN call_rates p ON p.call = r.call
        WHERE r.ended_at IS NOT NULL GROUP BY r.call, r.cost HAVING r.cost <> SUM(p.amount)
        """
    ),
    (
        "charges and booked plus running usage differ for account",
        """
        SELECT a.id AS subject, CAST(a.charged AS BIGINT) AS left_side, CAST(a.booked + a.running AS BIGINT) AS right_side
        FROM (
            SELECT c.id,
                c.charged + (SELECT COALESCE(SUM(u.charged), 0) FROM charging_past_usage u WHERE u.account = c.id) AS charged,
                (SELECT COALESCE(SUM(e.amount), 0) FROM ledger_entries e JOIN ledger_transactions t ON t.id = e.transaction_id
                    WHERE e.account = 'receivable:' || c.id AND t.kind = 'usage') AS booked,
                (SELECT COALESCE(SUM(s.charged), 0) FROM charging_sessions s
                    WHERE s.account = c.id AND s.settled_at IS NULL) AS running
            FROM charging_accounts c) a
        WHERE a.charged <> a.booked + a.running
        """
    ),
    (
        "held back and open reservations differ for account",
        """
        SELECT a.id AS subject, a.reserved AS left_side, CAST(a.open AS BIGINT) AS right_side
        FROM (
            SELECT c.id, c.reserved,
                (SELECT COALESCE(SUM(s.reserved), 0) FROM charging_sessions s WHERE s.account = c.id AND s.settled_at IS NULL) AS open
            FROM charging_accounts c) a
        WHERE a.reserved <> a.open
        """
    ),
]
