public import Basics

/// Writes an entry of the journal in the transaction of the change that it tells of. The sealer links it into the chain a little later,
/// so writers never wait for one another here.
public func appendJournal(_ entry: JournalEntry, in tx: any Transaction) throws(Fault) {
    let row = try tx.first(
        """
        INSERT INTO journal (at, actor, action, subject, clause, state_before, state_after) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id
        """,
        [
            .time(entry.at), .text(entry.actor), .text(entry.action), .text(entry.subject),
            .optional(entry.clause.map(Int64.init)),
            .optional(entry.before), .optional(entry.after),
        ])
    guard let row else { throw Fault(.schema, "the journal gave an entry no number") }
    try tx.execute("INSERT INTO journal_unsealed (entry) VALUES ($1)", [.integer(try row.integer("id"))])
}
