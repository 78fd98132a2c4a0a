internal import Basics

/// What may follow on what. Everything that changes a verification asks here.
enum VerificationRules {
    /// Staff may decide that the data are true: on what waits, and again on what was verified (the yearly self check).
    static func mayVerify(_ state: VerificationState) -> Bool { state != .none && state != .rejected }

    /// Staff may ask for evidence on anything that was submitted; on verified data this reopens the verification.
    static func mayRequestEvidence(_ state: VerificationState) -> Bool { state != .none }

    /// Staff may refuse what is not refused yet.
    static func mayReject(_ state: VerificationState) -> Bool { state != .none && state != .rejected }

    /// The customer may add copies until the data are found true.
    static func mayAddEvidence(_ state: VerificationState) -> Bool { state != .none && state != .verified }

    /// The customer says that the copies are complete; only where they were asked for.
    static func maySubmitEvidence(_ state: VerificationState) -> Bool { state == .evidenceRequested }

    /// The state after the customer gave other data. An open request for evidence stays with its deadline, so that a correction does not
    /// win time; data that prove who somebody is are looked at again when they change, others are not.
    static func afterSubmission(of after: Identity, over before: Identity?, in state: VerificationState) -> VerificationState {
        switch state {
        case .evidenceRequested, .evidenceSubmitted: state
        case .verified: before.map { provesTheSame($0, after) } == true ? .verified : .submitted
        case .none, .submitted, .rejected: .submitted
        }
    }

    /// Whether two sets of data differ only in where and how the customer is reached.
    static func provesTheSame(_ a: Identity, _ b: Identity) -> Bool {
        switch (a, b) {
        case (.person(let a), .person(let b)):
            a.legalName == b.legalName && a.birthDate == b.birthDate && a.idKind == b.idKind && a.idNumber == b.idNumber
                && a.guardian == b.guardian
        case (.organisation(let a), .organisation(let b)):
            a.fullName == b.fullName && a.uscc == b.uscc && a.legalRepresentative == b.legalRepresentative
        default: false
        }
    }
}
