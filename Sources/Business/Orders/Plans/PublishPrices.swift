public import Basics
public import Storage

/// A price list to publish.
public struct PublishPricesRequest: Sendable {
    /// The plan.
    public var plan: PlanID
    /// What using it costs.
    public var terms: TariffTerms
    /// From when on.
    public var effectiveFrom: Timestamp
    /// Who publishes, as in the journal.
    public var by: String

    /// Asks for a tariff.
    public init(plan: PlanID, terms: TariffTerms, effectiveFrom: Timestamp, by: String) {
        self.plan = plan
        self.terms = terms
        self.effectiveFrom = effectiveFrom
        self.by = by
    }

    /// Asks for a price of a second for every kind of call.
    public init(plan: PlanID, perSecond: [CallKind: Money], effectiveFrom: Timestamp, by: String) {
        self.init(plan: plan, terms: TariffTerms(perSecond: perSecond), effectiveFrom: effectiveFrom, by: by)
    }
}

/// Publishes prices from a time on (clause 2). What is published is never edited: another change has another time. The list price of a kind
/// of call is that of its rate for all other time (or of its first window) towards every number.
@discardableResult
public func publishPrices(_ request: PublishPricesRequest, in tx: any Transaction, at now: Timestamp) throws(Fault) -> [Price] {
    guard request.effectiveFrom >= now else { throw Fault(.priceInThePast, "prices are published for a time to come") }
    try PlanStore.lock(request.plan, in: tx)
    guard try PriceStore.list(of: request.plan, in: tx).count < OrdersLimits.pricesPerPlan else {
        throw Fault(.tooManyPrices, "the plan has too many price lists", ["maximum": "\(OrdersLimits.pricesPerPlan)"])
    }
    try checkTariff(request.terms)
    var prices: [Price] = []
    for kind in CallKind.allCases {
        let price = Price(
            plan: request.plan, kind: kind, perSecond: request.terms.listPrice(of: kind), effectiveFrom: request.effectiveFrom)
        guard try PriceStore.insert(price, by: request.by, in: tx, at: now) else {
            throw Fault(.pricePublished, "prices for this time are published and are not edited")
        }
        prices.append(price)
    }
    if !request.terms.isFlat {
        try TariffStore.insert(request.terms, of: request.plan, from: request.effectiveFrom, in: tx)
    }
    try journal(prices, request, in: tx, at: now)
    return prices
}

private func journal(
    _ prices: [Price], _ request: PublishPricesRequest, in tx: any Transaction, at now: Timestamp
) throws(Fault) {
    let amounts = prices.map { #""\#($0.kind.rawValue)":\#($0.perSecond.micros)"# }.joined(separator: ",")
    try appendJournal(
        JournalEntry(
            at: now, actor: request.by, action: "prices.published", subject: "plan:\(request.plan)", clause: 2,
            after:
                #"{"from":\#(request.effectiveFrom.milliseconds),"perSecond":{\#(amounts)},"rates":\#(request.terms.rates.count)}"#
        ),
        in: tx)
}
