public import Basics
public import Storage

/// A customer who says who they are.
public struct SubmitIdentityRequest: Sendable {
    /// The customer.
    public var customer: CustomerID
    /// The checked data.
    public var identity: Identity
    /// What was ticked beside them; ``ConsentPurpose/identityCheck`` must be there or have been given before.
    public var consents: Set<ConsentPurpose>

    /// Makes a request.
    public init(customer: CustomerID, identity: Identity, consents: Set<ConsentPurpose>) {
        self.customer = customer
        self.identity = identity
        self.consents = consents
    }
}

/// Takes a customer's data, seals them and puts them before staff. The same data again change nothing; other data are a correction, and
/// where they prove who the customer is they are looked at again.
public func submitIdentity(
    _ request: SubmitIdentityRequest, with vault: Vault, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> Verification {
    let customer = try customer(request.customer, in: tx).id
    try requireServing(customer, in: tx)
    let before = try VerificationStore.find(customer: customer, in: tx)
    let known = try IdentityStore.find(customer, with: vault, in: tx)
    if let before, before.state != .rejected, known == request.identity { return before }
    guard known.map({ $0.kind == request.identity.kind }) ?? true else {
        throw Fault(.identityKind, "a person does not become an organisation or the reverse")
    }
    try takeConsents(request, in: tx, at: now, zone: zone)
    try checkCount(of: request.identity, customer, with: vault, in: tx)
    try IdentityStore.put(request.identity, of: customer, with: vault, in: tx, at: now)
    let state = VerificationRules.afterSubmission(of: request.identity, over: known, in: before?.state ?? .none)
    let action = before == nil ? "identity.submitted" : "identity.corrected"
    let actor = "customer:\(customer)"
    guard let before else {
        let first = Verification(
            id: .random(), customer: customer, kind: request.identity.kind, state: .submitted, version: 1, submittedAt: now)
        try VerificationStore.insert(first, in: tx)
        try VerificationStore.addStep(first, by: actor, in: tx, at: now)
        try journal(action, nil, first, by: actor, in: tx, at: now)
        return first
    }
    var after = before
    after.state = state
    after.kind = request.identity.kind
    if state == .submitted {
        after.submittedAt = now
        after.reason = nil
        after.note = nil
        after.deadline = nil
    }
    return try record(after, over: before, action, by: actor, in: tx, at: now)
}

private func takeConsents(
    _ request: SubmitIdentityRequest, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) {
    for purpose in ConsentPurpose.allCases where request.consents.contains(purpose) {
        try grantConsent(purpose, version: purpose.version, of: request.customer, in: tx, at: now)
    }
    var needed: [ConsentPurpose] = [.identityCheck]
    if case .person(let person) = request.identity, isUnderFourteen(bornOn: person.birthDate, on: zone.date(of: now)) {
        needed.append(.childData)
    }
    for purpose in needed {
        guard try hasConsent(purpose, of: request.customer, in: tx) else {
            throw Fault(.consentMissing, "the data are taken only with this consent", ["purpose": purpose.rawValue])
        }
    }
}

private func checkCount(
    of identity: Identity, _ customer: CustomerID, with vault: Vault, in tx: any Transaction
) throws(Fault) {
    guard identity.kind == .person else { return }
    let others = try IdentityStore.others(than: customer, with: identity.number, vault: vault, in: tx)
    guard others < CustomersLimits.customersPerIdentity else {
        throw Fault(
            .identityLimit, "this ID has as many customers as it may have", ["maximum": "\(CustomersLimits.customersPerIdentity)"]
        )
    }
}
