public import Access
internal import Agreement
public import Basics
public import Storage

/// Adds an offer to the catalogue. It is seen from the first day for which a price is published. A repeat returns the item.
@discardableResult
public func addCatalogueItem(
    _ item: CatalogueItem, by act: StaffAct, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> CatalogueItem {
    try act.require(.publishPrices)
    try add(item, by: act.actor, purpose: act.purpose, in: tx, at: now)
    return item
}

/// Says on which day an item is offered for the last time. Orders that were signed go on.
public func withdrawCatalogueItem(
    _ id: CatalogueItemID, after day: BusinessDate, by act: StaffAct, in tx: any Transaction, at now: Timestamp,
    zone: BusinessZone
) throws(Fault) {
    try act.require(.publishPrices)
    let item = try CatalogueStore.lock(id, in: tx)
    guard day >= zone.date(of: now) else { throw Fault(.priceInThePast, "an offer ends today or later") }
    guard item.offeredUntil != day else { return }
    try CatalogueStore.set(offeredUntil: day, of: id, in: tx)
    try appendJournal(
        JournalEntry(
            at: now, actor: act.actor, action: "catalogue.item-withdrawn", subject: "item:\(id)", clause: 2,
            before: journalState(["offeredUntil": .optional(item.offeredUntil?.description)]),
            after: journalState(["offeredUntil": .text("\(day)"), "purpose": .text(act.purpose)])),
        in: tx)
}

/// False when the item was there already, the same.
@discardableResult
func add(
    _ item: CatalogueItem, by actor: String, purpose: String, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Bool {
    for text in [item.name.zh, item.name.en] where !OrdersLimits.itemNameBytes.contains(text.utf8.count) {
        throw Fault(.itemText, "an item has a name in both languages", ["maximum": "\(OrdersLimits.itemNameBytes.upperBound)"])
    }
    for text in [item.description.zh, item.description.en] where text.utf8.count > OrdersLimits.itemDescriptionBytes {
        throw Fault(.itemText, "a description is too long", ["maximum": "\(OrdersLimits.itemDescriptionBytes)"])
    }
    guard OrdersLimits.taxPermille.contains(item.taxPermille) else {
        throw Fault(.impossibleTax, "a VAT rate is none or up to \(OrdersLimits.taxPermille.upperBound) per mille")
    }
    if let plan = item.plan { _ = try PlanStore.insert(plan, in: tx, at: now) }
    guard try CatalogueStore.insert(item, by: actor, in: tx, at: now) else {
        guard let there = try CatalogueStore.find(item.id, in: tx), same(there, item) else {
            throw Fault(.itemDiffers, "there is another item with this id")
        }
        return false
    }
    guard try CatalogueStore.count(in: tx) <= OrdersLimits.catalogueItems else {
        throw Fault(.tooManyItems, "the catalogue is full", ["maximum": "\(OrdersLimits.catalogueItems)"])
    }
    try appendJournal(
        JournalEntry(
            at: now, actor: actor, action: "catalogue.item-added", subject: "item:\(item.id)", clause: 2,
            after: journalState([
                "kind": .text(item.kind.rawValue), "name": .text(item.name.zh), "taxPermille": .number(Int64(item.taxPermille)),
                "purpose": .text(purpose),
            ])),
        in: tx)
    return true
}

private func same(_ a: CatalogueItem, _ b: CatalogueItem) -> Bool {
    a.kind == b.kind && a.name == b.name && a.description == b.description && a.taxPermille == b.taxPermille
}
