internal import Basics
internal import Charging
internal import Notices
internal import Storage

/// The average month and the average day of the months before one.
///
/// They are the whole months before it, at most ``BillingLimits/abnormalMonths``, in which the account was open from the first day on: an account that
/// is younger has fewer of them, and one without a whole month has no average and cannot be abnormal. The average of a day is what these months cost
/// together by their days.
struct UsageAverage: Equatable {
    let month: Money
    let day: Money

    /// Of the sums of the months, the latest first; a month that the list lacks cost nothing.
    init?(before month: BusinessMonth, openedOn: BusinessDate, charged: [BusinessMonth: Money]) {
        let months = (1...BillingLimits.abnormalMonths).map { month.adding(months: -$0) }.filter { $0.first >= openedOn }
        guard !months.isEmpty else { return nil }
        let sum = months.reduce(Money.zero) { $0 + (charged[$1] ?? .zero) }
        self.month = Money(micros: sum.micros / Int64(months.count))
        day = Money(micros: sum.micros / months.reduce(0) { $0 + Int64($1.dayCount) })
    }
}

/// Whether an amount is abnormal: above five times the average, and not so small that nobody minds.
func isAbnormal(_ amount: Money, average: Money, atLeast: Money) -> Bool {
    amount >= atLeast && Int128(amount.micros) > Int128(average.micros) * Int128(BillingLimits.abnormalTimes)
}

/// Looks at the next accounts whose usage has changed since they were last looked at. Returns how many.
func watchUsage(in tx: any Transaction, at now: Timestamp, zone: BusinessZone) throws(Fault) -> Int {
    let rows = try tx.query(
        "SELECT account FROM billing_usage_looks ORDER BY account LIMIT \(BillingLimits.singlesPerStep)\(tx.forUpdate)")
    for row in rows {
        let account: AccountID = try row.id("account")
        try tx.execute("DELETE FROM billing_usage_looks WHERE account = $1", [.id(account)])
        try UsageLook(account: account, tx: tx, now: now, zone: zone).look()
    }
    return rows.count
}

/// Notes that an account's usage has changed.
func noteUsage(of account: AccountID, in tx: any Transaction) throws(Fault) {
    try tx.execute("INSERT INTO billing_usage_looks (account) VALUES ($1) ON CONFLICT DO NOTHING", [.id(account)])
}

private struct UsageLook {
    let account: AccountID
    let tx: any Transaction
    let now: Timestamp
    let zone: BusinessZone

    /// This month, today, and yesterday, because a call that ended after midnight belongs to both.
    func look() throws(Fault) {
        let today = zone.date(of: now)
        let charged = try monthlyCharges(through: today.month)
        guard let opened = try openedOn() else { return }
        for day in [today, today.adding(days: -1)] {
            guard let average = UsageAverage(before: day.month, openedOn: opened, charged: charged)?.day else { continue }
            let amount = try usage(on: day)
            if isAbnormal(amount, average: average, atLeast: BillingLimits.abnormalDayAtLeast) {
                try raise(
                    AbnormalFee(
                        account: account, on: day, kind: .day, amount: amount, average: average, foundAt: now, acknowledgedBy: nil
                    ))
            }
        }
        guard let average = UsageAverage(before: today.month, openedOn: opened, charged: charged)?.month,
            let amount = charged[today.month],
            isAbnormal(amount, average: average, atLeast: BillingLimits.abnormalMonthAtLeast)
        else { return }
        try raise(
            AbnormalFee(
                account: account, on: today.month.first, kind: .month, amount: amount, average: average, foundAt: now,
                acknowledgedBy: nil))
    }

    private func openedOn() throws(Fault) -> BusinessDate? {
        try tx.first("SELECT opened_at FROM charging_accounts WHERE id = $1", [.id(account)]).map { row throws(Fault) in
            zone.date(of: try row.time("opened_at"))
        }
    }

    private func monthlyCharges(through month: BusinessMonth) throws(Fault) -> [BusinessMonth: Money] {
        var charged: [BusinessMonth: Money] = [:]
        for row in try tx.query(
            "SELECT month, charged FROM charging_usage WHERE account = $1 AND month >= $2",
            [.id(account), .text(month.adding(months: -BillingLimits.abnormalMonths - 1).description)])
        {
            guard let month = BusinessMonth(try row.text("month")) else { continue }
            charged[month] = try row.money("charged")
        }
        return charged
    }

    /// Calls in the books that count on a day.
    private func usage(on day: BusinessDate) throws(Fault) -> Money {
        let row = try tx.first(
            """
            SELECT CAST(COALESCE(SUM(e.amount), 0) AS BIGINT) AS amount
            FROM ledger_entries e JOIN ledger_transactions t ON t.id = e.transaction_id
            WHERE e.account = $1 AND t.kind = 'usage' AND t.effective_at >= $2 AND t.effective_at < $3
            """,
            [
                .text(LedgerAccount.receivable(account).code), .time(zone.start(of: day)),
                .time(zone.start(of: day.adding(days: 1))),
            ])
        return try row?.money("amount") ?? .zero
    }

    /// Tells the customer and lists it for the staff, once for each day and each month.
    private func raise(_ fee: AbnormalFee) throws(Fault) {
        let inserted = try tx.execute(
            """
            INSERT INTO billing_abnormal_fees (account, kind, on_day, amount, average, at) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT DO NOTHING
            """,
            [
                .id(account), .text(fee.kind.rawValue), .day(fee.on), .money(fee.amount), .money(fee.average), .time(now),
            ])
        guard inserted == 1 else { return }
        let billed = try BilledAccount(reading: account, in: tx, at: now, zone: zone)
        try billed.tell(
            .abnormalFee, ["amount": fee.amount.formatted, "average": fee.average.formatted],
            key: "abnormal-fee:\(fee.kind.rawValue):\(account):\(fee.on)")
        try appendJournal(
            JournalEntry(
                at: now, actor: "system", action: "usage.abnormal", subject: "account:\(account)", clause: 6,
                after: journalState([
                    "kind": .text(fee.kind.rawValue), "on": .text("\(fee.on)"), "amount": .number(fee.amount.micros),
                    "average": .number(fee.average.micros),
                ])), in: tx)
    }
}
