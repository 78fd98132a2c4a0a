public import Basics

/// The id of a hold.
public typealias HoldID = Identifier<Hold>

/// Something that limits what a line may do, and why. What a line may do now is computed from its holds and from nothing else.
public struct Hold: Sendable, Equatable {
    /// Why a line is held.
    public enum Kind: String, Sendable, CaseIterable {
        /// Data about the customer is missing or false (clause 1).
        case identity
        /// The service was misused (clause 3).
        case misuse
        /// Bills are overdue (clause 5).
        case arrears
        /// The month's charges reached the credit limit (clause 9).
        case credit
        /// A judicial body ordered it (clause 10); the words to the customer stay neutral.
        case legalOrder
        /// The network is being worked on (clause 7).
        case maintenance
        /// The customer asked for it.
        case customerRequest
    }

    /// What the hold takes away.
    public enum Effect: String, Sendable, CaseIterable {
        /// The line cannot call; it can be called.
        case outgoing
        /// The line can neither call nor be called.
        case all
    }

    /// The id.
    public let id: HoldID
    /// The line.
    public let line: LineID
    /// Why.
    public let kind: Kind
    /// The clause of the agreement that it rests on; nil where the customer asked for it.
    public let clause: Int?
    /// What happened, as a code such as `limit-reached`.
    public let reason: String
    /// What proves it, as an id such as `call:ID`.
    public let evidence: String
    /// What it takes away.
    public let effect: Effect
    /// Who put it, as in the journal.
    public let putBy: String
    /// Since when.
    public let since: Timestamp
    /// When it was lifted; nil while it is in force.
    public let liftedAt: Timestamp?
    /// Who lifted it.
    public let liftedBy: String?

    package init(
        id: HoldID, line: LineID, kind: Kind, clause: Int?, reason: String, evidence: String, effect: Effect, putBy: String,
        since: Timestamp, liftedAt: Timestamp? = nil, liftedBy: String? = nil
    ) {
        self.id = id
        self.line = line
        self.kind = kind
        self.clause = clause
        self.reason = reason
        self.evidence = evidence
        self.effect = effect
        self.putBy = putBy
        self.since = since
        self.liftedAt = liftedAt
        self.liftedBy = liftedBy
    }

    /// The key of the words that tell the customer why.
    public var reasonKey: String { "hold.\(kind.rawValue).reason" }
    /// The key of the words that tell the customer what to do.
    public var remedyKey: String { "hold.\(kind.rawValue).remedy" }
}
