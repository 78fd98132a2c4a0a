public import Basics

/// What happened to any of some subjects, newest first; each subject is a short walk of its own on the index, however long the journal is.
/// At most ``StorageLimits/subjectsPerTimeline`` subjects are looked at.
public func journalTimeline(
    of subjects: [String], before id: Int64? = nil, limit: Int, in tx: any Transaction
) throws(Fault) -> [JournalRecord] {
    let subjects = subjects.prefix(StorageLimits.subjectsPerTimeline)
    guard !subjects.isEmpty else { return [] }
    let walks = subjects.indices.map { index in
        """
        SELECT * FROM (
            SELECT id FROM journal WHERE subject = $\(index + 3) AND id < $1 ORDER BY id DESC LIMIT $2) AS walk_\(index)
        """
    }
    let rows = try tx.query(
        """
        SELECT \(JournalRecord.columns) FROM (\(walks.joined(separator: " UNION ALL "))) AS found
        JOIN journal ON journal.id = found.id LEFT JOIN journal_links ON journal_links.entry = journal.id
        ORDER BY journal.id DESC LIMIT $2
        """, [.integer(id ?? .max), .integer(Int64(limit))] + subjects.map(Value.text))
    return try JournalRecord.read(rows)
}

/// Sealed entries after a place in the chain, in the chain's order: whoever follows the journal misses none and needs to remember one number.
public func followJournal(after position: Int64, limit: Int, in tx: any Transaction) throws(Fault) -> [JournalRecord] {
    let rows = try tx.query(
        """
        SELECT \(JournalRecord.columns) FROM journal_links JOIN journal ON journal.id = journal_links.entry
        WHERE journal_links.position > $1 ORDER BY journal_links.position LIMIT $2
        """, [.integer(position), .integer(Int64(limit))])
    return try JournalRecord.read(rows)
}

/// Where the chain ends now.
public func journalEnd(in tx: any Transaction) throws(Fault) -> Int64 {
    try tx.first("SELECT position FROM journal_head WHERE id = 1")?.integer("position") ?? 0
}

/// The verbs that the journal knows, for choosing one. It jumps from one to the next on the index.
public func journalActions(in tx: any Transaction) throws(Fault) -> [String] {
    let rows = try tx.query(
        """
        WITH RECURSIVE verbs (action) AS (
            SELECT MIN(action) FROM journal
            UNION ALL
            SELECT (SELECT MIN(journal.action) FROM journal WHERE journal.action > verbs.action) FROM verbs
            WHERE verbs.action IS NOT NULL)
        SELECT action FROM verbs WHERE action IS NOT NULL
        """)
    var actions: [String] = []
    for row in rows { actions.append(try row.text("action")) }
    return actions
}

extension JournalRecord {
    fileprivate static let columns = JournalEntry.columns + ", journal_links.position AS position"

    fileprivate static func read(_ rows: [Row]) throws(Fault) -> [JournalRecord] {
        var records: [JournalRecord] = []
        for row in rows {
            records.append(
                JournalRecord(
                    id: try row.integer("id"), entry: try JournalEntry(row: row), position: try row.optionalInteger("position")))
        }
        return records
    }
}
