internal import Basics
internal import Charging
internal import Orders
internal import Storage

/// What of accounts is not invoiced yet.
struct UsageStore {
    let tx: any Transaction
    let accounts: AccountList

    /// Where the last invoice of each ended; nothing where there was none.
    func firstUnbilled() throws(Fault) -> [AccountID: Timestamp] {
        var first: [AccountID: Timestamp] = [:]
        for row in try tx.query(
            "SELECT account, MAX(usage_until) AS first FROM billing_invoices WHERE account IN \(accounts.places) GROUP BY account",
            accounts.values())
        {
            first[try row.id("account")] = try row.time("first")
        }
        return first
    }

    /// Those with a call that began before an instant and is not settled. Few calls are open at a time.
    func openCalls(before instant: Timestamp) throws(Fault) -> Set<AccountID> {
        var open: Set<AccountID> = []
        for row in try tx.query(
            """
            SELECT DISTINCT account FROM charging_sessions
            WHERE settled_at IS NULL AND answered_at IS NOT NULL AND answered_at < $\(accounts.length + 1)
                AND account IN \(accounts.places)
            """, accounts.values() + [.time(instant)])
        {
            open.insert(try row.id("account"))
        }
        return open
    }

    /// Calls in the books whose time lies between where each account's last invoice ended and an instant, by month and kind.
    func sums(from first: [AccountID: Timestamp], until: Timestamp) throws(Fault) -> [AccountID: [UsageSum]] {
        var sums: [AccountID: [UsageSum]] = [:]
        // Nearly all accounts were invoiced up to the same instant.
        for (from, ids) in Dictionary(grouping: accounts.ids, by: { first[$0] ?? Timestamp(milliseconds: 0) }) {
            sums.merge(try UsageStore(tx: tx, accounts: AccountList(ids)).sums(from: from, until: until)) { own, _ in own }
        }
        return sums
    }

    private func sums(from: Timestamp, until: Timestamp) throws(Fault) -> [AccountID: [UsageSum]] {
        let rows = try tx.query(
            """
            SELECT r.account AS account, SUBSTR(t.id, LENGTH(t.id) - 6) AS month, e.account AS revenue, COUNT(*) AS calls,
                CAST(-SUM(e.amount) AS BIGINT) AS amount
            FROM ledger_entries r JOIN ledger_transactions t ON t.id = r.transaction_id
                JOIN ledger_entries e ON e.transaction_id = t.id AND e.amount < 0
            WHERE r.account IN \(accounts.places) AND t.kind = 'usage' AND t.effective_at >= $\(accounts.length + 1)
                AND t.effective_at < $\(accounts.length + 2)
            GROUP BY r.account, SUBSTR(t.id, LENGTH(t.id) - 6), e.account
            """, accounts.values { LedgerAccount.receivable($0).code } + [.time(from), .time(until)])
        let ids = Dictionary(
            accounts.ids.map { (LedgerAccount.receivable($0).code, $0) }, uniquingKeysWith: { first, _ in first })
        var sums: [AccountID: [UsageSum]] = [:]
        for row in rows {
            let revenue = try row.text("revenue")
            guard let id = ids[try row.text("account")], let month = BusinessMonth(try row.text("month")),
                let kind = CallKind.allCases.first(where: { LedgerAccount.usageRevenue($0).code == revenue })
            else { throw Fault(.schema, "the books have calls of a month or a kind that this program does not know") }
            sums[id, default: []].append(
                UsageSum(month: month, kind: kind, calls: try row.integer("calls"), exact: try row.money("amount")))
        }
        return sums
    }

    /// The keys of the charges that stand on an invoice already.
    func billedKeys() throws(Fault) -> [AccountID: Set<String>] {
        var keys: [AccountID: Set<String>] = [:]
        for row in try tx.query(
            """
            SELECT account, charge_key FROM billing_invoice_lines WHERE account IN \(accounts.places) AND charge_key IS NOT NULL
            """, accounts.values())
        {
            keys[try row.id("account"), default: []].insert(try row.text("charge_key"))
        }
        return keys
    }

    /// Those with rent that was invoiced ahead, earned by now or not.
    func unearnedRent() throws(Fault) -> Set<AccountID> {
        var unearned: Set<AccountID> = []
        for row in try tx.query(
            "SELECT DISTINCT account FROM billing_invoice_lines WHERE unearned = 1 AND account IN \(accounts.places)",
            accounts.values())
        {
            unearned.insert(try row.id("account"))
        }
        return unearned
    }
}

/// What of one account is not invoiced yet, up to an instant.
struct Unbilled {
    let from: Timestamp
    let hasOpenCalls: Bool
    let usage: [UsageSum]
    let hasUnearnedRent: Bool
    private let billedKeys: Set<String>

    /// Reads it for accounts together.
    static func load(_ ids: [AccountID], until: Timestamp, in tx: any Transaction) throws(Fault) -> [AccountID: Unbilled] {
        guard !ids.isEmpty else { return [:] }
        let store = UsageStore(tx: tx, accounts: AccountList(ids))
        let (first, open) = (try store.firstUnbilled(), try store.openCalls(before: until))
        let (sums, keys) = (try store.sums(from: first, until: until), try store.billedKeys())
        let unearned = try store.unearnedRent()
        let unbilled = ids.map { id in
            Unbilled(
                from: first[id] ?? Timestamp(milliseconds: 0), hasOpenCalls: open.contains(id), usage: sums[id] ?? [],
                hasUnearnedRent: unearned.contains(id), billedKeys: keys[id] ?? [])
        }
        return Dictionary(zip(ids, unbilled), uniquingKeysWith: { first, _ in first })
    }

    /// The charges that are on no invoice yet, each once.
    func unbilled(_ charges: [InvoiceableCharge], in month: BusinessMonth) -> [InvoiceableCharge] {
        var seen = billedKeys
        return charges.filter { seen.insert($0.key(in: month.adding(months: $0.monthsAhead))).inserted }
    }
}
