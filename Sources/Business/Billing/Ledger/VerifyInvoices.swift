internal import Basics
internal import Charging
internal import Storage

/// Each selects only what is wrong about invoices and payments: a subject and the two sides that should be equal.
let invoiceChecks: [(finding: String, sql: String)] = [
    (
        "the sum that is kept and the booked calls differ for account, month and kind",
        """
        SELECT x.account || ' ' || x.month || ' ' || x.kind AS subject, CAST(SUM(x.kept) AS BIGINT) AS left_side,
            CAST(SUM(x.booked) AS BIGINT) AS right_side
        FROM (
            SELECT account, month, kind, amount AS kept, 0 AS booked, calls FROM billing_usage_sums
            UNION ALL
            SELECT SUBSTR(r.account, LENGTH('receivable:') + 1), SUBSTR(t.id, LENGTH(t.id) - 6),
                SUBSTR(e.account, LENGTH('revenue:usage:') + 1), 0, -e.amount, -1
            FROM ledger_transactions t JOIN ledger_entries r ON r.transaction_id = t.id AND r.amount > 0
                JOIN ledger_entries e ON e.transaction_id = t.id AND e.amount < 0
            WHERE t.kind = 'usage') x
        GROUP BY x.account, x.month, x.kind HAVING SUM(x.kept) <> SUM(x.booked) OR SUM(x.calls) <> 0
        """
    ),
    (
        "the total and the lines differ on invoice",
        """
        SELECT i.number AS subject, i.total AS left_side, CAST(COALESCE(SUM(l.net + l.tax), 0) AS BIGINT) AS right_side
        FROM billing_invoices i LEFT JOIN billing_invoice_lines l ON l.invoice = i.id
        GROUP BY i.number, i.total, i.net, i.tax
        HAVING i.total <> COALESCE(SUM(l.net + l.tax), 0) OR i.total <> i.net + i.tax
        """
    ),
    (
        "the total and the entries behind it differ on invoice",
        """
        SELECT x.number AS subject, x.total AS left_side, CAST(x.usage + x.own AS BIGINT) AS right_side
        FROM (
            SELECT i.number, i.total,
                (SELECT COALESCE(SUM(l.exact), 0) FROM billing_invoice_lines l WHERE l.invoice = i.id) AS usage,
                (SELECT COALESCE(SUM(e.amount), 0) FROM ledger_entries e
                    WHERE e.transaction_id = 'invoice:' || i.id AND e.account = 'receivable:' || i.account) AS own
            FROM billing_invoices i) x
        WHERE x.total <> x.usage + x.own
        """
    ),
    (
        "the calls on it and the booked calls of its time differ on invoice",
        """
        SELECT x.number AS subject, CAST(x.usage AS BIGINT) AS left_side, CAST(x.booked AS BIGINT) AS right_side
        FROM (
            SELECT i.number,
                (SELECT COALESCE(SUM(l.exact), 0) FROM billing_invoice_lines l WHERE l.invoice = i.id) AS usage,
                (SELECT COALESCE(SUM(e.amount), 0) FROM ledger_entries e JOIN ledger_transactions t ON t.id = e.transaction_id
                    WHERE e.account = 'receivable:' || i.account AND t.kind = 'usage' AND t.effective_at >= i.usage_from
                        AND t.effective_at < i.usage_until) AS booked
            FROM billing_invoices i) x
        WHERE x.usage <> x.booked
        """
    ),
    (
        "the last number and how many were given differ in series",
        """
        SELECT s.name AS subject, s.last AS left_side, CAST(s.used AS BIGINT) AS right_side
        FROM (
            SELECT q.name, q.last,
                (SELECT COUNT(*) FROM billing_invoices i WHERE i.number LIKE q.name || '-%')
                    + (SELECT COUNT(*) FROM billing_credit_notes c WHERE c.number LIKE q.name || '-%') AS used
            FROM billing_sequences q) s
        WHERE s.last <> s.used
        """
    ),
    (
        "cash and payments less refunds differ in",
        """
        SELECT 'cash' AS subject, CAST(x.booked AS BIGINT) AS left_side, CAST(x.received - x.returned AS BIGINT) AS right_side
        FROM (
            SELECT (SELECT COALESCE(SUM(amount), 0) FROM ledger_entries WHERE account = 'cash') AS booked,
                (SELECT COALESCE(SUM(r.amount), 0) FROM billing_receipts r WHERE r.kind = 'payment'
                    AND NOT EXISTS (SELECT 1 FROM billing_reversals v WHERE v.receipt = r.id)) AS received,
                (SELECT COALESCE(SUM(amount), 0) FROM billing_refunds) AS returned) x
        WHERE x.booked <> x.received - x.returned
        """
    ),
]

/// Plays every account's life and compares it with the books.
func accountFindings(in tx: any Transaction) throws(Fault) -> [String] {
    var findings: [String] = []
    var last = ""
    while findings.count < BillingLimits.findings {
        let rows = try tx.query(
            "SELECT account FROM billing_accounts WHERE account > $1 ORDER BY account LIMIT 500", [.text(last)])
        guard let end = rows.last else { break }
        for row in rows { findings += try findingsOf(row.id("account"), in: tx) }
        last = try end.text("account")
    }
    return findings
}

private func findingsOf(_ account: AccountID, in tx: any Transaction) throws(Fault) -> [String] {
    let facts = try FactStore.facts(of: account, in: tx)
    // The books are as of the last day on which something happened.
    let standing = standing(of: facts, on: lastEvent(of: facts) ?? BusinessDate(clamping: 0))
    let unbilled = try tx.first(
        """
        SELECT CAST(COALESCE(SUM(e.amount), 0) AS BIGINT) AS amount FROM ledger_entries e
        JOIN ledger_transactions t ON t.id = e.transaction_id
        WHERE e.account = $1 AND t.kind = 'usage'
            AND t.effective_at >= (SELECT COALESCE(MAX(usage_until), 0) FROM billing_invoices WHERE account = $2)
        """, [.text(LedgerAccount.receivable(account).code), .id(account)])
    let sides: [(String, Money, Money)] = [
        ("penalty", -(try balance(of: .penaltyIncome(account), in: tx)), standing.bookedPenalty),
        ("deposit", -(try balance(of: .deposit(account), in: tx)), standing.deposit),
        ("given-up debt", try balance(of: .writtenOff(account), in: tx), standing.writtenOff),
        ("debt", try balance(of: .receivable(account), in: tx), standing.receivable + (try unbilled?.money("amount") ?? .zero)),
    ]
    return sides.filter { $0.1 != $0.2 }.map { name, booked, owed in
        "the books and the life of the account have another \(name) for account \(account): \(booked.micros) and \(owed.micros)"
    }
}
