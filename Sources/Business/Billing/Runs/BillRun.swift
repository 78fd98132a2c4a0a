public import Basics
internal import Charging
public import Storage

/// The invoicing of a month over all accounts, as far as it has come.
public struct BillRun: Sendable, Equatable {
    /// The month.
    public let month: BusinessMonth
    /// Accounts looked at.
    public let done: Int64
    /// Accounts that there were when it began, and any that came since.
    public let total: Int64
    /// Invoices made.
    public let invoices: Int64
    /// What they ask for together.
    public let amount: Money
    /// Accounts that could not be invoiced yet, because a call was running or a charge was refused; a run that is finished looks at them again.
    public let waiting: Int64
    /// The last account looked at.
    public let cursor: String
    /// Whether every account has been looked at.
    public let isFinished: Bool
}

/// Takes the run of a month a step further: the next accounts, in one transaction. Called again and again, by any number of workers, until it is
/// finished; killed at any point it goes on where it was. A finished run looks at the accounts that wait, each in turn, and otherwise changes
/// nothing.
@discardableResult
public func advanceBillRun(
    _ month: BusinessMonth, accounts limit: Int = BillingLimits.accountsPerStep, policy: BillingPolicy = .standard,
    in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> BillRun {
    guard now >= zone.end(of: month) else { throw Fault(.monthNotOver, "\(month) is not over", ["month": "\(month)"]) }
    let limit = min(max(limit, 1), BillingLimits.accountsPerStep)
    let run = try lockedRun(month, in: tx, at: now)
    let accounts = try nextAccounts(of: run, limit: limit, in: tx)
    let bills = try gatherBills(of: accounts, month: month, policy: policy, in: tx, at: now, zone: zone)
    var (made, amount): (Int64, Money) = (0, .zero)
    for (account, outcome) in zip(accounts, try billMonths(bills, of: month, in: tx, at: now, zone: zone)) {
        if case .waits(let fault) = outcome {
            try wait(account, month, fault, in: tx)
        } else if run.isFinished {
            try tx.execute(
                "DELETE FROM billing_runs_waiting WHERE month = $1 AND account = $2", [.text(month.description), .id(account)])
        }
        guard case .made(let invoice) = outcome else { continue }
        made += 1
        amount += invoice.total
    }
    try advance(run, by: accounts, isLast: accounts.count < limit, made: made, amount: amount, in: tx, at: now)
    return try billRun(month, in: tx) ?? run
}

/// The run with its row locked; begun where it was not. How many accounts there are is counted once, at the beginning.
private func lockedRun(_ month: BusinessMonth, in tx: any Transaction, at now: Timestamp) throws(Fault) -> BillRun {
    let lock = "SELECT month FROM billing_runs WHERE month = $1\(tx.forUpdate)"
    if try tx.first(lock, [.text(month.description)]) == nil {
        try tx.execute(
            """
            INSERT INTO billing_runs (month, cursor, done, invoices, amount, started_at, total)
            VALUES ($1, '', 0, 0, 0, $2, (SELECT COUNT(*) FROM charging_accounts)) ON CONFLICT DO NOTHING
            """, [.text(month.description), .time(now)])
        _ = try tx.first(lock, [.text(month.description)])
    }
    guard let run = try billRun(month, in: tx) else { throw Fault(.schema, "the run that was just made is not there") }
    return run
}

/// The accounts of the next step; of a run that is finished those that wait, each in turn.
private func nextAccounts(of run: BillRun, limit: Int, in tx: any Transaction) throws(Fault) -> [AccountID] {
    let rows =
        try run.isFinished
        ? tx.query(
            "SELECT account AS id FROM billing_runs_waiting WHERE month = $1 ORDER BY tries, account LIMIT \(limit)",
            [.text(run.month.description)])
        : tx.query("SELECT id FROM charging_accounts WHERE id > $1 ORDER BY id LIMIT \(limit)", [.text(run.cursor)])
    var accounts: [AccountID] = []
    for row in rows { accounts.append(try row.id("id")) }
    return accounts
}

/// An account that cannot be invoiced yet waits without stopping the others.
private func wait(_ account: AccountID, _ month: BusinessMonth, _ fault: Fault, in tx: any Transaction) throws(Fault) {
    try tx.execute(
        """
        INSERT INTO billing_runs_waiting (month, account, code) VALUES ($1, $2, $3)
        ON CONFLICT (month, account) DO UPDATE SET code = $3, tries = billing_runs_waiting.tries + 1
        """,
        [.text(month.description), .id(account), .text(fault.code.rawValue)])
}

private func advance(
    _ run: BillRun, by accounts: [AccountID], isLast: Bool, made: Int64, amount: Money, in tx: any Transaction, at now: Timestamp
) throws(Fault) {
    try tx.execute(
        """
        UPDATE billing_runs SET cursor = $2, done = done + $3, invoices = invoices + $4, amount = amount + $5,
            finished_at = CASE WHEN $6 = 1 THEN CAST($7 AS BIGINT) ELSE finished_at END
        WHERE month = $1
        """,
        [
            .text(run.month.description), .text(run.isFinished ? run.cursor : accounts.last?.rawValue ?? run.cursor),
            .integer(run.isFinished ? 0 : Int64(accounts.count)), .integer(made), .money(amount),
            .boolean(!run.isFinished && isLast), .time(now),
        ])
}

/// How far the run of a month has come; nil where it was not begun.
public func billRun(_ month: BusinessMonth, in tx: any Transaction) throws(Fault) -> BillRun? {
    let row = try tx.first(
        """
        SELECT cursor, done, invoices, amount, finished_at, total,
            (SELECT COUNT(*) FROM billing_runs_waiting w WHERE w.month = billing_runs.month) AS waiting
        FROM billing_runs WHERE month = $1
        """, [.text(month.description)])
    guard let row else { return nil }
    let done = try row.integer("done")
    return BillRun(
        month: month, done: done, total: max(try row.integer("total"), done), invoices: try row.integer("invoices"),
        amount: try row.money("amount"), waiting: try row.integer("waiting"), cursor: try row.text("cursor"),
        isFinished: try row.optionalInteger("finished_at") != nil)
}
