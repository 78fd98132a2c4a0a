public import Basics

/// Links the oldest unsealed entries into the chain, `limit` at most; returns how many. The order of the chain is the order of sealing: an
/// entry whose transaction committed late is linked later than its id suggests, and none is ever passed over.
@discardableResult
public func sealJournal(limit: Int = StorageLimits.entriesPerSeal, in tx: any Transaction) throws(Fault) -> Int {
    // The head's lock makes two sealers take turns.
    let head = try tx.first("SELECT position, hash FROM journal_head WHERE id = 1\(tx.forUpdate)")
    guard let head else { throw Fault(.schema, "the journal has no head") }
    var position = try head.integer("position")
    var hash = try head.blob("hash")
    let rows = try tx.query(
        """
        SELECT \(JournalEntry.columns) FROM journal_unsealed JOIN journal ON journal.id = journal_unsealed.entry
        ORDER BY journal_unsealed.entry LIMIT $1
        """, [.integer(Int64(limit))])
    guard !rows.isEmpty else { return 0 }
    for row in rows {
        let id = try row.integer("id")
        position += 1
        hash = JournalChain.hash(after: hash, position: position, id: id, entry: try JournalEntry(row: row))
        try tx.execute(
            "INSERT INTO journal_links (position, entry, hash) VALUES ($1, $2, $3)",
            [.integer(position), .integer(id), .blob(hash)])
    }
    try tx.execute(
        "DELETE FROM journal_unsealed WHERE entry IN (SELECT entry FROM journal_links WHERE position > $1)",
        [.integer(position - Int64(rows.count))])
    try tx.execute("UPDATE journal_head SET position = $1, hash = $2 WHERE id = 1", [.integer(position), .blob(hash)])
    return rows.count
}
