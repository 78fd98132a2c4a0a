package import Access
package import Basics
package import Storage

// These three change the verification alone. The doors for staff are `verifyIdentity`, `rejectIdentity` and `reopenVerification` of Lines, which
// put and lift the hold in the same transaction.

/// Records that the data were found true; on verified data, that they still are.
package func recordVerified(
    _ id: VerificationID, version: Int, by act: StaffAct, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Verification {
    try act.require(.verifyIdentity)
    let before = try verificationToDecide(id, version: version, in: tx)
    guard VerificationRules.mayVerify(before.state) else { throw .wrongState(before.state) }
    var after = before
    after.state = .verified
    after.reason = nil
    after.note = nil
    after.deadline = nil
    after.isOverdue = false
    after.isFalse = false
    after.decidedBy = act.actor
    after.decidedAt = now
    after.verifiedAt = now
    try VerificationStore.beginRound(id, in: tx)
    let action = before.state == .verified ? "identity.rechecked" : "identity.verified"
    return try record(after, over: before, action, by: act.actor, purpose: act.purpose, in: tx, at: now)
}

/// Records that the data were refused.
package func recordRejected(
    _ decision: VerificationDecision, by act: StaffAct, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Verification {
    try act.require(.verifyIdentity)
    let before = try verificationToDecide(decision.verification, version: decision.version, in: tx)
    guard VerificationRules.mayReject(before.state) else { throw .wrongState(before.state) }
    var after = before
    after.state = .rejected
    after.reason = decision.reason
    after.note = try checkedNote(decision.note, for: decision.reason)
    after.deadline = nil
    after.isFalse = decision.reason == .falseData
    after.decidedBy = act.actor
    after.decidedAt = now
    return try record(after, over: before, "identity.rejected", by: act.actor, purpose: act.purpose, in: tx, at: now)
}

/// Records that the deadline of a request passed without evidence.
package func recordOverdue(_ before: Verification, in tx: any Transaction, at now: Timestamp) throws(Fault) -> Verification {
    guard before.state == .evidenceRequested, !before.isOverdue else { return before }
    var after = before
    after.isOverdue = true
    return try record(after, over: before, "identity.evidence-overdue", by: "system", in: tx, at: now)
}

/// Requests for evidence whose deadline has passed and that were not looked at for it yet, the oldest first.
package func overdueVerifications(in tx: any Transaction, at now: Timestamp) throws(Fault) -> [Verification] {
    try VerificationStore.list(
        """
        WHERE state = 'evidence-requested' AND is_overdue = 0 AND deadline <= $1 ORDER BY deadline, id
        LIMIT \(CustomersLimits.stepRows)
        """, [.time(now)], in: tx)
}
