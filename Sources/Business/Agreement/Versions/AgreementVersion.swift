public import Basics

/// The id of a version of the agreement.
public typealias VersionID = Identifier<AgreementVersion>

/// One version of the standard agreement. A published one is never changed.
public struct AgreementVersion: Sendable, Equatable {
    /// Where a version stands. Whether it is in force is a question about one customer: ``termsInForce(of:on:in:zone:)``.
    public enum State: String, Sendable {
        /// Being written; there is one draft at most.
        case draft
        /// Announced, offered to new customers, its window open or over for the others.
        case published
    }

    /// The id.
    public let id: VersionID
    /// 1, 2, 3 … in the order of publication.
    public let number: Int
    /// Draft or published.
    public let state: State
    /// The blanks' values.
    public let terms: AgreementTerms
    /// The wording.
    public let text: AgreementText
    /// What changes, in a few words for customers.
    public let summary: Wording
    /// How often the draft was saved: whoever saves says which state was edited.
    public let revision: Int
    /// When it was published.
    public let publishedAt: Timestamp?

    package init(
        id: VersionID, number: Int, state: State, terms: AgreementTerms, text: AgreementText, summary: Wording, revision: Int,
        publishedAt: Timestamp?
    ) {
        self.id = id
        self.number = number
        self.state = state
        self.terms = terms
        self.text = text
        self.summary = summary
        self.revision = revision
        self.publishedAt = publishedAt
    }
}
