/// The wording of one version: preamble, eighteen clauses and signing block, each in Chinese (the original) and English.
///
/// In a wording a line break begins a paragraph, `{name}` is a blank (see ``Blank``), and `**…**` marks what must strike the eye
/// (民法典 art. 496): exclusions and limits of liability, and whatever else weighs on the customer.
public struct AgreementText: Codable, Equatable, Sendable {
    /// What the agreement is called.
    public var title: Wording
    /// The parties and why they meet.
    public var preamble: Wording
    /// Clauses 1 … 18 in order.
    public var clauses: [Clause]
    /// What stands above the signatures.
    public var closing: Wording

    /// Puts a text together.
    public init(title: Wording, preamble: Wording, clauses: [Clause], closing: Wording) {
        self.title = title
        self.preamble = preamble
        self.clauses = clauses
        self.closing = closing
    }

    /// A clause by its number; nil when the text has none such.
    public func clause(_ number: Int) -> Clause? { clauses.first { $0.number == number } }
}

/// The same words in both languages.
public struct Wording: Codable, Equatable, Sendable {
    /// Chinese, the original.
    public var zh: String
    /// English, the translation.
    public var en: String

    /// Pairs two texts.
    public init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }
}

/// One of the eighteen clauses.
public struct Clause: Codable, Equatable, Sendable {
    /// 1 … 18.
    public var number: Int
    /// Its heading.
    public var title: Wording
    /// What it says.
    public var body: Wording

    /// Makes a clause.
    public init(number: Int, title: Wording, body: Wording) {
        self.number = number
        self.title = title
        self.body = body
    }
}
