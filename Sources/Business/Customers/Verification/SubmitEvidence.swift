public import Basics
public import Storage

/// The customer says that the copies asked for are there. Again, it changes nothing.
public func submitEvidence(of customer: CustomerID, in tx: any Transaction, at now: Timestamp) throws(Fault) -> Verification {
    guard let before = try VerificationStore.find(customer: customer, in: tx) else {
        throw Fault(.unknownVerification, "customer \(customer) has submitted nothing")
    }
    if before.state == .evidenceSubmitted { return before }
    guard VerificationRules.maySubmitEvidence(before.state) else { throw .wrongState(before.state) }
    let asked = before.decidedAt ?? before.submittedAt
    guard try EvidenceStore.count(of: customer, since: asked, in: tx) > 0 else {
        throw Fault(.evidenceMissing, "add a copy first")
    }
    var after = before
    after.state = .evidenceSubmitted
    after.submittedAt = now
    return try record(after, over: before, "identity.evidence-submitted", by: "customer:\(customer)", in: tx, at: now)
}
