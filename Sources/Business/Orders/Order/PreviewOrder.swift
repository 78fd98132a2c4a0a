public import Basics
public import Customers
internal import Lines
public import Storage

/// What an order would be if it were confirmed now. Writes nothing.
public func previewOrder(
    _ content: OrderContent, of customer: CustomerID, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> OrderPreview {
    let today = zone.date(of: now)
    let day = effectiveDay(of: content, today)
    if let line = content.line { _ = try Lines.line(line, of: customer, in: tx) }
    if case .removeAddOn(let line, let addOn) = content {
        guard try OrderItemStore.active(addOn, on: line, in: tx) != nil else {
            throw Fault(.addOnUnknown, "line \(line) does not have \(addOn)")
        }
        return OrderPreview(content: content, items: [], perSecond: [:], terms: nil, effectiveOn: day)
    }
    if case .end(let wished) = content { try checkEndingDay(wished, today) }
    // What has no day of its own is offered at the prices of today.
    let entries = try entries(of: content, on: day ?? today, in: tx, zone: zone)
    let items = entries.enumerated().map { index, entry in
        OrderItem(
            position: index + 1, item: entry.item.id, kind: entry.item.kind, name: entry.item.name, oneOff: entry.price.oneOff,
            monthly: entry.price.monthly, taxPermille: entry.item.taxPermille, line: content.line, firstDay: nil, lastDay: nil)
    }
    return OrderPreview(
        content: content, items: items, perSecond: entries.first?.perSecond ?? [:], terms: entries.first?.terms,
        effectiveOn: day)
}

/// The day on which an order takes effect; nil where that depends on a check, a signature or a delivery.
func effectiveDay(of content: OrderContent, _ today: BusinessDate) -> BusinessDate? {
    switch content {
    case .openLine, .addTerminal: nil
    case .changePlan(_, _, .nextMonth): today.month.next.first
    case .changePlan, .addAddOn, .removeAddOn, .changeCreditLimit, .changeNumber: today
    case .end(let wished): wished
    }
}

private func entries(
    of content: OrderContent, on day: BusinessDate, in tx: any Transaction, zone: BusinessZone
) throws(Fault) -> [CatalogueEntry] {
    let ids = content.itemIDs
    guard ids.count <= OrdersLimits.orderItems else {
        throw Fault(
            .orderTooLong, "an order names at most \(OrdersLimits.orderItems) items", ["maximum": "\(OrdersLimits.orderItems)"])
    }
    if case .changeNumber = content { return try numberChange(on: day, in: tx, zone: zone) }
    let allowed = allowedItems(content.kind)
    var entries: [CatalogueEntry] = []
    for (index, id) in ids.enumerated() {
        let entry = try catalogueEntry(id, on: day, in: tx, zone: zone)
        guard (index == 0 ? allowed.main : allowed.beside).contains(entry.item.kind) else {
            throw Fault(.wrongItem, "\(id) is not what a \(content.kind.rawValue) order is for")
        }
        guard entry.item.kind != .plan || CallKind.allCases.allSatisfy({ entry.perSecond[$0] != nil }) else {
            throw Fault(.noPrice, "plan \(id) has no price for a kind of call on \(day)")
        }
        entries.append(entry)
    }
    return entries
}

/// What changing a number costs, where the catalogue has a price for it.
private func numberChange(on day: BusinessDate, in tx: any Transaction, zone: BusinessZone) throws(Fault) -> [CatalogueEntry] {
    guard let item = try CatalogueStore.find(StandardCatalogue.numberChange, in: tx),
        item.offeredUntil.map({ day <= $0 }) ?? true,
        let price = itemPriceInForce(try ItemPriceStore.list(of: item.id, in: tx), item: item.id, on: day)
    else { return [] }
    return [CatalogueEntry(item: item, price: price, perSecond: [:], terms: nil)]
}
