public import Basics

/// Everything about one customer's agreement that decides which version binds on which day, in business days of the provider's zone.
public struct AgreementFacts: Sendable, Equatable {
    /// A published version as the rules need it.
    public struct Edition: Sendable, Equatable {
        /// The version.
        public var id: VersionID
        /// Its number; a version is later than another when its number is higher.
        public var number: Int
        /// Its terms.
        public var terms: AgreementTerms
        /// The day it was published.
        public var published: BusinessDate

        /// Describes a version.
        public init(id: VersionID, number: Int, terms: AgreementTerms, published: BusinessDate) {
            self.id = id
            self.number = number
            self.terms = terms
            self.published = published
        }
    }

    /// An objection of the customer to a version.
    public struct Objected: Sendable, Equatable {
        /// The version's number.
        public var version: Int
        /// The day it was raised.
        public var raised: BusinessDate
        /// How and on which day it was settled; nil while it is open.
        public var settled: Settled?

        /// Describes an objection.
        public init(version: Int, raised: BusinessDate, settled: Settled? = nil) {
            self.version = version
            self.raised = raised
            self.settled = settled
        }
    }

    /// The end of a negotiation.
    public struct Settled: Sendable, Equatable {
        /// How.
        public var outcome: ObjectionOutcome
        /// On which day.
        public var day: BusinessDate

        /// Describes a settlement.
        public init(outcome: ObjectionOutcome, day: BusinessDate) {
            self.outcome = outcome
            self.day = day
        }
    }

    /// The version that both signed.
    public var signed: Edition
    /// The day of the later signature; nil while one is missing.
    public var inForceSince: BusinessDate?
    /// The day on which the agreement ended.
    public var endedOn: BusinessDate?
    /// Versions published after the signed one, by number.
    public var later: [Edition]
    /// Days on which versions were accepted in so many words, by number.
    public var acceptances: [Int: BusinessDate]
    /// Objections, at most one for each version.
    public var objections: [Objected]

    /// Puts the facts together.
    public init(
        signed: Edition, inForceSince: BusinessDate?, endedOn: BusinessDate? = nil, later: [Edition] = [],
        acceptances: [Int: BusinessDate] = [:], objections: [Objected] = []
    ) {
        self.signed = signed
        self.inForceSince = inForceSince
        self.endedOn = endedOn
        self.later = later.sorted { $0.number < $1.number }
        self.acceptances = acceptances
        self.objections = objections
    }
}

/// How an objection ends (clause 15).
public enum ObjectionOutcome: String, Sendable, CaseIterable {
    /// The customer takes the new version after all, from the day of the settlement.
    case accepted
    /// The customer stays on the terms in force, whatever had been published by then.
    case keepOld = "keep-old"
    /// The agreement ends under clause 11; until then the terms in force stay.
    case end
}

/// The terms that bind a customer and the provider on a day.
public struct TermsInForce: Sendable, Equatable {
    /// Why a version binds.
    public enum Reason: String, Sendable {
        /// Both signed it.
        case signature
        /// The customer accepted it.
        case acceptance
        /// The window passed without a word.
        case silence
    }

    /// The version.
    public let version: VersionID
    /// The version's number.
    public let number: Int
    /// Its values.
    public let terms: AgreementTerms
    /// The first day on which it bound.
    public let since: BusinessDate
    /// Why.
    public let because: Reason
}

/// A customer's time to answer a new version (clause 15).
public struct ChangeWindow: Sendable, Equatable {
    /// Where it stands on the day asked about.
    public enum State: Sendable, Equatable {
        /// The customer may accept or object.
        case open
        /// The last day has passed, but another objection of the customer is being negotiated: silence waits, an answer is still possible.
        case waiting
        /// An objection is being negotiated.
        case negotiating
        /// In force: accepted, or bound by silence.
        case binding(since: BusinessDate, because: TermsInForce.Reason)
        /// The customer stays on older terms, or leaves.
        case settled(ObjectionOutcome, on: BusinessDate)
        /// A later version bound before this one did.
        case superseded
        /// The agreement ended first.
        case closed
    }

    /// The version.
    public let version: VersionID
    /// The version's number.
    public let number: Int
    /// The first day.
    public let opens: BusinessDate
    /// The last day on which an objection is in time.
    public let lastDay: BusinessDate
    /// Where it stands.
    public let state: State
    /// The day from which silence binds; nil where something else decided, or an objection is open.
    public let silenceBindsFrom: BusinessDate?

    /// Whether the customer may answer.
    public var mayAnswer: Bool { state == .open || state == .waiting }
}
