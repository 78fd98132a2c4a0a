internal import Basics
internal import Charging
internal import Orders
internal import Storage

/// What of an account is not invoiced yet.
struct UsageStore {
    let tx: any Transaction
    let account: AccountID
    let zone: BusinessZone

    init(tx: any Transaction, account: AccountID, zone: BusinessZone) throws(Fault) {
        self.tx = tx
        self.account = account
        self.zone = zone
    }

    /// Where the last invoice ended.
    func firstUnbilled() throws(Fault) -> Timestamp {
        let row = try tx.first(
            "SELECT CAST(COALESCE(MAX(usage_until), 0) AS BIGINT) AS first FROM billing_invoices WHERE account = $1",
            [.id(account)])
        return try row?.time("first") ?? Timestamp(milliseconds: 0)
    }

    /// Whether a call began before an instant and is not settled.
    func hasOpenCalls(before instant: Timestamp) throws(Fault) -> Bool {
        try tx.first(
            """
            SELECT call FROM charging_sessions
            WHERE account = $1 AND settled_at IS NULL AND answered_at IS NOT NULL AND answered_at < $2 LIMIT 1
            """, [.id(account), .time(instant)]) != nil
    }

    /// Calls in the books whose time lies between two instants, by month and kind.
    func sums(from: Timestamp, until: Timestamp) throws(Fault) -> [UsageSum] {
        let rows = try tx.query(
            """
            SELECT SUBSTR(t.id, LENGTH(t.id) - 6) AS month, e.account AS revenue, COUNT(*) AS calls,
                CAST(-SUM(e.amount) AS BIGINT) AS amount
            FROM ledger_entries r JOIN ledger_transactions t ON t.id = r.transaction_id
                JOIN ledger_entries e ON e.transaction_id = t.id AND e.amount < 0
            WHERE r.account = $1 AND t.kind = 'usage' AND t.effective_at >= $2 AND t.effective_at < $3
            GROUP BY SUBSTR(t.id, LENGTH(t.id) - 6), e.account
            """, [.text(LedgerAccount.receivable(account).code), .time(from), .time(until)])
        var sums: [UsageSum] = []
        for row in rows {
            guard let month = BusinessMonth(try row.text("month")),
                let kind = CallKind.allCases.first(where: { LedgerAccount.usageRevenue($0).code == (try? row.text("revenue")) })
            else { throw Fault(.schema, "the books have calls of a month or a kind that this program does not know") }
            sums.append(UsageSum(month: month, kind: kind, calls: try row.integer("calls"), exact: try row.money("amount")))
        }
        return sums
    }

    /// The charges that are on no invoice yet, each once.
    func unbilled(_ charges: [InvoiceableCharge], in month: BusinessMonth) throws(Fault) -> [InvoiceableCharge] {
        var seen: Set<String> = []
        var unbilled: [InvoiceableCharge] = []
        for charge in charges {
            let key = charge.key(in: month.adding(months: charge.monthsAhead))
            let isBilled = try tx.first(
                "SELECT invoice FROM billing_invoice_lines WHERE account = $1 AND charge_key = $2", [.id(account), .text(key)])
            if isBilled == nil, seen.insert(key).inserted { unbilled.append(charge) }
        }
        return unbilled
    }
}
