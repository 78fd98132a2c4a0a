public import Basics
public import Storage

/// A verification as the queue of staff shows it, masked.
public struct QueuedVerification: Sendable, Equatable {
    /// The verification.
    public let verification: Verification
    /// The customer.
    public let customer: Customer
    /// Who they say they are, masked.
    public let identity: MaskedIdentity
    /// How many copies there are.
    public let evidenceCount: Int
}

/// One page of what waits for staff, the oldest first.
public struct VerificationQueuePage: Sendable, Equatable {
    /// At most ``CustomersLimits/queuePage``.
    public let items: [QueuedVerification]
    /// How many wait in all.
    public let total: Int
}

/// What waits for a decision of staff: data and copies that came in, the oldest first. Pages count from 0.
public func verificationQueue(page: Int = 0, with vault: Vault, in tx: any Transaction) throws(Fault) -> VerificationQueuePage {
    let waiting = "WHERE state IN ('submitted', 'evidence-submitted')"
    let total = try tx.first("SELECT COUNT(*) AS total FROM customers_verifications \(waiting)")?.integer("total") ?? 0
    let offset = max(0, min(page, CustomersLimits.searchPages)) * CustomersLimits.queuePage
    let found = try VerificationStore.list(
        "\(waiting) ORDER BY submitted_at, id LIMIT \(CustomersLimits.queuePage) OFFSET $1", [.integer(Int64(offset))], in: tx)
    return VerificationQueuePage(items: try queued(found, with: vault, in: tx), total: Int(total))
}

/// Verified data whose last look is a year or more ago: the yearly self check (电话用户真实身份信息登记规定). The oldest first.
public func identitiesToRecheck(
    on today: BusinessDate, page: Int = 0, with vault: Vault, in tx: any Transaction, zone: BusinessZone
) throws(Fault) -> [QueuedVerification] {
    let offset = max(0, min(page, CustomersLimits.searchPages)) * CustomersLimits.queuePage
    // A look on day d is due again on the same day a year later; from 29 February on the 28th.
    let newest = zone.end(of: lastCheckDue(on: today))
    let found = try VerificationStore.list(
        """
        WHERE state = 'verified' AND verified_at < $1 ORDER BY verified_at, id
        LIMIT \(CustomersLimits.queuePage) OFFSET $2
        """, [.time(newest), .integer(Int64(offset))], in: tx)
    return try queued(found, with: vault, in: tx)
}

/// The latest day of a look that is due again on a day.
func lastCheckDue(on today: BusinessDate) -> BusinessDate {
    let candidate = today.adding(years: -CustomersLimits.recheckYears)
    let next = candidate.adding(days: 1)
    return next.adding(years: CustomersLimits.recheckYears) <= today ? next : candidate
}

/// A customer's verification; nil where they have submitted nothing.
public func verification(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> Verification? {
    try VerificationStore.find(customer: customer, in: tx)
}

/// The verification with this id.
public func verification(_ id: VerificationID, in tx: any Transaction) throws(Fault) -> Verification {
    guard let found = try VerificationStore.find(id, in: tx) else {
        throw Fault(.unknownVerification, "there is no verification \(id)")
    }
    return found
}

/// Where a customer's check stands, ``VerificationState/none`` included.
public func verificationState(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> VerificationState {
    try VerificationStore.find(customer: customer, in: tx)?.state ?? .none
}

/// The steps of a customer's verification, the oldest first.
public func verificationSteps(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> [VerificationStep] {
    try VerificationStore.steps(of: customer, in: tx)
}

/// Names, masked identities and the number of copies for a page, in one statement each.
private func queued(
    _ page: [Verification], with vault: Vault, in tx: any Transaction
) throws(Fault) -> [QueuedVerification] {
    let ids = page.map(\.customer)
    let customers = try customerSummaries(of: ids, in: tx)
    let identities = try IdentityStore.all(of: ids, with: vault, in: tx)
    let copies = try EvidenceStore.counts(of: ids, in: tx)
    return page.compactMap { verification in
        guard let customer = customers[verification.customer]?.customer, let identity = identities[verification.customer] else {
            return nil
        }
        return QueuedVerification(
            verification: verification, customer: customer, identity: MaskedIdentity(identity),
            evidenceCount: copies[verification.customer] ?? 0)
    }
}
