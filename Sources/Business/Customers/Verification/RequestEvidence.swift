public import Access
public import Basics
public import Storage

/// A decision of staff that is explained to the customer.
public struct VerificationDecision: Sendable {
    /// The verification.
    public var verification: VerificationID
    /// The version that was on the screen.
    public var version: Int
    /// Why.
    public var reason: VerificationReason
    /// What is added in own words; needed with ``VerificationReason/other``.
    public var note: String?

    /// Makes a decision.
    public init(_ verification: VerificationID, version: Int, reason: VerificationReason, note: String? = nil) {
        self.verification = verification
        self.version = version
        self.reason = reason
        self.note = note
    }
}

/// Asks a customer for copies until the end of a business day. On verified data this reopens the verification; the service goes on until
/// the deadline.
public func requestEvidence(
    _ decision: VerificationDecision, within days: Int, by act: StaffAct, in tx: any Transaction, at now: Timestamp,
    zone: BusinessZone
) throws(Fault) -> Verification {
    try act.require(.verifyIdentity)
    guard CustomersLimits.evidenceDays.contains(days) else {
        throw Fault(
            .evidenceDays, "the time for evidence is out of range",
            [
                "minimum": "\(CustomersLimits.evidenceDays.lowerBound)", "maximum": "\(CustomersLimits.evidenceDays.upperBound)",
            ])
    }
    let before = try verificationToDecide(decision.verification, version: decision.version, in: tx)
    guard VerificationRules.mayRequestEvidence(before.state) else { throw .wrongState(before.state) }
    var after = before
    after.state = .evidenceRequested
    after.reason = decision.reason
    after.note = try checkedNote(decision.note, for: decision.reason)
    after.deadline = zone.end(of: zone.date(of: now).adding(days: Int64(days)))
    after.isOverdue = false
    after.decidedBy = act.actor
    after.decidedAt = now
    return try record(
        after, over: before, "identity.evidence-requested", by: act.actor, purpose: act.purpose, in: tx, at: now)
}
