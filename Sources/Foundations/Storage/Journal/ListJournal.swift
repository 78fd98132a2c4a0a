public import Basics

/// An entry of the journal as it stands there.
public struct JournalRecord: Sendable {
    /// Its number, growing with time.
    public let id: Int64
    /// What it says.
    public let entry: JournalEntry
    /// Its place in the hash chain; nil until the sealer has linked it.
    public let position: Int64?
}

/// Which entries are wanted; what is nil does not matter.
public struct JournalFilter: Sendable {
    /// Who, such as `system` or `staff:ID`; or the beginning up to the colon, such as `staff:`.
    public var actor: String?
    /// What, such as `order.confirmed`; or the beginning, such as `order.` or `ord`.
    public var action: String?
    /// To what, such as `line:ID`; or the beginning up to the colon, such as `line:`.
    public var subject: String?
    /// Exactly one of these subjects; empty does not matter.
    public var subjects: [String]
    /// Under which clause.
    public var clause: Int?
    /// From this instant on.
    public var from: Timestamp?
    /// Before this instant.
    public var until: Timestamp?

    /// Makes a filter.
    public init(
        actor: String? = nil, action: String? = nil, subject: String? = nil, subjects: [String] = [], clause: Int? = nil,
        from: Timestamp? = nil, until: Timestamp? = nil
    ) {
        self.actor = actor
        self.action = action
        self.subject = subject
        self.subjects = subjects
        self.clause = clause
        self.from = from
        self.until = until
    }
}

/// Entries of the journal, the newest first, at most `limit`; `before` is the number of the last one that was seen.
public func listJournal(
    _ filter: JournalFilter, before: Int64? = nil, limit: Int, in tx: any Transaction
) throws(Fault) -> [JournalRecord] {
    var (conditions, values): ([String], [Value]) = ([], [])
    func add(_ value: Value, _ condition: (String) -> String) {
        values.append(value)
        conditions.append(condition("$\(values.count)"))
    }
    for (column, text) in [("actor", filter.actor), ("action", filter.action), ("subject", filter.subject)] {
        guard let text, !text.isEmpty else { continue }
        add(.text(text)) { isWhole(text, in: column) ? "j.\(column) = \($0)" : "substr(j.\(column), 1, length(\($0))) = \($0)" }
    }
    if !filter.subjects.isEmpty {
        let names = filter.subjects.prefix(StorageLimits.journalSubjects).map { subject in
            values.append(.text(subject))
            return "$\(values.count)"
        }
        conditions.append("j.subject IN (\(names.joined(separator: ", ")))")
    }
    if let clause = filter.clause { add(.integer(Int64(clause))) { "j.clause = \($0)" } }
    if let from = filter.from { add(.time(from)) { "j.at >= \($0)" } }
    if let until = filter.until { add(.time(until)) { "j.at < \($0)" } }
    if let before { add(.integer(before)) { "j.id < \($0)" } }
    let rest = conditions.isEmpty ? "" : "WHERE \(conditions.joined(separator: " AND "))"
    values.append(.integer(Int64(min(max(1, limit), StorageLimits.journalPage))))
    let rows = try tx.query(
        """
        SELECT j.id AS id, j.at AS at, j.actor AS actor, j.action AS action, j.subject AS subject, j.clause AS clause,
            j.state_before AS state_before, j.state_after AS state_after, l.position AS position
        FROM journal j LEFT JOIN journal_links l ON l.entry = j.id \(rest) ORDER BY j.id DESC LIMIT $\(values.count)
        """,
        values)
    var records: [JournalRecord] = []
    for row in rows { records.append(try record(row)) }
    return records
}

/// What is written out in full is found on an index, however long the journal is; a beginning is looked for entry by entry.
private func isWhole(_ text: String, in column: String) -> Bool {
    switch column {
    case "action": text.contains(".") && !text.hasSuffix(".")
    default: !text.hasSuffix(":") && (text.contains(":") || text == "system")
    }
}

private func record(_ row: Row) throws(Fault) -> JournalRecord {
    JournalRecord(
        id: try row.integer("id"),
        entry: JournalEntry(
            at: try row.time("at"), actor: try row.text("actor"), action: try row.text("action"),
            subject: try row.text("subject"),
            clause: try row.optionalInteger("clause").map(Int.init), before: try row.optionalText("state_before"),
            after: try row.optionalText("state_after")),
        position: try row.optionalInteger("position"))
}
