public import Access
public import Basics
public import Storage

/// What a draft says.
public struct DraftContent: Sendable, Equatable {
    /// The blanks' values.
    public var terms: AgreementTerms
    /// The wording.
    public var text: AgreementText
    /// What changes, in a few words for customers.
    public var summary: Wording

    /// Puts a draft together.
    public init(terms: AgreementTerms, text: AgreementText, summary: Wording) {
        self.terms = terms
        self.text = text
        self.summary = summary
    }

    /// What a version says, to begin the next one from.
    public init(_ version: AgreementVersion) {
        self.init(terms: version.terms, text: version.text, summary: Wording(zh: "", en: ""))
    }

    /// Everything that would be said about it before publishing.
    public var findings: [TermsFinding] { checkTerms(terms) + checkText(text) + checkSummary(summary) }
}

/// Begins the next version (clause 15). A draft may say anything that fits; what is impossible is refused when it is published.
public func draftVersion(
    _ id: VersionID, _ content: DraftContent, by act: StaffAct, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> AgreementVersion {
    try act.require(.publishAgreement)
    try checkSize(content)
    if let there = try VersionStore.find(id, in: tx) {
        guard DraftContent(terms: there.terms, text: there.text, summary: there.summary) == content else {
            throw Fault(.otherContentUnderSameID, "version \(id) was drafted with other content")
        }
        return there
    }
    guard try VersionStore.draft(in: tx) == nil else { throw Fault(.draftExists, "publish or discard the draft first") }
    let number = (try VersionStore.current(in: tx)?.number ?? 0) + 1
    let version = AgreementVersion(
        id: id, number: number, state: .draft, terms: content.terms, text: content.text, summary: content.summary, revision: 1,
        publishedAt: nil)
    try VersionStore.insert(version, in: tx, at: now)
    try appendJournal(
        JournalEntry(
            at: now, actor: act.actor, action: "agreement.version-drafted", subject: "agreement-version:\(id)", clause: 15,
            after: journalState(["number": .number(Int64(number)), "purpose": .text(act.purpose)])),
        in: tx)
    return version
}

/// A draft is kept while it is being written, so only what nobody can mean is refused: texts beyond any size.
func checkSize(_ content: DraftContent) throws(Fault) {
    let bytes = try json(content.text).utf8.count + content.summary.zh.utf8.count + content.summary.en.utf8.count
    guard bytes <= AgreementLimits.draftBytes, try json(content.terms).utf8.count <= AgreementLimits.draftBytes else {
        throw Fault(.wordingTooLong, "the draft is too long", ["maximum": "\(AgreementLimits.draftBytes)"])
    }
}

private func checkSummary(_ summary: Wording) -> [TermsFinding] {
    let bytes = AgreementLimits.headingBytes
    guard summary.zh.allSatisfy(\.isWhitespace) || summary.en.allSatisfy(\.isWhitespace) else {
        guard summary.zh.utf8.count <= bytes, summary.en.utf8.count <= bytes else {
            return [.refused("summary", "摘要超过 \(bytes) 字节。", "The summary has more than \(bytes) bytes.")]
        }
        return []
    }
    return [.refused("summary", "请用两种文字向客户说明变更的内容。", "Say in both languages, for customers, what changes.")]
}
