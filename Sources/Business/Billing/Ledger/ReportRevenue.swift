public import Basics
internal import Charging
public import Storage

/// What a month brought.
public struct MonthRevenue: Sendable, Equatable {
    /// The month.
    public let month: BusinessMonth
    /// Invoiced for the month without tax and less credit notes, by what for, such as `usage:video` or `rent`.
    public let earned: [String: Money]
    /// Penalties booked in the month.
    public let penalty: Money
    /// Calls of the month that are on no invoice yet.
    public let running: Money
    /// Asked for by the invoices made in the month, tax included.
    public let invoiced: Money
    /// Paid in the month; what bounced is left out.
    public let collected: Money

    /// A month in which nothing has happened.
    public static func nothing(in month: BusinessMonth) -> MonthRevenue {
        MonthRevenue(month: month, earned: [:], penalty: .zero, running: .zero, invoiced: .zero, collected: .zero)
    }
}

/// A part of the arrears by how long they have been overdue.
public struct ArrearsBand: Sendable, Equatable {
    /// The first day overdue.
    public let fromDay: Int64
    /// The last; nil without an end.
    public let throughDay: Int64?
    /// Accounts with a debt in it.
    public var accounts: Int64
    /// Unpaid on invoices.
    public var principal: Money
    /// Penalties on them as of the day.
    public var penalty: Money
}

/// What each month brought, the earliest first; at most ``BillingLimits/reportMonths``.
public func revenueByMonth(
    from first: BusinessMonth, through last: BusinessMonth, in tx: any Transaction, zone: BusinessZone
) throws(Fault) -> [MonthRevenue] {
    let first = max(first, last.adding(months: 1 - BillingLimits.reportMonths))
    guard first <= last else { return [] }
    let months = (0...last.months(since: first)).map { first.adding(months: $0) }
    let days: [Value] = [.day(first.first), .day(last.last)]
    var (earned, exact): ([BusinessMonth: [String: Money]], [BusinessMonth: Money]) = ([:], [:])
    for row in try tx.query(earnedSQL, days) {
        let (month, subject) = (try row.day("on_day").month, try row.text("subject"))
        earned[month, default: [:]][subject, default: .zero] += try row.money("amount")
        exact[month, default: .zero] += try row.money("exact")
    }
    let penalty = try penalties(months, in: tx, zone: zone)
    let invoiced = try byMonth(
        """
        SELECT issued_on AS on_day, CAST(SUM(total) AS BIGINT) AS amount FROM billing_invoices
        WHERE issued_on >= $1 AND issued_on <= $2 GROUP BY issued_on
        """, days, in: tx)
    let collected = try byMonth(
        """
        SELECT on_day, CAST(SUM(amount) AS BIGINT) AS amount FROM billing_receipts r
        WHERE kind = 'payment' AND on_day >= $1 AND on_day <= $2
            AND NOT EXISTS (SELECT 1 FROM billing_reversals v WHERE v.receipt = r.id) GROUP BY on_day
        """, days, in: tx)
    var charged: [String: Money] = [:]
    for row in try tx.query(
        """
        SELECT month, CAST(SUM(charged) AS BIGINT) AS amount FROM charging_usage WHERE month >= $1 AND month <= $2 GROUP BY month
        """, [.text(first.description), .text(last.description)])
    { charged[try row.text("month")] = try row.money("amount") }
    return months.map { month in
        MonthRevenue(
            month: month, earned: earned[month] ?? [:], penalty: penalty[month] ?? .zero,
            running: max((charged[month.description] ?? .zero) - (exact[month] ?? .zero), .zero),
            invoiced: invoiced[month] ?? .zero, collected: collected[month] ?? .zero)
    }
}

/// What is overdue by its age.
public struct Arrears: Sendable, Equatable {
    /// The youngest first.
    public let bands: [ArrearsBand]
    /// Accounts above `in time` that were not looked at, because there are more than ``BillingLimits/arrearsAccounts``.
    public let notSeen: Int64
}

