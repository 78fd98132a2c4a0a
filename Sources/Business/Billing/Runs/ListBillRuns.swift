public import Access
public import Basics
public import Charging
public import Customers
public import Storage

/// The run of a month with its times.
public struct ListedBillRun: Sendable, Equatable {
    /// How far it has come.
    public let run: BillRun
    /// When it began.
    public let startedAt: Timestamp
    /// When every account had been looked at.
    public let finishedAt: Timestamp?
}

/// An account that could not be invoiced yet.
public struct WaitingAccount: Sendable, Equatable {
    /// The account.
    public let account: AccountID
    /// Whose it is.
    public let customer: CustomerID
    /// The code of the reason, such as `billing.calls-running`.
    public let code: String
}

/// The runs of months, the newest first.
public func billRuns(limit: Int = BillingLimits.invoicePage, in tx: any Transaction) throws(Fault) -> [ListedBillRun] {
    let limit = min(max(limit, 1), BillingLimits.invoicePage)
    var runs: [ListedBillRun] = []
    for row in try tx.query("SELECT month, started_at, finished_at FROM billing_runs ORDER BY month DESC LIMIT \(limit)") {
        guard let month = BusinessMonth(try row.text("month")), let run = try billRun(month, in: tx) else { continue }
        runs.append(
            ListedBillRun(
                run: run, startedAt: try row.time("started_at"), finishedAt: try row.optionalTime("finished_at")))
    }
    return runs
}

/// The accounts that a run could not invoice yet, by their ids.
public func waitingAccounts(
    of month: BusinessMonth, limit: Int = BillingLimits.invoicePage, in tx: any Transaction
) throws(Fault) -> [WaitingAccount] {
    var waiting: [WaitingAccount] = []
    for row in try tx.query(
        """
        SELECT w.account, w.code, c.customer FROM billing_runs_waiting w JOIN charging_accounts c ON c.id = w.account
        WHERE w.month = $1 ORDER BY w.account LIMIT \(min(max(limit, 1), BillingLimits.invoicePage))
        """, [.text(month.description)])
    {
        waiting.append(
            WaitingAccount(account: try row.id("account"), customer: try row.id("customer"), code: try row.text("code")))
    }
    return waiting
}

/// Takes the run of a month a step further because a member of the staff asks for it: begins it, goes on with it, or looks again at the accounts
/// that wait. What is invoiced already stays as it is.
@discardableResult
public func pushBillRun(
    _ month: BusinessMonth, by act: StaffAct, policy: BillingPolicy = .standard, in tx: any Transaction, at now: Timestamp,
    zone: BusinessZone
) throws(Fault) -> BillRun {
    try act.require(.runBilling)
    let before = try billRun(month, in: tx)
    let after = try advanceBillRun(month, policy: policy, in: tx, at: now, zone: zone)
    try appendJournal(
        JournalEntry(
            at: now, actor: act.actor, action: "bill-run.pushed", subject: "bill-run:\(month)", clause: 5,
            before: before.map { state($0) }, after: state(after, purpose: act.purpose)), in: tx)
    return after
}

private func state(_ run: BillRun, purpose: String? = nil) -> String {
    journalState([
        "done": .number(run.done), "invoices": .number(run.invoices), "amount": .number(run.amount.micros),
        "waiting": .number(run.waiting), "purpose": .optional(purpose),
    ])
}

/// What the invoice of a month would be as things stand, without making it; the invoice itself where it was made. Nil where there is nothing to
/// ask for.
public func previewInvoice(
    of account: AccountID, month: BusinessMonth, policy: BillingPolicy = .standard, in tx: any Transaction, at now: Timestamp,
    zone: BusinessZone
) throws(Fault) -> Invoice? {
    let reader = try BilledAccount(reading: account, in: tx, at: now, zone: zone, order: policy.order)
    let request = try gatherBill(of: account, month: month, policy: policy, in: tx, at: now, zone: zone)
    let draft = InvoiceDraft(
        request: request, kind: .month, purpose: "month:\(month)",
        usageUntil: min(zone.end(of: month), now.adding(milliseconds: 1)))
    if let there = try draft.existing(in: tx) { return there }
    return try draft.compose(for: reader, number: "")?.0
}
