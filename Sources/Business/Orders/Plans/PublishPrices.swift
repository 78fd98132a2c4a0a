public import Basics
public import Storage

/// A price list to publish.
public struct PublishPricesRequest: Sendable {
    /// The plan.
    public var plan: PlanID
    /// The price of a second, for every kind of call.
    public var perSecond: [CallKind: Money]
    /// From when on.
    public var effectiveFrom: Timestamp
    /// Who publishes, as in the journal.
    public var by: String

    /// Makes a request.
    public init(plan: PlanID, perSecond: [CallKind: Money], effectiveFrom: Timestamp, by: String) {
        self.plan = plan
        self.perSecond = perSecond
        self.effectiveFrom = effectiveFrom
        self.by = by
    }
}

/// Publishes prices from a time on (clause 2). What is published is never edited: another change has another time.
@discardableResult
public func publishPrices(_ request: PublishPricesRequest, in tx: any Transaction, at now: Timestamp) throws(Fault) -> [Price] {
    guard request.effectiveFrom >= now else { throw Fault(.priceInThePast, "prices are published for a time to come") }
    try PlanStore.lock(request.plan, in: tx)
    guard try PriceStore.list(of: request.plan, in: tx).count < OrdersLimits.pricesPerPlan else {
        throw Fault(.tooManyPrices, "the plan has too many price lists", ["maximum": "\(OrdersLimits.pricesPerPlan)"])
    }
    var prices: [Price] = []
    for kind in CallKind.allCases {
        guard let amount = request.perSecond[kind] else {
            throw Fault(.priceMissing, "a price list names every kind of call", ["kind": kind.rawValue])
        }
        guard amount >= .zero, amount <= OrdersLimits.pricePerSecond else {
            throw Fault(.impossiblePrice, "a price is not negative and not above the highest", ["kind": kind.rawValue])
        }
        let price = Price(plan: request.plan, kind: kind, perSecond: amount, effectiveFrom: request.effectiveFrom)
        guard try PriceStore.insert(price, by: request.by, in: tx, at: now) else {
            throw Fault(.pricePublished, "prices for this time are published and are not edited")
        }
        prices.append(price)
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
            after: #"{"from":\#(request.effectiveFrom.milliseconds),"perSecond":{\#(amounts)}}"#),
        in: tx)
}
