public import Basics
public import Customers
public import Storage

/// The terms that bind a customer on a day: the only way by which the rest of the house reads a blank of the agreement. Throws
/// `agreement.not-in-force` for days before both had signed.
public func termsInForce(
    of customer: CustomerID, on day: BusinessDate, in tx: any Transaction, zone: BusinessZone
) throws(Fault) -> TermsInForce {
    guard let facts = try agreementFacts(of: customer, in: tx, zone: zone),
        let terms = termsInForce(facts: facts, on: day)
    else {
        throw Fault(.notInForce, "the agreement of customer \(customer) was not in force on \(day)", ["day": "\(day)"])
    }
    return terms
}

/// What decides a customer's terms; nil when nothing has been prepared for signing.
public func agreementFacts(
    of customer: CustomerID, in tx: any Transaction, zone: BusinessZone
) throws(Fault) -> AgreementFacts? {
    try FactStore.facts(of: customer, zone: zone, in: tx)
}

/// What decides the terms of customers, read in a few statements for all of them; those for whom nothing has been prepared are missing.
public func agreementFacts(
    of customers: [CustomerID], in tx: any Transaction, zone: BusinessZone
) throws(Fault) -> [CustomerID: AgreementFacts] {
    try FactStore.facts(of: customers, zone: zone, in: tx)
}

/// Whether a customer's agreement is in force at an instant: both have signed, and it has not ended.
public func isInForce(_ customer: CustomerID, at instant: Timestamp, in tx: any Transaction) throws(Fault) -> Bool {
    let row = try tx.first(
        """
        SELECT 1 AS found FROM agreement_agreements
        WHERE customer = $1 AND in_force_at <= $2 AND (ended_at IS NULL OR ended_at > $2)
        """, [.id(customer), .time(instant)])
    return row != nil
}
