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
    public let kind: PartyKind
    /// Where it stands.
    public let state: VerificationState
    /// Counts the changes: staff decide on the version that they saw, and the second of two gets a conflict.
    public let version: Int
    /// Why evidence was asked for or the data refused.
    public let reason: VerificationReason?
    /// What staff added in their own words, for the customer.
    public let note: String?
    /// Until when the evidence is expected; the service is held from then on.
    public let deadline: Timestamp?
    /// Whether the deadline passed and the service was held for it.
    public let isOverdue: Bool
    /// Whether the data were found false.
    public let isFalse: Bool
    /// When the data or the evidence came in last.
    public let submittedAt: Timestamp
    /// Who decided last, as in the journal.
    public let decidedBy: String?
    /// When.
    public let decidedAt: Timestamp?
    /// When it was verified last; the yearly self check counts from here.
    public let verifiedAt: Timestamp?
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
