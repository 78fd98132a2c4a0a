public import Access
public import Basics
public import Customers
public import Storage

// The doors for staff to a customer's verification. The hold is put and lifted in the transaction of the decision.

/// Finds a customer's data true, on the version that was on the screen; every `identity` hold of the customer lifts at once (反电信网络诈骗法
/// art. 32). On data verified before, this is the yearly self check.
@discardableResult
public func verifyIdentity(
    _ id: VerificationID, version: Int, by act: StaffAct, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Verification {
    let verified = try recordVerified(id, version: version, by: act, in: tx, at: now)
    for line in try lines(of: verified.customer, in: tx) {
        try liftHolds(of: .identity, on: line.id, by: act.actor, in: tx, at: now)
    }
    return verified
}

/// Refuses a customer's data with the reason. A service that runs is held; without a line there is nothing to hold, and none is opened.
@discardableResult
public func rejectIdentity(
    _ decision: VerificationDecision, by act: StaffAct, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Verification {
    let rejected = try recordRejected(decision, by: act, in: tx, at: now)
    let reason = rejected.isFalse ? IdentityHoldReason.falseData : .rejected
    try holdIdentity(of: rejected, reason, by: act.actor, in: tx, at: now)
    return rejected
}

/// Takes verified data up again: evidence is asked for until a deadline, and where the data were found false the service is held at once.
@discardableResult
public func reopenVerification(
    _ decision: VerificationDecision, within days: Int, by act: StaffAct, in tx: any Transaction, at now: Timestamp,
    zone: BusinessZone
) throws(Fault) -> Verification {
    let reopened = try requestEvidence(decision, within: days, by: act, in: tx, at: now, zone: zone)
    if decision.reason == .falseData {
        try holdIdentity(of: reopened, .falseData, by: act.actor, in: tx, at: now)
    }
    return reopened
}

/// Why an `identity` hold stands, as the hold's reason code.
public enum IdentityHoldReason: String, Sendable, CaseIterable {
    /// Evidence was asked for and did not come in time.
    case evidenceOverdue = "evidence-overdue"
    /// The data were found false.
    case falseData = "false-data"
    /// The data were refused.
    case rejected = "data-rejected"
}

/// Holds everything on all lines of a customer; clause 1.
func holdIdentity(
    of verification: Verification, _ reason: IdentityHoldReason, by actor: String, in tx: any Transaction, at now: Timestamp
) throws(Fault) {
    for line in try lines(of: verification.customer, in: tx) {
        try placeHold(
            PlaceHoldRequest(
                line: line.id, kind: .identity, clause: 1, reason: reason.rawValue, evidence: "verification:\(verification.id)",
                effect: .all, by: actor), in: tx, at: now)
    }
}
