public import Basics
public import Charging
public import Lines
public import Orders
public import Storage

/// A call that an account paid for, or that was free, with what of its cost falls into a month, and so on the line of one invoice.
public struct MonthCall: Sendable, Equatable {
    /// The call.
    public let call: CallID
    /// Video or audio.
    public let kind: CallKind
    /// The dialled number.
    public let dialled: PhoneNumber
    /// When it was answered.
    public let answeredAt: Timestamp
    /// When it ended.
    public let endedAt: Timestamp
    /// Charged seconds of the whole call.
    public let seconds: Int64
    /// The price of a second.
    public let pricePerSecond: Money
    /// What of its cost falls into the month.
    public let cost: Money
    /// The number of the invoice that asks for it; nil while none does.
    public let invoice: String?

    /// Reads a call's own columns, and `cost`.
    init(_ row: Row, invoice: String?) throws(Fault) {
        guard let kind = CallKind(rawValue: try row.text("kind")) else {
            throw Fault(.schema, "a call record has a kind that this program does not know")
        }
        call = try row.id("call")
        self.kind = kind
        dialled = PhoneNumber(trusted: try row.text("callee_number"))
        answeredAt = try row.time("answered_at")
        endedAt = try row.time("ended_at")
        seconds = try row.integer("seconds")
        pricePerSecond = try row.money("price")
        cost = try row.money("cost")
        self.invoice = invoice
    }
}

/// A page of the detailed list of a month's calls.
public struct MonthCallPage: Sendable, Equatable {
    /// The calls, newest first.
    public let calls: [MonthCall]
    /// What to pass as `before` for the next page; nil at the end.
    public let next: String?
}

/// What a month's calls of one kind come to.
public struct MonthSum: Sendable, Equatable {
    /// Video or audio.
    public let kind: CallKind
    /// How many.
    public let calls: Int64
    /// Charged seconds of all of them.
    public let seconds: Int64
    /// What of their cost falls into the month.
    public let cost: Money
}

/// The detailed list of a month's calls, free of charge (电信条例, art. 33), newest first; `before` is the `next` of the page before. A call across
/// the end of a month stands in both months, in each with its own share.
public func monthCalls(
    of account: AccountID, in month: BusinessMonth, before: String? = nil, limit: Int = 100, in tx: any Transaction,
    zone: BusinessZone
) throws(Fault) -> MonthCallPage {
    let limit = min(max(limit, 1), BillingLimits.callPage)
    let cursor = try before.map(CallCursor.init(parsing:)) ?? .start
    let rows = try tx.query(
        """
        SELECT c.call, c.kind, c.callee_number, c.answered_at, c.ended_at, c.seconds, c.price,
            COALESCE(e.amount, 0) AS cost, (
                SELECT i.number FROM ledger_transactions t JOIN billing_invoices i
                    ON i.account = $1 AND i.usage_from <= t.effective_at AND i.usage_until > t.effective_at
                WHERE t.id = e.transaction_id LIMIT 1) AS invoice
        FROM \(MonthUsage.calls) AND (c.answered_at < $7 OR (c.answered_at = $7 AND c.call < $8))
        ORDER BY c.answered_at DESC, c.call DESC LIMIT $9
        """,
        MonthUsage.values(account, month, zone) + [.integer(cursor.at), .text(cursor.call), .integer(Int64(limit + 1))])
    var calls: [MonthCall] = []
    for row in rows.prefix(limit) { calls.append(try MonthCall(row, invoice: row.optionalText("invoice"))) }
    return MonthCallPage(
        calls: calls, next: rows.count > limit ? calls.last.map { CallCursor($0.call, at: $0.answeredAt).text } : nil)
}

/// What a month's calls come to, by kind; kinds without a call are left out.
public func monthSums(
    of account: AccountID, in month: BusinessMonth, in tx: any Transaction, zone: BusinessZone
) throws(Fault) -> [MonthSum] {
    var sums: [MonthSum] = []
    for row in try tx.query(
        """
        SELECT c.kind, COUNT(*) AS calls, CAST(SUM(c.seconds) AS BIGINT) AS seconds,
            CAST(COALESCE(SUM(e.amount), 0) AS BIGINT) AS cost
        FROM \(MonthUsage.calls) GROUP BY c.kind ORDER BY c.kind DESC
        """, MonthUsage.values(account, month, zone))
    {
        guard let kind = CallKind(rawValue: try row.text("kind")) else { continue }
        sums.append(
            MonthSum(
                kind: kind, calls: try row.integer("calls"), seconds: try row.integer("seconds"), cost: try row.money("cost")))
    }
    return sums
}

/// What a month has a part of.
private enum MonthUsage {
    /// The answered and ended calls that an account pays for and that a month has a part of, with the entry of that part.
    static let calls = """
        lines_lines l JOIN call_parties p ON p.line = l.id AND p.direction = 'outgoing' AND p.dialled_at >= $2 AND p.dialled_at < $4
            JOIN call_records c ON c.call = p.call
            LEFT JOIN ledger_entries e ON e.transaction_id = 'usage:' || c.call || ':' || $5 AND e.account = $6
        WHERE l.account = $1 AND c.account = $1 AND c.answered_at IS NOT NULL AND c.answered_at < $4 AND c.ended_at > $3
        """

    static func values(_ account: AccountID, _ month: BusinessMonth, _ zone: BusinessZone) -> [Value] {
        let (start, end) = (zone.start(of: month), zone.end(of: month))
        return [
            .id(account), .time(start.adding(seconds: -ChargingLimits.longestCallSeconds)), .time(start), .time(end),
            .text(month.description), .text(LedgerAccount.receivable(account).code),
        ]
    }
}
