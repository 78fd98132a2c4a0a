public import Basics
public import Customers
public import Storage

/// Why an agreement ended.
public enum EndReason: String, Sendable, CaseIterable {
    /// The customer asked and settled everything (clause 11).
    case customer
    /// The provider terminated it for arrears (clause 5).
    case arrears
    /// The parties could not agree on a change (clause 15).
    case change
    /// False data or unlawful use (clauses 1 and 3).
    case breach
    /// Signing was given up before the agreement was in force.
    case withdrawn
}

/// Ends an agreement. Repeated, it answers with the first end. What it rests on (a settled account, a notice) is the caller's to check:
/// Orders and Billing know of it.
public func endAgreement(
    of customer: CustomerID, because reason: EndReason, actor: String, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Agreement {
    try AgreementStore.lock(customer, in: tx)
    let agreement = try existingAgreement(of: customer, in: tx)
    if agreement.endedAt != nil { return agreement }
    try AgreementStore.setEnded(agreement.id, reason: reason.rawValue, at: now, in: tx)
    try ChallengeStore.closeAll(agreement.id, at: now, in: tx)
    try appendJournal(
        JournalEntry(
            at: now, actor: actor, action: "agreement.ended", subject: "agreement:\(agreement.id)", clause: reason.clause,
            before: journalState(["fingerprint": .text(agreement.fingerprint.hex)]),
            after: journalState(["reason": .text(reason.rawValue)])),
        in: tx)
    return try existingAgreement(of: customer, in: tx)
}

extension EndReason {
    fileprivate var clause: Int {
        switch self {
        case .customer: 11
        case .arrears: 5
        case .change: 15
        case .breach: 3
        case .withdrawn: 17
        }
    }
}
