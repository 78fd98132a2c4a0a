public import Basics
public import Storage

/// Gives a provider who has no catalogue yet one to begin with, its prices in force from today; the program runs it at every start.
public func ensureStandardCatalogue(in tx: any Transaction, at now: Timestamp, zone: BusinessZone) throws(Fault) {
    try ensureStandardPlan(in: tx, at: now)
    guard try CatalogueStore.count(in: tx) == 0 else { return }
    var changes: [PublishItemPricesRequest.Change] = []
    for offer in StandardCatalogue.offers {
        try add(offer.item, by: "system", purpose: "standard catalogue", in: tx, at: now)
        let perSecond: [CallKind: Money]? = offer.perSecond.map {
            [.video: Money(micros: $0.video), .audio: Money(micros: $0.audio)]
        }
        changes.append(
            PublishItemPricesRequest.Change(
                item: offer.item.id, oneOff: offer.oneOff, monthly: offer.monthly, perSecond: perSecond))
    }
    let list = PublishItemPricesRequest(changes: changes, effectiveFrom: zone.date(of: now))
    _ = try publish(list, by: "system", purpose: "standard catalogue", in: tx, at: now, zone: zone)
}
