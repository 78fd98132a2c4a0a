public import Access
public import Basics
public import Customers

/// The id of an objection; the customer's page makes it.
public typealias ObjectionID = Identifier<Objection>

/// A customer's objection to a version (clause 15) and how its negotiation stands.
public struct Objection: Sendable, Equatable {
    /// The id.
    public let id: ObjectionID
    /// The agreement.
    public let agreement: AgreementID
    /// Whose.
    public let customer: CustomerID
    /// The version objected to.
    public let version: VersionID
    /// That version's number.
    public let versionNumber: Int
    /// Why, in the customer's words.
    public let reason: String
    /// When it was raised.
    public let raisedAt: Timestamp
    /// What the provider proposes as the end; the customer says yes by ``settleObjection(_:_:by:in:at:)``.
    public let proposed: ObjectionOutcome?
    /// How it ended; nil while it is open.
    public let outcome: ObjectionOutcome?
    /// When it ended.
    public let settledAt: Timestamp?

    /// Whether it is being negotiated.
    public var isOpen: Bool { settledAt == nil }
}

/// The id of a message; whoever writes makes it.
public typealias MessageID = Identifier<NegotiationMessage>

/// One message of a negotiation.
public struct NegotiationMessage: Sendable, Equatable {
    /// Who writes.
    public enum Author: String, Sendable {
        /// The customer.
        case customer
        /// The provider's staff.
        case provider
    }

    /// The id.
    public let id: MessageID
    /// The objection.
    public let objection: ObjectionID
    /// Who wrote.
    public let author: Author
    /// Who of the staff wrote; nil for the customer, and for messages from before it was kept.
    public let staff: StaffID?
    /// The words.
    public let words: String
    /// When.
    public let at: Timestamp
}

/// Words that a person wrote, trimmed; several lines are allowed, characters that cannot be seen are not.
func checkedWords(_ typed: String) throws(Fault) -> String {
    let limit = AgreementLimits.wordsBytes
    guard typed.utf8.count <= limit else { throw Fault(.wordingTooLong, "the words are too long", ["maximum": "\(limit)"]) }
    var words = typed.replacing("\r\n", with: "\n")[...]
    while words.first?.isWhitespace == true { words.removeFirst() }
    while words.last?.isWhitespace == true { words.removeLast() }
    guard !words.isEmpty else { throw Fault(.wordsMissing, "write some words") }
    guard words.unicodeScalars.allSatisfy({ $0 == "\n" || $0 == "\t" || isPrintable($0) }) else {
        throw Fault(.wordsCharacter, "the words hold a character that cannot be seen")
    }
    return String(words)
}
