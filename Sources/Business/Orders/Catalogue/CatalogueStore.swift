internal import Agreement
internal import Basics
internal import Storage

extension Value {
    /// A business day, as the number of its day.
    static func day(_ value: BusinessDate) -> Value { .integer(value.dayNumber) }
    /// A business day or NULL.
    static func day(_ value: BusinessDate?) -> Value { value.map(Value.day) ?? .null }
}

extension Row {
    /// A business day stored as the number of its day.
    func day(_ name: String) throws(Fault) -> BusinessDate { BusinessDate(clamping: try integer(name)) }
    /// A business day or null.
    func optionalDay(_ name: String) throws(Fault) -> BusinessDate? {
        try optionalInteger(name).map(BusinessDate.init(clamping:))
    }
}

enum CatalogueStore {
    private static let columns =
        "id, kind, name_zh, name_en, description_zh, description_en, tax_permille, offered_until"

    /// False when there is one with this id.
    static func insert(_ item: CatalogueItem, by actor: String, in tx: any Transaction, at now: Timestamp) throws(Fault) -> Bool {
        try tx.execute(
            """
            INSERT INTO orders_items (\(columns), added_at, added_by, place)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, (SELECT COUNT(*) FROM orders_items))
            ON CONFLICT (id) DO NOTHING
            """,
            [
                .id(item.id), .text(item.kind.rawValue), .text(item.name.zh), .text(item.name.en), .text(item.description.zh),
                .text(item.description.en), .integer(Int64(item.taxPermille)), .day(item.offeredUntil), .time(now), .text(actor),
            ]) == 1
    }

    static func find(_ id: CatalogueItemID, in tx: any Transaction) throws(Fault) -> CatalogueItem? {
        try read(tx.query("SELECT \(columns) FROM orders_items WHERE id = $1", [.id(id)])).first
    }

    static func lock(_ id: CatalogueItemID, in tx: any Transaction) throws(Fault) -> CatalogueItem {
        let rows = try tx.query("SELECT \(columns) FROM orders_items WHERE id = $1\(tx.forUpdate)", [.id(id)])
        guard let item = try read(rows).first else { throw Fault(.unknownItem, "there is no item \(id)", ["day": ""]) }
        return item
    }

    static func set(offeredUntil day: BusinessDate, of id: CatalogueItemID, in tx: any Transaction) throws(Fault) {
        try tx.execute("UPDATE orders_items SET offered_until = $2 WHERE id = $1", [.id(id), .day(day)])
    }

    /// In the order in which they were added.
    static func list(in tx: any Transaction) throws(Fault) -> [CatalogueItem] {
        try read(tx.query("SELECT \(columns) FROM orders_items ORDER BY place, id", []))
    }

    static func count(in tx: any Transaction) throws(Fault) -> Int {
        Int(try tx.first("SELECT COUNT(*) AS items FROM orders_items")?.integer("items") ?? 0)
    }

    private static func read(_ rows: [Row]) throws(Fault) -> [CatalogueItem] {
        var items: [CatalogueItem] = []
        for row in rows {
            guard let kind = CatalogueItem.Kind(rawValue: try row.text("kind")) else {
                throw Fault(.schema, "item \(try row.text("id")) is of a kind that this program does not know")
            }
            items.append(
                CatalogueItem(
                    id: try row.id("id"), kind: kind, name: Wording(zh: try row.text("name_zh"), en: try row.text("name_en")),
                    description: Wording(zh: try row.text("description_zh"), en: try row.text("description_en")),
                    taxPermille: Int(try row.integer("tax_permille")), offeredUntil: try row.optionalDay("offered_until")))
        }
        return items
    }
}

enum ItemPriceStore {
    private static let columns = "item, effective_from, one_off, monthly"

    /// False when a price for this day is published already.
    static func insert(_ price: ItemPrice, by actor: String, in tx: any Transaction, at now: Timestamp) throws(Fault) -> Bool {
        try tx.execute(
            """
            INSERT INTO orders_item_prices (\(columns), published_at, published_by) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (item, effective_from) DO NOTHING
            """,
            [
                .id(price.item), .day(price.effectiveFrom), .money(price.oneOff), .money(price.monthly), .time(now), .text(actor),
            ]) == 1
    }

    static func list(of item: CatalogueItemID, in tx: any Transaction) throws(Fault) -> [ItemPrice] {
        try read(tx.query("SELECT \(columns) FROM orders_item_prices WHERE item = $1 ORDER BY effective_from", [.id(item)]))
    }

    static func list(in tx: any Transaction) throws(Fault) -> [ItemPrice] {
        try read(tx.query("SELECT \(columns) FROM orders_item_prices ORDER BY item, effective_from", []))
    }

    private static func read(_ rows: [Row]) throws(Fault) -> [ItemPrice] {
        var prices: [ItemPrice] = []
        for row in rows {
            prices.append(
                ItemPrice(
                    item: try row.id("item"), effectiveFrom: try row.day("effective_from"), oneOff: try row.money("one_off"),
                    monthly: try row.money("monthly")))
        }
        return prices
    }
}
