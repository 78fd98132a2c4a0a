internal import Basics
internal import Charging
internal import Customers
internal import Storage

/// What decides about an account, read together with that of others. It holds until something of the account is written; whoever takes
/// several steps with it keeps its step and its notices in line.
final class KnownAccount {
    let customer: CustomerID
    let terminatedOn: BusinessDate?
    let facts: AccountFacts
    let booked: BookedBalances
    /// Where the writes of the step are gathered; whoever asked for the accounts has them written at the end.
    let writes: GatheredWrites
    var step: LadderStep
    /// Since when it stands there, as last written before.
    let stepSince: BusinessDate
    var notices: [InvoiceID: [LadderNotice]]

    fileprivate init(
        customer: CustomerID, terminatedOn: BusinessDate?, facts: AccountFacts, booked: BookedBalances,
        writes: GatheredWrites, step: LadderStep, stepSince: BusinessDate, notices: [InvoiceID: [LadderNotice]]
    ) {
        self.customer = customer
        self.terminatedOn = terminatedOn
        self.facts = facts
        self.booked = booked
        self.writes = writes
        self.step = step
        self.stepSince = stepSince
        self.notices = notices
    }
}

/// Accounts whose money is about to change together: their rows are locked, in order, and what decides about them is read in a few statements
/// for all of them. They come in the order given; what is to be written of them is gathered.
func billedAccounts(
    _ ids: [AccountID], gathering writes: GatheredWrites, in tx: any Transaction, at now: Timestamp, zone: BusinessZone,
    order: [AllocationTarget]
) throws(Fault) -> [BilledAccount] {
    guard !ids.isEmpty else { return [] }
    let list = AccountList(ids)
    try tx.execute(
        """
        INSERT INTO billing_accounts (account, step, step_since, next_look)
        SELECT id, $\(list.length + 1), $\(list.length + 2), 0 FROM charging_accounts WHERE id IN \(list.places)
        ON CONFLICT DO NOTHING
        """, list.values() + [.text(LadderStep.inTime.rawValue), .day(zone.date(of: now))])
    let rows = try tx.query(
        "SELECT account, step, step_since, terminated_on FROM billing_accounts WHERE account IN \(list.places) ORDER BY account\(tx.forUpdate)",
        list.values())
    let customers = try customers(of: list, in: tx)
    let facts = try FactStore.facts(of: list, in: tx)
    let booked = try BookedBalances.load(list, in: tx)
    let notices = try LadderNotice.load(list, in: tx)
    var known: [AccountID: KnownAccount] = [:]
    for row in rows {
        let id: AccountID = try row.id("account")
        guard let customer = customers[id] else { continue }
        known[id] = KnownAccount(
            customer: customer, terminatedOn: try row.optionalDay("terminated_on"), facts: facts[id] ?? AccountFacts(),
            booked: booked[id] ?? BookedBalances(), writes: writes, step: LadderStep(rawValue: try row.text("step")) ?? .inTime,
            stepSince: try row.day("step_since"), notices: notices[id] ?? [:])
    }
    var accounts: [BilledAccount] = []
    for id in ids {
        guard let known = known[id] else { throw Fault(.noAccount, "no such account") }
        accounts.append(BilledAccount(id, known: known, in: tx, at: now, zone: zone, order: order))
    }
    return accounts
}

/// Whose accounts they are.
func customers(of list: AccountList, in tx: any Transaction) throws(Fault) -> [AccountID: CustomerID] {
    var customers: [AccountID: CustomerID] = [:]
    for row in try tx.query("SELECT id, customer FROM charging_accounts WHERE id IN \(list.places)", list.values()) {
        customers[try row.id("id")] = try row.id("customer")
    }
    return customers
}

/// What the books say of the accounts of one customer that Billing alone moves.
struct BookedBalances {
    var penaltyIncome = Money.zero
    var deposit = Money.zero
    var writtenOff = Money.zero

    static func load(_ list: AccountList, in tx: any Transaction) throws(Fault) -> [AccountID: BookedBalances] {
        var booked: [AccountID: BookedBalances] = [:]
        try load(list, { .penaltyIncome($0) }, in: tx) { booked[$0, default: BookedBalances()].penaltyIncome = $1 }
        try load(list, { .deposit($0) }, in: tx) { booked[$0, default: BookedBalances()].deposit = $1 }
        try load(list, { .writtenOff($0) }, in: tx) { booked[$0, default: BookedBalances()].writtenOff = $1 }
        return booked
    }

    private static func load(
        _ list: AccountList, _ account: (AccountID) -> LedgerAccount, in tx: any Transaction, _ keep: (AccountID, Money) -> Void
    ) throws(Fault) {
        let rows = try tx.query(
            """
            SELECT account, CAST(SUM(amount) AS BIGINT) AS balance FROM ledger_entries WHERE account IN \(list.places)
            GROUP BY account
            """, list.values { account($0).code })
        guard !rows.isEmpty else { return }
        let ids = Dictionary(list.ids.map { (account($0).code, $0) }, uniquingKeysWith: { first, _ in first })
        for row in rows {
            if let id = ids[try row.text("account")] { keep(id, try row.money("balance")) }
        }
    }
}

extension LadderNotice {
    /// The notices that were given for the invoices of each account.
    static func load(
        _ list: AccountList, in tx: any Transaction
    ) throws(Fault) -> [AccountID: [InvoiceID: [LadderNotice]]] {
        var notices: [AccountID: [InvoiceID: [LadderNotice]]] = [:]
        for row in try tx.query(
            "SELECT account, invoice, step, on_day FROM billing_notices WHERE account IN \(list.places)", list.values())
        {
            guard let step = LadderStep(rawValue: try row.text("step")) else { continue }
            notices[try row.id("account"), default: [:]][try row.id("invoice"), default: []].append(
                LadderNotice(step: step, on: try row.day("on_day")))
        }
        return notices
    }
}
