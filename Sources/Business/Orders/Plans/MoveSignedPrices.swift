public import Access
public import Agreement
public import Basics
public import Storage

/// Says that a version of the agreement moves the signed orders of an item to the price list (clause 15): from the day on which it binds
/// a customer, that customer's orders from before are on the list of that day. It is said while the version is a draft, so that every
/// customer learns of it with the announcement and can object.
public func moveSignedPrices(
    of item: CatalogueItemID, with version: VersionID, by act: StaffAct, in tx: any Transaction, at now: Timestamp
) throws(Fault) {
    try act.require(.publishPrices)
    _ = try CatalogueStore.lock(item, in: tx)
    let version = try agreementVersion(version, in: tx)
    guard version.state == .draft else {
        throw Fault(.versionAnnounced, "only a version that is not announced yet can move signed prices")
    }
    guard try RepricingStore.insert(item, version: version.number, by: act.actor, in: tx, at: now) else { return }
    try appendJournal(
        JournalEntry(
            at: now, actor: act.actor, action: "catalogue.signed-prices-move", subject: "item:\(item)", clause: 15,
            after: journalState(["version": .number(Int64(version.number)), "purpose": .text(act.purpose)])),
        in: tx)
}

/// The items whose signed prices a version of the agreement moves, for its announcement.
public func itemsMoved(byVersion number: Int, in tx: any Transaction) throws(Fault) -> [CatalogueItemID] {
    try RepricingStore.items(version: number, in: tx)
}

/// The days, up to one, on which the price of an order's item moved to the list of that day.
func priceMoves(
    of item: CatalogueItemID, orderedBy order: OrderID, in tx: any Transaction, by day: BusinessDate, zone: BusinessZone
) throws(Fault) -> [BusinessDate] {
    let versions = try RepricingStore.versions(of: item, in: tx)
    guard !versions.isEmpty, let order = try OrderStore.find(order, in: tx),
        let facts = try agreementFacts(of: order.customer, in: tx, zone: zone)
    else { return [] }
    return priceMoves(
        versions: versions, orderedOn: zone.date(of: order.confirmedAt), windows: changeWindows(facts: facts, on: day))
}

enum RepricingStore {
    /// False when it is said already.
    static func insert(
        _ item: CatalogueItemID, version: Int, by actor: String, in tx: any Transaction, at now: Timestamp
    ) throws(Fault) -> Bool {
        try tx.execute(
            """
            INSERT INTO orders_repricings (item, version, published_at, published_by) VALUES ($1, $2, $3, $4)
            ON CONFLICT (item, version) DO NOTHING
            """,
            [.id(item), .integer(Int64(version)), .time(now), .text(actor)]) == 1
    }

    static func versions(of item: CatalogueItemID, in tx: any Transaction) throws(Fault) -> [Int] {
        var versions: [Int] = []
        for row in try tx.query("SELECT version FROM orders_repricings WHERE item = $1 ORDER BY version", [.id(item)]) {
            versions.append(Int(try row.integer("version")))
        }
        return versions
    }

    static func items(version: Int, in tx: any Transaction) throws(Fault) -> [CatalogueItemID] {
        var items: [CatalogueItemID] = []
        for row in try tx.query("SELECT item FROM orders_repricings WHERE version = $1 ORDER BY item", [.integer(Int64(version))])
        {
            items.append(try row.id("item"))
        }
        return items
    }
}
