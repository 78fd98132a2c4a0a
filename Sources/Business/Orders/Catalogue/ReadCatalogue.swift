public import Basics
public import Storage

/// What everybody is offered on a day, with its prices: the public page (clause 2). Plans first, then terminals, add-ons and services.
public func catalogue(
    on day: BusinessDate, in tx: any Transaction, zone: BusinessZone
) throws(Fault) -> [CatalogueEntry] {
    let prices = try ItemPriceStore.list(in: tx)
    let perSecond = try PriceStore.list(in: tx)
    var entries: [CatalogueEntry] = []
    for item in try CatalogueStore.list(in: tx) {
        guard item.offeredUntil.map({ day <= $0 }) ?? true, let price = itemPriceInForce(prices, item: item.id, on: day) else {
            continue
        }
        entries.append(
            CatalogueEntry(
                item: item, price: price, perSecond: rates(of: item, perSecond, on: day, zone: zone),
                terms: try terms(of: item, on: day, in: tx, zone: zone)))
    }
    return entries.sorted { a, b in a.item.kind.place < b.item.kind.place }
}

/// One item as it is offered on a day; throws where it is not.
public func catalogueEntry(
    _ id: CatalogueItemID, on day: BusinessDate, in tx: any Transaction, zone: BusinessZone
) throws(Fault) -> CatalogueEntry {
    guard let item = try CatalogueStore.find(id, in: tx), item.offeredUntil.map({ day <= $0 }) ?? true,
        let price = itemPriceInForce(try ItemPriceStore.list(of: id, in: tx), item: id, on: day)
    else { throw Fault(.unknownItem, "\(id) is not offered on \(day)", ["day": "\(day)"]) }
    let perSecond = try item.plan.map { plan throws(Fault) in try PriceStore.list(of: plan, in: tx) } ?? []
    return CatalogueEntry(
        item: item, price: price, perSecond: rates(of: item, perSecond, on: day, zone: zone),
        terms: try terms(of: item, on: day, in: tx, zone: zone))
}

/// Every item that ever was in the catalogue, for the price history and for staff.
public func catalogueItems(in tx: any Transaction) throws(Fault) -> [CatalogueItem] { try CatalogueStore.list(in: tx) }

/// One item, offered or not any more.
public func catalogueItem(_ id: CatalogueItemID, in tx: any Transaction) throws(Fault) -> CatalogueItem {
    guard let item = try CatalogueStore.find(id, in: tx) else { throw Fault(.unknownItem, "there is no item \(id)", ["day": ""]) }
    return item
}

/// Every price ever published for any item, by item and day, for the public price history.
public func publishedItemPrices(in tx: any Transaction) throws(Fault) -> [ItemPrice] { try ItemPriceStore.list(in: tx) }

/// Every price ever published for an item, the earliest first.
public func itemPrices(of item: CatalogueItemID, in tx: any Transaction) throws(Fault) -> [ItemPrice] {
    try ItemPriceStore.list(of: item, in: tx)
}

/// What the calls of a plan cost at the beginning of a day, or at the first price's hour where that comes later in the day.
private func rates(of item: CatalogueItem, _ prices: [Price], on day: BusinessDate, zone: BusinessZone) -> [CallKind: Money] {
    guard let plan = item.plan else { return [:] }
    var rates: [CallKind: Money] = [:]
    for kind in CallKind.allCases {
        let first = priceInForce(prices, plan: plan, kind: kind, at: zone.start(of: day))
        let price = first ?? priceInForce(prices, plan: plan, kind: kind, at: zone.end(of: day).adding(milliseconds: -1))
        rates[kind] = price?.perSecond
    }
    return rates
}

/// The terms at the same instant as the prices by the second.
private func terms(of item: CatalogueItem, on day: BusinessDate, in tx: any Transaction, zone: BusinessZone) throws(Fault)
    -> TariffTerms?
{
    guard let plan = item.plan else { return nil }
    let versions = try tariffVersions(of: plan, in: tx)
    let version = versions.last { $0.from <= zone.start(of: day) } ?? versions.last { $0.from < zone.end(of: day) }
    return version.flatMap { $0.terms.isFlat ? nil : $0.terms }
}

extension CatalogueItem.Kind {
    /// The order in which the page shows them.
    var place: Int {
        switch self {
        case .plan: 0
        case .terminalSale: 1
        case .terminalRent: 2
        case .addOn: 3
        case .service: 4
        }
    }
}
