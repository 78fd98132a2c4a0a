public import Basics
public import Customers
public import Storage

/// A customer's windows of all versions published since the one that was signed, by number.
public func changeWindows(
    of customer: CustomerID, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> [ChangeWindow] {
    guard let facts = try FactStore.facts(of: customer, zone: zone, in: tx) else { return [] }
    return changeWindows(facts: facts, on: zone.date(of: now))
}

/// A customer's window of one version; nil where the version was not published after the signed one.
public func changeWindow(
    of customer: CustomerID, version: VersionID, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> ChangeWindow? {
    try changeWindows(of: customer, in: tx, at: now, zone: zone).first { $0.version == version }
}

/// A customer's objections, the newest first.
public func objections(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> [Objection] {
    try ChangeStore.all(of: customer, in: tx)
}

/// Objections that wait for an end, the oldest first.
public func openObjections(limit: Int, offset: Int = 0, in tx: any Transaction) throws(Fault) -> [Objection] {
    try ChangeStore.open(limit: max(1, min(limit, 500)), offset: max(0, offset), in: tx)
}

/// An objection by its id.
public func objection(_ id: ObjectionID, in tx: any Transaction) throws(Fault) -> Objection {
    guard let objection = try ChangeStore.find(id, in: tx) else { throw Fault(.unknownObjection, "there is no objection \(id)") }
    return objection
}

/// The messages of a negotiation in their order; the objection's reason is the first.
public func negotiation(_ id: ObjectionID, in tx: any Transaction) throws(Fault) -> [NegotiationMessage] {
    try ChangeStore.messages(of: id, in: tx)
}

/// An agreement that is in force at this moment, with the facts that decide its terms, locked for a change.
func bindingAgreement(
    of customer: CustomerID, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> (agreement: Agreement, facts: AgreementFacts) {
    try AgreementStore.lock(customer, in: tx)
    let agreement = try existingAgreement(of: customer, in: tx)
    guard agreement.endedAt == nil else { throw Fault(.agreementEnded, "agreement \(agreement.number) has ended") }
    guard agreement.isInForce(at: now), let facts = try FactStore.facts(of: customer, zone: zone, in: tx) else {
        throw Fault(.notInForce, "agreement \(agreement.number) is not in force", ["day": "\(zone.date(of: now))"])
    }
    return (agreement, facts)
}
