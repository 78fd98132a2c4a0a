/// A stretch of two compared texts.
public struct DifferenceRun: Sendable, Equatable {
    /// What became of it.
    public enum Kind: String, Sendable {
        /// In both.
        case same
        /// Only in the newer one.
        case added
        /// Only in the older one.
        case removed
    }

    /// What became of it.
    public let kind: Kind
    /// The words.
    public let text: String

    package init(kind: Kind, text: String) {
        self.kind = kind
        self.text = text
    }
}

/// How one part of the agreement differs between two versions: a clause, the preamble (0) or the closing (19).
public struct ClauseDifference: Sendable, Equatable {
    /// 1 … 18; 0 is the preamble, 19 the closing.
    public let clause: Int
    /// The heading in the newer version.
    public let title: Wording
    /// The Chinese, by character.
    public let zh: [DifferenceRun]
    /// The English, by word.
    public let en: [DifferenceRun]

    /// Whether anything changed in either language.
    public var isChanged: Bool { (zh + en).contains { $0.kind != .same } }
}

/// Two versions side by side, part by part, with the values of both filled in: what a customer reads before accepting or objecting.
public func compareVersions(_ old: AgreementVersion, _ new: AgreementVersion) -> [ClauseDifference] {
    let values = (BlankValues(old.terms), BlankValues(new.terms))
    func difference(_ number: Int, _ title: Wording, _ a: Wording?, _ b: Wording?) -> ClauseDifference {
        ClauseDifference(
            clause: number, title: title,
            zh: differences(plain(a?.zh, values.0), plain(b?.zh, values.1), by: .character),
            en: differences(plain(a?.en, values.0), plain(b?.en, values.1), by: .word))
    }
    var parts = [difference(0, new.text.title, old.text.preamble, new.text.preamble)]
    for number in 1...clauseCount {
        let (a, b) = (old.text.clause(number), new.text.clause(number))
        let title = b?.title ?? a?.title ?? Wording(zh: "", en: "")
        parts.append(difference(number, title, joined(a), joined(b)))
    }
    parts.append(
        difference(clauseCount + 1, Wording(zh: "签署", en: "Signing"), old.text.closing, new.text.closing))
    return parts
}

/// Heading and body, so that a changed heading shows, too.
private func joined(_ clause: Clause?) -> Wording? {
    clause.map { Wording(zh: $0.title.zh + "\n" + $0.body.zh, en: $0.title.en + "\n" + $0.body.en) }
}

private func plain(_ wording: String?, _ values: BlankValues) -> String {
    paragraphs(wording ?? "", values).map { $0.map(\.text).joined() }.joined(separator: "\n")
}
