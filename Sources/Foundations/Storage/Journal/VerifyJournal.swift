public import Basics

/// Recomputes the chain of the journal on one snapshot and names the first broken entry.
///
/// What it cannot see: an entry removed before it was sealed, and a chain that somebody with the rights of the owner computed anew from some point
/// to its end. Against the second, compare ``JournalReport/head`` with one that was kept elsewhere.
public func verifyJournal(in database: any Database) async throws(Fault) -> JournalReport {
    try await database.read { tx throws(Fault) in
        var verification = JournalVerification(tx: tx)
        try verification.run()
        return verification.report
    }
}

/// One pass over the chain, page by page.
private struct JournalVerification {
    let tx: any Transaction
    var report = JournalReport(sealed: 0, unsealed: 0, head: JournalChain.start, broken: nil)

    /// A link, with its entry unless that is gone.
    private struct Link {
        var position: Int64
        var id: Int64
        var hash: [UInt8]
        var entry: JournalEntry?
    }

    init(tx: any Transaction) { self.tx = tx }

    mutating func run() throws(Fault) {
        report.unsealed = try tx.first("SELECT COUNT(*) AS n FROM journal_unsealed")?.integer("n") ?? 0
        guard let head = try tx.first("SELECT position, hash FROM journal_head WHERE id = 1") else {
            report.broken = .init(position: nil, entry: nil, kind: .removed)
            return
        }
        let end = try head.integer("position")
        while report.sealed < end, report.broken == nil {
            try checkPage(try page(after: report.sealed, end: end))
        }
        if report.broken == nil, try head.blob("hash") != report.head {
            report.broken = .init(position: end, entry: nil, kind: .altered)
        }
        if report.broken == nil { report.broken = try strayEntry(end: end) }
    }

    private func page(after position: Int64, end: Int64) throws(Fault) -> [Link] {
        let rows = try tx.query(
            """
            SELECT journal_links.position, journal_links.entry, journal_links.hash, \(JournalEntry.columns)
            FROM journal_links LEFT JOIN journal ON journal.id = journal_links.entry
            WHERE journal_links.position > $1 AND journal_links.position <= $2 ORDER BY journal_links.position LIMIT $3
            """, [.integer(position), .integer(end), .integer(Int64(StorageLimits.entriesPerVerifiedPage))])
        var links: [Link] = []
        for row in rows {
            let isThere = try row.optionalInteger("id") != nil
            links.append(
                Link(
                    position: try row.integer("position"), id: try row.integer("entry"), hash: try row.blob("hash"),
                    entry: isThere ? try JournalEntry(row: row) : nil))
        }
        return links
    }

    /// Checks the links of a page in order; stops at the first broken one. An empty page means that the chain ends too early.
    private mutating func checkPage(_ links: [Link]) throws(Fault) {
        guard !links.isEmpty else {
            report.broken = .init(position: report.sealed + 1, entry: nil, kind: .removed)
            return
        }
        for link in links {
            let position = report.sealed + 1
            guard link.position == position else {
                report.broken = .init(position: position, entry: nil, kind: .removed)
                return
            }
            guard let entry = link.entry else {
                report.broken = .init(position: position, entry: link.id, kind: .removed)
                return
            }
            let hash = JournalChain.hash(after: report.head, position: position, id: link.id, entry: entry)
            guard hash == link.hash else {
                let kind: JournalReport.Break = isMoved(link, among: links) ? .reordered : .altered
                report.broken = .init(position: position, entry: link.id, kind: kind)
                return
            }
            report.sealed = position
            report.head = hash
        }
    }

    /// Whether another link of the page is what was sealed here: its entry gives the hash of this link or its own.
    private func isMoved(_ link: Link, among links: [Link]) -> Bool {
        links.contains { other in
            guard other.id != link.id, let entry = other.entry else { return false }
            let hash = JournalChain.hash(after: report.head, position: link.position, id: other.id, entry: entry)
            return hash == link.hash || hash == other.hash
        }
    }

    /// The first entry or link that no sealer knows of.
    private func strayEntry(end: Int64) throws(Fault) -> JournalReport.BrokenEntry? {
        if let past = try tx.first(
            "SELECT position, entry FROM journal_links WHERE position > $1 ORDER BY position LIMIT 1", [.integer(end)])
        {
            return .init(position: try past.integer("position"), entry: try past.integer("entry"), kind: .inserted)
        }
        let stray = try tx.first(
            """
            SELECT id FROM journal WHERE NOT EXISTS (SELECT 1 FROM journal_links WHERE journal_links.entry = journal.id)
            AND NOT EXISTS (SELECT 1 FROM journal_unsealed WHERE journal_unsealed.entry = journal.id) ORDER BY id LIMIT 1
            """)
        return try stray.map { row throws(Fault) in .init(position: nil, entry: try row.integer("id"), kind: .inserted) }
    }
}
