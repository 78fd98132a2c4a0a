public import Access
public import Basics
public import Storage

/// Publishes the draft: from now on new customers sign it, and the window of every customer opens today (clause 15). It never changes again.
///
/// Terms that are harsher than a regulation are published only when the caller confirms as many warnings as there are; they are journaled.
public func publishVersion(
    _ id: VersionID, revision: Int, confirmedWarnings: Int = 0, by act: StaffAct, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> AgreementVersion {
    try act.require(.publishAgreement)
    if let there = try VersionStore.find(id, in: tx), there.state == .published, there.revision == revision { return there }
    let draft = try lockedDraft(id, in: tx)
    guard draft.revision == revision else { throw Fault(.draftChanged, "the draft is at revision \(draft.revision)") }
    return try publish(draft, confirmedWarnings: confirmedWarnings, actor: act.actor, purpose: act.purpose, in: tx, at: now)
}

/// Publishes the first version with the standard wording, where none has been published: how a new provider begins.
public func ensureFirstVersion(_ terms: AgreementTerms, in tx: any Transaction, at now: Timestamp) throws(Fault)
    -> AgreementVersion
{
    if let current = try VersionStore.current(in: tx) { return current }
    guard try VersionStore.draft(in: tx) == nil else { throw Fault(.draftExists, "publish or discard the draft first") }
    let version = AgreementVersion(
        id: .random(), number: 1, state: .draft, terms: terms, text: .standard,
        summary: Wording(zh: "首个版本。", en: "The first version."), revision: 1, publishedAt: nil)
    try VersionStore.insert(version, in: tx, at: now)
    return try publish(version, confirmedWarnings: 0, actor: "system", purpose: "first version", in: tx, at: now)
}

private func publish(
    _ draft: AgreementVersion, confirmedWarnings: Int, actor: String, purpose: String, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> AgreementVersion {
    let findings = DraftContent(terms: draft.terms, text: draft.text, summary: draft.summary).findings
    let refused = findings.filter { $0.kind == .refused }
    guard refused.isEmpty else {
        throw Fault(
            .versionRefused, "the version cannot stand: \(refused[0].field): \(refused[0].message.en)",
            ["findings": "\(refused.count)"])
    }
    guard findings.count == confirmedWarnings else {
        throw Fault(
            .warningsNotConfirmed, "\(findings.count) values are harsher than a regulation, \(confirmedWarnings) were confirmed",
            ["findings": "\(findings.count)"])
    }
    let version = AgreementVersion(
        id: draft.id, number: draft.number, state: .published, terms: draft.terms, text: draft.text, summary: draft.summary,
        revision: draft.revision, publishedAt: now)
    try VersionStore.update(version, in: tx)
    let warnings = findings.map { "\($0.field): \($0.article?.zh ?? "")" }.joined(separator: "; ")
    try appendJournal(
        JournalEntry(
            at: now, actor: actor, action: "agreement.version-published", subject: "agreement-version:\(version.id)", clause: 15,
            after: journalState([
                "number": .number(Int64(version.number)), "hash": .text(try contentHash(of: version).hex),
                "warnings": .text(warnings), "purpose": .text(purpose),
            ])),
        in: tx)
    return version
}

/// The hash of a version's terms and wording, so that the journal holds on to what was published.
public func contentHash(of version: AgreementVersion) throws(Fault) -> ContentHash {
    ContentHash(of: Array(try json(version.terms).utf8) + [10] + Array(try json(version.text).utf8))
}
