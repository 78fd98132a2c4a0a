public import Basics
public import Storage

/// Which of the two times of a transaction is meant.
public enum LedgerTime: String, Sendable, CaseIterable {
    /// When it counts.
    case effective
    /// When it was written.
    case recorded

    var column: String {
        switch self {
        case .effective: "effective_at"
        case .recorded: "recorded_at"
        }
    }
}

/// One entry of the books with its transaction.
public struct LedgerLine: Sendable, Equatable {
    /// The transaction.
    public let transaction: LedgerTransactionID
    /// Its place there.
    public let position: Int64
    /// What happened.
    public let kind: String
    /// What it is about.
    public let subject: String
    /// When it counts.
    public let effectiveAt: Timestamp
    /// When it was written.
    public let recordedAt: Timestamp
    /// The transaction that it corrects.
    public let corrects: LedgerTransactionID?
    /// The account and the amount.
    public let entry: LedgerEntry
}

/// Which entries to read.
public struct LedgerQuestion: Sendable, Equatable {
    /// The code of an account, or of all the customers' accounts of that name.
    public var account: String?
    /// A transaction.
    public var transaction: LedgerTransactionID?
    /// What transactions are about, such as `account:ID`.
    public var subject: String?
    /// Which time orders them and is asked for by the days.
    public var time = LedgerTime.recorded
    /// The first day.
    public var from: BusinessDate?
    /// The last day.
    public var through: BusinessDate?

    /// All entries.
    public init() {}
}

extension LedgerQuestion {
    /// Whether most transactions answer it: then they are read in the order of time until the page is full. SQLite keeps the order of a CROSS JOIN,
    /// PostgreSQL chooses by its statistics.
    fileprivate var isBroad: Bool {
        transaction == nil && subject == nil && account.map { ChartName.perCustomer.contains($0) } != false
    }
}

/// A page of entries.
public struct LedgerPage: Sendable, Equatable {
    /// The newest first; those of one transaction in their order.
    public let lines: [LedgerLine]
    /// Where the next page begins; nil at the end.
    public let next: String?

    /// A page without entries.
    public static let empty = LedgerPage(lines: [], next: nil)
}

/// A page of the books' entries. An account's name without the customer reads those of all customers.
public func ledgerPage(
    _ question: LedgerQuestion, after cursor: String? = nil, limit: Int = BillingLimits.ledgerPage, in tx: any Transaction,
    zone: BusinessZone
) throws(Fault) -> LedgerPage {
    let limit = min(max(limit, 1), BillingLimits.ledgerPage)
    var (conditions, values): ([String], [Value]) = (["e.transaction_id = t.id"], [])
    func ask(_ condition: (Int) -> String, _ value: Value) {
        values.append(value)
        conditions.append(condition(values.count))
    }
    if let account = question.account {
        if ChartName.perCustomer.contains(account) {
            ask({ "e.account >= $\($0)" }, .text("\(account):"))
            ask({ "e.account < $\($0)" }, .text("\(account);"))
        } else {
            ask({ "e.account = $\($0)" }, .text(account))
        }
    }
    if let transaction = question.transaction { ask({ "t.id = $\($0)" }, .text(transaction.rawValue)) }
    if let subject = question.subject { ask({ "t.subject = $\($0)" }, .text(subject)) }
    let time = "t.\(question.time.column)"
    if let from = question.from { ask({ "\(time) >= $\($0)" }, .time(zone.start(of: from))) }
    if let through = question.through { ask({ "\(time) < $\($0)" }, .time(zone.end(of: through))) }
    if let cursor {
        let place = try LedgerCursor(cursor)
        let first = values.count + 1
        values += [.integer(place.at), .text(place.transaction), .integer(place.position)]
        conditions.append(
            "\(time) <= $\(first) AND (\(time) < $\(first) OR (t.id, e.position) > ($\(first + 1), $\(first + 2)))")
    }
    let rows = try tx.query(
        """
        SELECT t.id, t.kind, t.subject, t.effective_at, t.recorded_at, t.corrects, e.position, e.account, e.amount
        FROM \(question.isBroad ? "ledger_transactions t CROSS JOIN ledger_entries e" : "ledger_entries e, ledger_transactions t")
        WHERE \(conditions.joined(separator: " AND ")) ORDER BY \(time) DESC, t.id, e.position LIMIT \(limit + 1)
        """, values)
    var lines: [LedgerLine] = []
    for row in rows.prefix(limit) { lines.append(try LedgerLine(row)) }
    guard rows.count > limit, let last = lines.last else { return LedgerPage(lines: lines, next: nil) }
    let at = question.time == .effective ? last.effectiveAt : last.recordedAt
    let next = LedgerCursor(at: at.milliseconds, position: last.position, transaction: last.transaction.rawValue)
    return LedgerPage(lines: lines, next: next.text)
}

extension LedgerLine {
    fileprivate init(_ row: Row) throws(Fault) {
        self.init(
            transaction: LedgerTransactionID(try row.text("id")), position: try row.integer("position"),
            kind: try row.text("kind"),
            subject: try row.text("subject"), effectiveAt: try row.time("effective_at"), recordedAt: try row.time("recorded_at"),
            corrects: try row.optionalText("corrects").map { LedgerTransactionID($0) },
            entry: LedgerEntry(account: LedgerAccount(code: try row.text("account")), amount: try row.money("amount")))
    }
}

/// A place among the entries.
private struct LedgerCursor {
    let at: Int64
    let position: Int64
    let transaction: String

    init(at: Int64, position: Int64, transaction: String) {
        self.at = at
        self.position = position
        self.transaction = transaction
    }

    init(_ text: String) throws(Fault) {
        let parts = text.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let at = Int64(parts[0]), let position = Int64(parts[1]) else {
            throw Fault(.placeRefused, "this is no place in the list")
        }
        self.init(at: at, position: position, transaction: String(parts[2]))
    }

    var text: String { "\(at).\(position).\(transaction)" }
}
