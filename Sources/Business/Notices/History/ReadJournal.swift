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
