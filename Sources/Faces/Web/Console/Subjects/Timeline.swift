import Access
import Basics
import Customers
import Storage

extension ConsoleDesk {
    /// What happened to some subjects, the newest first, out of the journal.
    func timeline(of subjects: [String], actor: String? = nil, in tx: any Transaction) throws(Fault) -> ConsoleSection {
        var records = try listJournal(JournalFilter(subjects: subjects), limit: ConsoleLimits.timelineEntries, in: tx)
        if let actor {
            records += try listJournal(JournalFilter(actor: actor), limit: ConsoleLimits.timelineEntries, in: tx)
            records.sort { $0.id > $1.id }
            var seen: Set<Int64> = []
            records = records.filter { seen.insert($0.id).inserted }
        }
        let shown = records.prefix(ConsoleLimits.timelineEntries)
        let names = try StaffNames(of: shown.map(\.entry.actor), in: tx)
        let rows = shown.map { record in
            ConsoleRow(
                id: "\(record.id)",
                cells: [
                    cell(record.entry.at),
                    names.cell(record.entry.actor, self),
                    ConsoleCell(record.entry.action),
                    .name(record.entry.subject, link: link(toSubject: record.entry.subject)),
                    ConsoleCell(JournalWords.change(record.entry)),
                ])
        }
        return ConsoleSection(key: "timeline", table: .init(columns: ["at", "actor", "action", "subject", "change"], rows: rows))
    }

    /// An act for a purpose in the person's own words.
    func act(said purpose: Substring?) throws(Fault) -> StaffAct {
        try StaffAct(staff: staff, roles: roles, purpose: purpose.map(String.init) ?? "")
    }

    /// A reading act: lists and pages are opened for the work that the console is for.
    func act(_ purposeKey: String) throws(Fault) -> StaffAct {
        try StaffAct(staff: staff, roles: roles, purpose: words.text(purposeKey, .chinese) ?? purposeKey)
    }
}
