internal import Agreement
internal import Basics
internal import Customers
internal import Lines
internal import Storage

/// An item of an order as the charges need it.
struct ServedItem: Sendable {
    let order: OrderID
    let number: String
    let item: OrderItem
    let confirmedAt: Timestamp
}

enum OrderItemStore {
    private static let columns =
        "position, item, kind, name_zh, name_en, one_off, monthly, tax_permille, line, first_day, last_day"

    static func insert(_ item: OrderItem, of order: Order, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            """
            INSERT INTO orders_order_items (order_id, customer, \(columns))
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            """,
            [
                .id(order.id), .id(order.customer), .integer(Int64(item.position)), .id(item.item), .text(item.kind.rawValue),
                .text(item.name.zh), .text(item.name.en), .money(item.oneOff), .money(item.monthly),
                .integer(Int64(item.taxPermille)), .optional(item.line), .day(item.firstDay), .day(item.lastDay),
            ])
    }

    /// The add-on that an order takes away: it costs nothing and is never in service by this order.
    static func insertRemoved(_ addOn: CatalogueItemID, of order: Order, in tx: any Transaction) throws(Fault) {
        let empty = Wording(zh: "", en: "")
        let item = OrderItem(
            position: 1, item: addOn, kind: .addOn, name: empty, oneOff: .zero, monthly: .zero, taxPermille: 0,
            line: order.content.line, firstDay: nil, lastDay: nil)
        try insert(item, of: order, in: tx)
    }

    /// The items of a page of orders, in one statement.
    static func list(of page: OrderIDPage, in tx: any Transaction) throws(Fault) -> [OrderID: [OrderItem]] {
        var items: [OrderID: [OrderItem]] = [:]
        let rows = try tx.query(
            "SELECT order_id, \(columns) FROM orders_order_items WHERE order_id IN (\(page.places)) ORDER BY order_id, position",
            page.values)
        for row in rows { items[try row.id("order_id"), default: []].append(try read(row)) }
        return items
    }

    /// Puts an item into service.
    static func begin(
        _ position: Int, of order: OrderID, on line: LineID?, from day: BusinessDate, in tx: any Transaction
    ) throws(Fault) {
        try tx.execute(
            """
            UPDATE orders_order_items SET line = $3, first_day = $4
            WHERE order_id = $1 AND position = $2 AND first_day IS NULL
            """,
            [.id(order), .integer(Int64(position)), .optional(line), .day(day)])
    }

    /// Takes an item out of service; it served on that day still.
    static func finish(_ position: Int, of order: OrderID, on day: BusinessDate, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            "UPDATE orders_order_items SET last_day = $3 WHERE order_id = $1 AND position = $2 AND last_day IS NULL",
            [.id(order), .integer(Int64(position)), .day(day)])
    }

    /// Takes an item back that never came into service.
    static func forget(_ position: Int, of order: OrderID, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            "UPDATE orders_order_items SET first_day = NULL WHERE order_id = $1 AND position = $2",
            [.id(order), .integer(Int64(position))])
    }

    /// The add-on that a line has, the one that began first.
    static func active(_ item: CatalogueItemID, on line: LineID, in tx: any Transaction) throws(Fault) -> ServedItem? {
        try served(
            "i.line = $1 AND i.item = $2 AND i.first_day IS NOT NULL AND i.last_day IS NULL", [.id(line), .id(item)], in: tx
        )
        .first
    }

    /// Everything that customers have or had in service, the first to begin first.
    static func served(of customers: [CustomerID], in tx: any Transaction) throws(Fault) -> [CustomerID: [ServedItem]] {
        var served: [CustomerID: [ServedItem]] = [:]
        for row in try tx.query(
            about: customers.map(Value.id), { servedItems("i.customer IN \($0) AND i.first_day IS NOT NULL") })
        {
            served[try row.id("customer"), default: []].append(try readServed(row))
        }
        return served
    }

    private static func served(_ condition: String, _ values: [Value], in tx: any Transaction) throws(Fault) -> [ServedItem] {
        try tx.query(servedItems(condition), values).map(readServed)
    }

    private static func servedItems(_ condition: String) -> String {
        let named = columns.split(separator: ", ").map { "i.\($0) AS \($0)" }.joined(separator: ", ")
        return """
            SELECT i.order_id AS order_id, i.customer AS customer, o.number AS number, o.confirmed_at AS confirmed_at, \(named)
            FROM orders_order_items i JOIN orders_orders o ON o.id = i.order_id
            WHERE \(condition) ORDER BY i.first_day, o.number, i.position
            """
    }

    private static func readServed(_ row: Row) throws(Fault) -> ServedItem {
        ServedItem(
            order: try row.id("order_id"), number: try row.text("number"), item: try read(row),
            confirmedAt: try row.time("confirmed_at"))
    }

    private static func read(_ row: Row) throws(Fault) -> OrderItem {
        guard let kind = CatalogueItem.Kind(rawValue: try row.text("kind")) else {
            throw Fault(.schema, "an ordered item is of a kind that this program does not know")
        }
        return OrderItem(
            position: Int(try row.integer("position")), item: try row.id("item"), kind: kind,
            name: Wording(zh: try row.text("name_zh"), en: try row.text("name_en")), oneOff: try row.money("one_off"),
            monthly: try row.money("monthly"), taxPermille: Int(try row.integer("tax_permille")),
            line: try row.optionalID("line"),
            firstDay: try row.optionalDay("first_day"), lastDay: try row.optionalDay("last_day"))
    }
}
