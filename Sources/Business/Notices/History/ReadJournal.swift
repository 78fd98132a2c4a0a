public import Access
public import Basics
public import Storage

/// A page of the journal for staff who may read it, newest first. The next page begins `before` the id of the last record. Reading is not
/// journaled: it shows ids and states, never personal data.
public func readJournal(
    _ filter: JournalFilter, before id: Int64? = nil, limit: Int = 50, by act: StaffAct, in tx: any Transaction
) throws(Fault) -> [JournalRecord] {
    try act.require(.readJournal)
    return try listJournal(filter, before: id, limit: min(max(limit, 1), NoticesLimits.entriesPerPage), in: tx)
}

/// The same as a file: CSV (RFC 4180) of at most ``NoticesLimits/entriesPerDownload`` entries, newest first. Taking the journal out of the house is
/// journaled.
public func downloadJournal(
    _ filter: JournalFilter, before id: Int64? = nil, by act: StaffAct, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> String {
    try act.require(.readJournal)
    var records: [JournalRecord] = []
    while records.count < NoticesLimits.entriesPerDownload {
        let page = try listJournal(filter, before: records.last?.id ?? id, limit: NoticesLimits.entriesPerTake, in: tx)
        records += page
        if page.count < NoticesLimits.entriesPerTake { break }
    }
    try appendJournal(
        JournalEntry(
            at: now, actor: act.actor, action: "journal.downloaded", subject: "journal:all",
            after: journalState(["entries": .number(Int64(records.count)), "purpose": .text(act.purpose)])),
        in: tx)
    return journalCSV(records)
}

/// Entries as CSV with a header line.
package func journalCSV(_ records: [JournalRecord]) -> String {
    var lines = ["id,position,at,actor,action,subject,clause,before,after"]
    for record in records {
        let entry = record.entry
        let fields = [
            "\(record.id)", record.position.map { "\($0)" } ?? "", "\(entry.at)", entry.actor, entry.action, entry.subject,
            entry.clause.map { "\($0)" } ?? "", entry.before ?? "", entry.after ?? "",
        ]
        lines.append(fields.map(quoted).joined(separator: ","))
    }
    return lines.joined(separator: "\r\n") + "\r\n"
}

/// Quoted where CSV needs it. A field that a spreadsheet would take for a formula gets an apostrophe before it.
private func quoted(_ field: String) -> String {
    let safe = field.first.map { "=+-@\t\r".contains($0) } == true ? "'" + field : field
    let needsQuotes = safe.contains { $0 == "," || $0 == "\"" || $0.isNewline }
    return needsQuotes ? "\"" + safe.replacing("\"", with: "\"\"") + "\"" : safe
}
