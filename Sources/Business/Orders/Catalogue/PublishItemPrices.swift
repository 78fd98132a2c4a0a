public import Access
public import Basics
public import Storage

/// A price list to publish for a day.
public struct PublishItemPricesRequest: Sendable {
    /// What one item costs from then on, VAT included.
    public struct Change: Sendable, Equatable {
        /// The item.
        public var item: CatalogueItemID
        /// Paid once.
        public var oneOff: Money
        /// Paid each month.
        public var monthly: Money
        /// For a plan, what using it costs; nil leaves that as it is.
        public var terms: TariffTerms?

        /// Makes a change with a whole tariff.
        public init(item: CatalogueItemID, oneOff: Money = .zero, monthly: Money = .zero, terms: TariffTerms) {
            self.item = item
            self.oneOff = oneOff
            self.monthly = monthly
            self.terms = terms
        }

        /// Makes a change; `perSecond` is the price of a second of every kind of call.
        public init(item: CatalogueItemID, oneOff: Money = .zero, monthly: Money = .zero, perSecond: [CallKind: Money]? = nil) {
            self.item = item
            self.oneOff = oneOff
            self.monthly = monthly
            terms = perSecond.map(TariffTerms.init(perSecond:))
        }
    }

    /// What changes.
    public var changes: [Change]
    /// The first day, in the provider's zone.
    public var effectiveFrom: BusinessDate

    /// Makes a request.
    public init(changes: [Change], effectiveFrom: BusinessDate) {
        self.changes = changes
        self.effectiveFrom = effectiveFrom
    }
}

/// Publishes a price list for a day (clause 2). What is published is never edited: another change has another day. A change begins
/// tomorrow at the earliest; the first price of a new item may begin today. Signed orders keep their prices.
@discardableResult
public func publishItemPrices(
    _ request: PublishItemPricesRequest, by act: StaffAct, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> [ItemPrice] {
    try act.require(.publishPrices)
    return try publish(request, by: act.actor, purpose: act.purpose, in: tx, at: now, zone: zone)
}

func publish(
    _ request: PublishItemPricesRequest, by actor: String, purpose: String, in tx: any Transaction, at now: Timestamp,
    zone: BusinessZone
) throws(Fault) -> [ItemPrice] {
    guard !request.changes.isEmpty, request.changes.count <= OrdersLimits.catalogueItems else {
        throw Fault(.priceMissing, "a price list names at least one item")
    }
    var prices: [ItemPrice] = []
    // In one order everywhere, so that two who publish at once wait for one another and do not deadlock.
    for change in request.changes.sorted(by: { $0.item.rawValue < $1.item.rawValue }) {
        prices.append(try publish(change, from: request.effectiveFrom, by: actor, in: tx, at: now, zone: zone))
        try appendJournal(
            JournalEntry(
                at: now, actor: actor, action: "catalogue.price-published", subject: "item:\(change.item)", clause: 2,
                after: journalState([
                    "from": .text("\(request.effectiveFrom)"), "oneOff": .number(change.oneOff.micros),
                    "monthly": .number(change.monthly.micros), "purpose": .text(purpose),
                ])),
            in: tx)
    }
    return prices
}

private func publish(
    _ change: PublishItemPricesRequest.Change, from day: BusinessDate, by actor: String, in tx: any Transaction,
    at now: Timestamp, zone: BusinessZone
) throws(Fault) -> ItemPrice {
    let item = try CatalogueStore.lock(change.item, in: tx)
    for amount in [change.oneOff, change.monthly] where amount < .zero || amount > OrdersLimits.itemPrice {
        throw Fault(.impossiblePrice, "a price is not negative and not above the highest", ["kind": item.id.rawValue])
    }
    let known = try ItemPriceStore.list(of: item.id, in: tx)
    let today = zone.date(of: now)
    guard day > today || (day == today && known.isEmpty) else {
        throw Fault(.priceInThePast, "a change of prices begins tomorrow or later")
    }
    guard known.count < OrdersLimits.pricesPerPlan else {
        throw Fault(.tooManyPrices, "the item has too many price lists", ["maximum": "\(OrdersLimits.pricesPerPlan)"])
    }
    let price = ItemPrice(item: item.id, effectiveFrom: day, oneOff: change.oneOff, monthly: change.monthly)
    guard try ItemPriceStore.insert(price, by: actor, in: tx, at: now) else {
        throw Fault(.pricePublished, "prices for this day are published and are not edited")
    }
    if let terms = change.terms, let plan = item.plan {
        try publishPrices(
            PublishPricesRequest(plan: plan, terms: terms, effectiveFrom: max(zone.start(of: day), now), by: actor),
            in: tx, at: now)
    }
    return price
}
