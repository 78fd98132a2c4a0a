public import Basics
internal import Charging
public import Storage

/// The invoicing of a month over all accounts, as far as it has come.
public struct BillRun: Sendable, Equatable {
    /// The month.
    public let month: BusinessMonth
    /// Accounts looked at.
    public let done: Int64
    /// Accounts that there are.
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
    _ month: BusinessMonth, policy: BillingPolicy = .standard, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> BillRun {
    guard now >= zone.end(of: month) else { throw Fault(.monthNotOver, "\(month) is not over", ["month": "\(month)"]) }
    try tx.execute(
        """
        INSERT INTO billing_runs (month, cursor, done, invoices, amount, started_at) VALUES ($1, '', 0, 0, 0, $2)
        ON CONFLICT DO NOTHING
        """, [.text(month.description), .time(now)])
    _ = try tx.query("SELECT month FROM billing_runs WHERE month = $1\(tx.forUpdate)", [.text(month.description)])
    guard let run = try billRun(month, in: tx) else { throw Fault(.schema, "the run that was just made is not there") }
    let rows =
        try run.isFinished
        ? tx.query(
            """
            SELECT account AS id FROM billing_runs_waiting WHERE month = $1
            ORDER BY tries, account LIMIT \(BillingLimits.accountsPerStep)
            """,
            [.text(month.description)])
        : tx.query(
            "SELECT id FROM charging_accounts WHERE id > $1 ORDER BY id LIMIT \(BillingLimits.accountsPerStep)",
            [.text(run.cursor)])
    var (made, amount): (Int64, Money) = (0, .zero)
    for row in rows {
        guard let invoice = try bill(row.id("id"), month, policy, in: tx, at: now, zone: zone) else { continue }
        made += 1
        amount += invoice.total
    }
    let last = try rows.last?.text("id")
    let isLast = !run.isFinished && rows.count < BillingLimits.accountsPerStep
    try tx.execute(
        """
        UPDATE billing_runs SET cursor = $2, done = done + $3, invoices = invoices + $4, amount = amount + $5,
            finished_at = CASE WHEN $6 = 1 THEN CAST($7 AS BIGINT) ELSE finished_at END
        WHERE month = $1
        """,
        [
            .text(month.description), .text(run.isFinished ? run.cursor : last ?? run.cursor),
            .integer(run.isFinished ? 0 : Int64(rows.count)), .integer(made), .money(amount), .boolean(isLast), .time(now),
        ])
    return try billRun(month, in: tx) ?? run
}

/// How far the run of a month has come; nil where it was not begun.
public func billRun(_ month: BusinessMonth, in tx: any Transaction) throws(Fault) -> BillRun? {
    let row = try tx.first(
        """
        SELECT cursor, done, invoices, amount, finished_at, (SELECT COUNT(*) FROM charging_accounts) AS total,
            (SELECT COUNT(*) FROM billing_runs_waiting w WHERE w.month = billing_runs.month) AS waiting
        FROM billing_runs WHERE month = $1
        """, [.text(month.description)])
    guard let row else { return nil }
    return BillRun(
        month: month, done: try row.integer("done"), total: try row.integer("total"), invoices: try row.integer("invoices"),
        amount: try row.money("amount"), waiting: try row.integer("waiting"), cursor: try row.text("cursor"),
        isFinished: try row.optionalInteger("finished_at") != nil)
}

/// Invoices one account; one that cannot be invoiced yet waits without stopping the others. Returns the invoice where this made it.
private func bill(
    _ account: AccountID, _ month: BusinessMonth, _ policy: BillingPolicy, in tx: any Transaction, at now: Timestamp,
    zone: BusinessZone
) throws(Fault) -> Invoice? {
    let isBilled =
        try tx.first(
            "SELECT id FROM billing_invoices WHERE account = $1 AND purpose = $2", [.id(account), .text("month:\(month)")]) != nil
    var invoice: Invoice?
    do throws(Fault) {
        invoice = try billMonth(
            gatherBill(of: account, month: month, policy: policy, in: tx, at: now, zone: zone), in: tx, at: now, zone: zone)
    } catch {
        // Both are found before anything is written.
        guard error == Fault(.callsRunning, "") || error == Fault(.chargeRefused, "") else { throw error }
        try tx.execute(
            """
            INSERT INTO billing_runs_waiting (month, account, code) VALUES ($1, $2, $3)
            ON CONFLICT (month, account) DO UPDATE SET code = $3, tries = billing_runs_waiting.tries + 1
            """,
            [.text(month.description), .id(account), .text(error.code.rawValue)])
        return nil
    }
    try tx.execute(
        "DELETE FROM billing_runs_waiting WHERE month = $1 AND account = $2", [.text(month.description), .id(account)])
    return isBilled ? nil : invoice
}