/// What is overdue on a day by its age, exactly for the accounts that it looks at: those above `in time`, the overdue before the
/// suspended and the terminated.
public func arrearsByAge(
    on day: BusinessDate, limit: Int = BillingLimits.arrearsAccounts, in tx: any Transaction
) throws(Fault) -> Arrears {
    let spans: [(from: Int64, through: Int64?)] = [(1, 30), (31, 60), (61, 90), (91, 180), (181, nil)]
    var bands = spans.map {
        ArrearsBand(fromDay: $0.from, throughDay: $0.through, accounts: 0, principal: .zero, penalty: .zero)
    }
    let limit = min(max(limit, 1), BillingLimits.arrearsAccounts)
    var accounts: [AccountID] = []
    for row in try tx.query(
        "SELECT account FROM billing_accounts WHERE step <> 'in-time' ORDER BY step, account LIMIT \(limit)")
    { accounts.append(try row.id("account")) }
    for start in stride(from: 0, to: accounts.count, by: BillingLimits.accountsPerStep) {
        let some = Array(accounts[start..<min(start + BillingLimits.accountsPerStep, accounts.count)])
        for facts in try FactStore.facts(of: AccountList(some), in: tx).values { add(facts, on: day, to: &bands) }
    }
    let all = try tx.first("SELECT COUNT(*) AS number FROM billing_accounts WHERE step <> 'in-time'")
    return Arrears(bands: bands, notSeen: (try all?.integer("number") ?? 0) - Int64(accounts.count))
}

/// Adds what one account owes to the bands of its ages.
private func add(_ facts: AccountFacts, on day: BusinessDate, to bands: inout [ArrearsBand]) {
    var seen: Set<Int> = []
    for claim in standing(of: facts, on: day).claims where claim.due < day && claim.principal != .zero {
        let age = day.days(since: claim.due)
        guard let band = bands.lastIndex(where: { $0.fromDay <= age }) else { continue }
        bands[band].principal += claim.principal
        bands[band].penalty += claim.penalty
        if seen.insert(band).inserted { bands[band].accounts += 1 }
    }
}

/// Lines of invoices less what credit notes took back, by what for and the day that the line begins with.
private let earnedSQL = """
    SELECT subject, on_day, CAST(SUM(amount) AS BIGINT) AS amount, CAST(SUM(exact) AS BIGINT) AS exact FROM (
        SELECT subject, from_day AS on_day, net AS amount, exact FROM billing_invoice_lines WHERE from_day >= $1 AND from_day <= $2
        UNION ALL
        SELECT l.subject, l.from_day, -c.net, 0 FROM billing_credit_notes c
            JOIN billing_invoice_lines l ON l.invoice = c.invoice AND l.position = c.line
        WHERE l.from_day >= $1 AND l.from_day <= $2) a
    GROUP BY subject, on_day
    """

private func byMonth(_ sql: String, _ values: [Value], in tx: any Transaction) throws(Fault) -> [BusinessMonth: Money] {
    var sums: [BusinessMonth: Money] = [:]
    for row in try tx.query(sql, values) { sums[try row.day("on_day").month, default: .zero] += try row.money("amount") }
    return sums
}

/// Penalties by the month in which they count; the months are few, so each is its own case.
private func penalties(
    _ months: [BusinessMonth], in tx: any Transaction, zone: BusinessZone
) throws(Fault) -> [BusinessMonth: Money] {
    guard let first = months.first, let last = months.last else { return [:] }
    let cases = months.enumerated().map { "WHEN t.effective_at < \(zone.end(of: $1).milliseconds) THEN \($0)" }
    var sums: [BusinessMonth: Money] = [:]
    for row in try tx.query(
        """
        SELECT place, CAST(SUM(amount) AS BIGINT) AS amount FROM (
            SELECT CAST(CASE \(cases.joined(separator: " ")) END AS BIGINT) AS place, -e.amount AS amount
            FROM ledger_entries e JOIN ledger_transactions t ON t.id = e.transaction_id
            WHERE e.account >= 'revenue:penalty:' AND e.account < 'revenue:penalty;' AND t.effective_at >= $1 AND t.effective_at < $2) a
        GROUP BY place
        """, [.time(zone.start(of: first)), .time(zone.end(of: last))])
    {
        let place = Int(try row.integer("place"))
        if months.indices.contains(place) { sums[months[place]] = try row.money("amount") }
    }
    return sums
}
