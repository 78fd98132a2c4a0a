public import Access
public import Basics
public import Storage

/// Saves a draft. The revision that was edited is named, so that two people do not overwrite each other.
public func editDraft(
    _ id: VersionID, revision: Int, _ content: DraftContent, by act: StaffAct, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> AgreementVersion {
    try act.require(.publishAgreement)
    try checkSize(content)
    let there = try lockedDraft(id, in: tx)
    // The same save again, because the answer to the first one was lost.
    if there.revision == revision + 1, DraftContent(terms: there.terms, text: there.text, summary: there.summary) == content {
        return there
    }
    guard there.revision == revision else { throw Fault(.draftChanged, "the draft is at revision \(there.revision)") }
    let version = AgreementVersion(
        id: id, number: there.number, state: .draft, terms: content.terms, text: content.text, summary: content.summary,
        revision: revision + 1, publishedAt: nil)
    try VersionStore.update(version, in: tx)
    try appendJournal(
        JournalEntry(
            at: now, actor: act.actor, action: "agreement.draft-edited", subject: "agreement-version:\(id)", clause: 15,
            before: journalState(["revision": .number(Int64(revision))]),
            after: journalState(["revision": .number(Int64(revision + 1)), "purpose": .text(act.purpose)])),
        in: tx)
    return version
}

/// Throws a draft away.
public func discardDraft(_ id: VersionID, by act: StaffAct, in tx: any Transaction, at now: Timestamp) throws(Fault) {
    try act.require(.publishAgreement)
    let draft = try lockedDraft(id, in: tx)
    try VersionStore.delete(id, in: tx)
    try appendJournal(
        JournalEntry(
            at: now, actor: act.actor, action: "agreement.draft-discarded", subject: "agreement-version:\(id)", clause: 15,
            before: journalState(["revision": .number(Int64(draft.revision))]),
            after: journalState(["purpose": .text(act.purpose)])),
        in: tx)
}

func lockedDraft(_ id: VersionID, in tx: any Transaction) throws(Fault) -> AgreementVersion {
    guard let version = try VersionStore.find(id, in: tx, locked: true) else { throw .noVersion(id) }
    guard version.state == .draft else {
        throw Fault(.versionPublished, "version \(version.number) is published and stays as it is")
    }
    return version
}
