public import Basics

/// Writes an entry of the journal in the transaction of the change that it tells of. The sealer links it into the chain a little later,
/// so writers never wait for one another here.
public func appendJournal(_ entry: JournalEntry, in tx: any Transaction) throws(Fault) {
    try appendJournal([entry], in: tx)
}

/// Writes entries in their order.
public func appendJournal(_ entries: [JournalEntry], in tx: any Transaction) throws(Fault) {
    let rows = try tx.insert(
        into: "journal (at, actor, action, subject, clause, state_before, state_after)",
        entries.map { entry in
            [
                .time(entry.at), .text(entry.actor), .text(entry.action), .text(entry.subject),
                .optional(entry.clause.map(Int64.init)), .optional(entry.before), .optional(entry.after),
            ]
        }, returning: "id")
    guard rows.count == entries.count else { throw Fault(.schema, "the journal gave an entry no number") }
    let ids = try rows.map { row throws(Fault) in try row.integer("id") }.sorted()
    try tx.insert(into: "journal_unsealed (entry)", ids.map { [.integer($0)] })
}
