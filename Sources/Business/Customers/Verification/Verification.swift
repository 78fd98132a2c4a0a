public import Basics

/// The id of a verification.
public typealias VerificationID = Identifier<Verification>

/// Where the check of a customer's identity stands (clause 1).
///
///     none → submitted → verified | rejected
///            submitted ⇄ evidenceRequested → evidenceSubmitted → verified | rejected | evidenceRequested
///            verified → evidenceRequested (data in doubt or found false);  rejected → submitted (new data)
public enum VerificationState: String, Sendable, CaseIterable {
    /// The customer has not given their data.
    case none
    /// The data wait for staff.
    case submitted
    /// The customer is asked for copies, until a deadline.
    case evidenceRequested = "evidence-requested"
    /// The copies wait for staff.
    case evidenceSubmitted = "evidence-submitted"
    /// The data were found true.
    case verified
    /// The data were refused; new ones may be given.
    case rejected
}

/// Why staff ask for evidence, refuse data or reopen a verification. The words are `verification.reason.<code>`.
public enum VerificationReason: String, Sendable, CaseIterable {
    /// A copy of the ID is needed.
    case idCopy = "id-copy"
    /// A copy of the business licence is needed.
    case licenceCopy = "licence-copy"
    /// Proof of guardianship is needed.
    case guardianProof = "guardian-proof"
    /// The copy cannot be read.
    case unreadable
    /// The copy and the data differ.
    case doesNotMatch = "does-not-match"
    /// The ID or licence has expired.
    case expired
    /// Data are missing or too thin.
    case incomplete
    /// The data were found false.
    case falseData = "false-data"
    /// The yearly check or a suspicion asks for a new look (反电信网络诈骗法 art. 11).
    case recheck
    /// Something else, said in the note.
    case other
}

/// The check of one customer's identity. There is one per customer; its steps are kept beside it.
public struct Verification: Sendable, Equatable {
    /// The id.
    public let id: VerificationID
    /// The customer.
    public let customer: CustomerID
    /// Person or organisation.
    public internal(set) var kind: PartyKind
    /// Where it stands.
    public internal(set) var state: VerificationState
    /// Counts the changes: staff decide on the version that they saw, and the second of two gets a conflict.
    public internal(set) var version: Int
    /// Why evidence was asked for or the data refused.
    public internal(set) var reason: VerificationReason?
    /// What staff added in their own words, for the customer.
    public internal(set) var note: String?
    /// Until when the evidence is expected; the service is held from then on.
    public internal(set) var deadline: Timestamp?
    /// Whether the deadline passed and the service was held for it.
    public internal(set) var isOverdue: Bool
    /// Whether the data were found false.
    public internal(set) var isFalse: Bool
    /// When the data or the evidence came in last.
    public internal(set) var submittedAt: Timestamp
    /// Who decided last, as in the journal.
    public internal(set) var decidedBy: String?
    /// When.
    public internal(set) var decidedAt: Timestamp?
    /// When it was verified last; the yearly self check counts from here.
    public internal(set) var verifiedAt: Timestamp?

    init(
        id: VerificationID, customer: CustomerID, kind: PartyKind, state: VerificationState, version: Int,
        reason: VerificationReason? = nil, note: String? = nil, deadline: Timestamp? = nil, isOverdue: Bool = false,
        isFalse: Bool = false, submittedAt: Timestamp, decidedBy: String? = nil, decidedAt: Timestamp? = nil,
        verifiedAt: Timestamp? = nil
    ) {
        self.id = id
        self.customer = customer
        self.kind = kind
        self.state = state
        self.version = version
        self.reason = reason
        self.note = note
        self.deadline = deadline
        self.isOverdue = isOverdue
        self.isFalse = isFalse
        self.submittedAt = submittedAt
        self.decidedBy = decidedBy
        self.decidedAt = decidedAt
        self.verifiedAt = verifiedAt
    }
}

/// One step of a verification's history.
public struct VerificationStep: Sendable, Equatable {
    /// When.
    public let at: Timestamp
    /// Who, as in the journal.
    public let by: String
    /// The state from then on.
    public let state: VerificationState
    /// Why.
    public let reason: VerificationReason?
    /// What staff added.
    public let note: String?
    /// Until when evidence was expected.
    public let deadline: Timestamp?
}
