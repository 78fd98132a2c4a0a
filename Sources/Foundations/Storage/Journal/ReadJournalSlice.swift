public import Basics

/// An entry of the journal with its link in the chain: everything that is needed to recompute the link without the database.
public struct SealedEntry: Sendable, Equatable {
    /// Its place in the chain.
    public let position: Int64
    /// Its row.
    public let id: Int64
    /// What was written.
    public let entry: JournalEntry
    /// The hash of the link before.
    public let previous: [UInt8]
    /// The hash of its own link.
    public let hash: [UInt8]

    /// Puts an entry and its link together, as a case file holds them.
    public init(position: Int64, id: Int64, entry: JournalEntry, previous: [UInt8], hash: [UInt8]) {
        self.position = position
        self.id = id
        self.entry = entry
        self.previous = previous
        self.hash = hash
    }

    /// Whether the link is the one that these words at this place after that link have.
    public var fits: Bool { JournalChain.hash(after: previous, position: position, id: id, entry: entry) == hash }
}

/// The sealed entries about some subjects, in the order of the chain. Entries that wait to be sealed are not in it.
public func journalSlice(about subjects: [String], in tx: any Transaction) throws(Fault) -> [SealedEntry] {
    var slice: [SealedEntry] = []
    for subject in Set(subjects) {
        let rows = try tx.query(
            """
            SELECT journal_links.position AS position, journal_links.hash AS hash, before.hash AS previous, \(JournalEntry.columns)
            FROM journal JOIN journal_links ON journal_links.entry = journal.id
            LEFT JOIN journal_links before ON before.position = journal_links.position - 1
            WHERE journal.subject = $1
            """, [.text(subject)])
        for row in rows {
            let position = try row.integer("position")
            slice.append(
                SealedEntry(
                    position: position, id: try row.integer("id"), entry: try JournalEntry(row: row),
                    previous: position == 1 ? JournalChain.start : try row.blob("previous"), hash: try row.blob("hash")))
        }
    }
    return slice.sorted { $0.position < $1.position }
}
