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
    func sums(
        from first: [AccountID: Timestamp], until: Timestamp, zone: BusinessZone
    ) throws(Fault) -> [AccountID: [UsageSum]] {
        var sums: [AccountID: [UsageSum]] = [:]
        // Nearly all accounts were invoiced up to the same instant.
        for (from, ids) in Dictionary(grouping: accounts.ids, by: { first[$0] ?? Self.beginning }) {
            let store = UsageStore(tx: tx, accounts: AccountList(ids))
            let own =
                if let months = Self.months(from: from, until: until, zone: zone) {
                    try store.sums(from: months.from, until: months.until)
                } else {
                    try store.sums(from: from, until: until)
                }
            sums.merge(own) { own, _ in own }
        }
        return sums
    }

    /// Where an account begins that was never invoiced.
    static let beginning = Timestamp(milliseconds: 0)

    /// The first month and the one after the last, where a time consists of whole months; nil where it does not, as that of a final invoice.
    private static func months(
        from: Timestamp, until: Timestamp, zone: BusinessZone
    ) -> (from: BusinessMonth, until: BusinessMonth)? {
        let (first, end) = (zone.month(of: from), zone.month(of: until))
        guard from == beginning || zone.start(of: first) == from, zone.start(of: end) == until else { return nil }
        return (first, end)
    }

    /// Whole months, from the sums that are kept of them.
    private func sums(from: BusinessMonth, until: BusinessMonth) throws(Fault) -> [AccountID: [UsageSum]] {
        var sums: [AccountID: [UsageSum]] = [:]
        for row in try tx.query(
            """
            SELECT account, month, kind, CAST(SUM(calls) AS BIGINT) AS calls, CAST(SUM(amount) AS BIGINT) AS amount
            FROM billing_usage_sums
            WHERE account IN \(accounts.places) AND counted >= $\(accounts.length + 1) AND counted < $\(accounts.length + 2)
            GROUP BY account, month, kind
            """, accounts.values() + [.text(from.description), .text(until.description)])
        {
            guard let month = BusinessMonth(try row.text("month")), let kind = CallKind(rawValue: try row.text("kind")) else {
                throw Fault(.schema, "the books have calls of a month or a kind that this program does not know")
            }
            sums[try row.id("account"), default: []].append(
                UsageSum(month: month, kind: kind, calls: try row.integer("calls"), exact: try row.money("amount")))
        }
        return sums
    }

    /// Any time, from the entries.
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

    /// Keeps the sums in line with a call that was booked: its seconds of a month, and the month in which they count.
    static func add(
        _ cost: Money, of kind: CallKind, in month: BusinessMonth, counting counted: BusinessMonth, to account: AccountID,
        in tx: any Transaction
    ) throws(Fault) {
        try tx.execute(
            """
            INSERT INTO billing_usage_sums (account, counted, month, kind, calls, amount) VALUES ($1, $2, $3, $4, 1, $5)
            ON CONFLICT (account, counted, month, kind) DO UPDATE
            SET calls = billing_usage_sums.calls + 1, amount = billing_usage_sums.amount + $5
            """,
            [.id(account), .text(counted.description), .text(month.description), .text(kind.rawValue), .money(cost)])
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
    static func load(
        _ ids: [AccountID], until: Timestamp, in tx: any Transaction, zone: BusinessZone
    ) throws(Fault) -> [AccountID: Unbilled] {
        guard !ids.isEmpty else { return [:] }
        let store = UsageStore(tx: tx, accounts: AccountList(ids))
        let (first, open) = (try store.firstUnbilled(), try store.openCalls(before: until))
        let (sums, keys) = (try store.sums(from: first, until: until, zone: zone), try store.billedKeys())
        let unearned = try store.unearnedRent()
        let unbilled = ids.map { id in
            Unbilled(
                from: first[id] ?? UsageStore.beginning, hasOpenCalls: open.contains(id), usage: sums[id] ?? [],
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
