internal import Agreement
internal import Basics
internal import Customers
internal import Lines
internal import Storage

enum OrderStore {
    private static let columns = """
        id, number, customer, kind, line, phone_number, account, amount, plan_start, wished_day, effective_on, document, \
        confirmed_at, state, state_at, state_reason
        """

    // MARK: Numbers

    /// Makes whoever numbers orders of a year queue.
    static func lockNumbers(of year: Int, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            "INSERT INTO orders_numbers (year, last) VALUES ($1, 0) ON CONFLICT (year) DO NOTHING", [.integer(Int64(year))])
        _ = try tx.query("SELECT last FROM orders_numbers WHERE year = $1\(tx.forUpdate)", [.integer(Int64(year))])
    }

    /// The next number of a year; rolled back with the order, so that there are no holes.
    static func nextNumber(of year: Int, in tx: any Transaction) throws(Fault) -> Int64 {
        let row = try tx.first(
            "UPDATE orders_numbers SET last = last + 1 WHERE year = $1 RETURNING last", [.integer(Int64(year))])
        guard let row else { throw Fault(.schema, "the year \(year) has no counter of orders") }
        return try row.integer("last")
    }

    // MARK: Orders

    static func insert(_ order: Order, in tx: any Transaction) throws(Fault) {
        let parts = OrderColumns(order.content)
        try tx.execute(
            """
            INSERT INTO orders_orders (\(columns))
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            """,
            [
                .id(order.id), .text(order.number), .id(order.customer), .text(order.kind.rawValue), .optional(parts.line),
                .optional(parts.number?.digits), .optional(parts.account),
                .optional((parts.amount ?? order.creditLimit)?.micros),
                .optional(parts.start?.rawValue), .day(parts.wished), .day(order.effectiveOn), .blob(order.document.bytes),
                .time(order.confirmedAt), .text(order.state.rawValue), .time(order.stateAt), .optional(order.stateReason),
            ])
        for item in order.items { try OrderItemStore.insert(item, of: order, in: tx) }
        // `removeAddOn` names an item but sells none.
        if case .removeAddOn(_, let addOn) = order.content { try OrderItemStore.insertRemoved(addOn, of: order, in: tx) }
        for (kind, rate) in order.perSecond {
            try tx.execute(
                "INSERT INTO orders_order_rates (order_id, kind, per_second) VALUES ($1, $2, $3)",
                [.id(order.id), .text(kind.rawValue), .money(rate)])
        }
        if let terms = order.terms { try TariffStore.sign(terms, order: order.id, in: tx) }
    }

    static func find(_ id: OrderID, in tx: any Transaction) throws(Fault) -> Order? {
        try list("WHERE id = $1", [.id(id)], in: tx).first
    }

    static func find(number: String, in tx: any Transaction) throws(Fault) -> Order? {
        try list("WHERE number = $1", [.text(number)], in: tx).first
    }

    static func locked(_ id: OrderID, in tx: any Transaction) throws(Fault) -> Order {
        let rows = try tx.query("SELECT id FROM orders_orders WHERE id = $1\(tx.forUpdate)", [.id(id)])
        guard !rows.isEmpty, let order = try find(id, in: tx) else { throw Fault(.unknownOrder, "there is no order \(id)") }
        return order
    }

    static func count(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> Int {
        let row = try tx.first("SELECT COUNT(*) AS orders FROM orders_orders WHERE customer = $1", [.id(customer)])
        return Int(try row?.integer("orders") ?? 0)
    }

    static func set(
        _ state: OrderState, _ reason: String?, of id: OrderID, in tx: any Transaction, at now: Timestamp
    ) throws(Fault) {
        try tx.execute(
            "UPDATE orders_orders SET state = $2, state_at = $3, state_reason = $4 WHERE id = $1",
            [.id(id), .text(state.rawValue), .time(now), .optional(reason)])
    }

    static func list(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> [Order] {
        try list(
            "WHERE customer = $1 ORDER BY confirmed_at DESC, number DESC LIMIT $2",
            [.id(customer), .integer(Int64(OrdersLimits.ordersPerCustomer))], in: tx)
    }

    /// Orders whose day has come but which are still under way.
    static func due(_ kind: OrderContent.Kind, by day: BusinessDate, limit: Int, in tx: any Transaction) throws(Fault) -> [Order]
    {
        try list(
            "WHERE state = $1 AND kind = $2 AND effective_on <= $3 ORDER BY confirmed_at, id LIMIT $4",
            [.text(OrderState.inProgress.rawValue), .text(kind.rawValue), .day(day), .integer(Int64(limit))], in: tx)
    }

    /// The order of an application that still waits; there is one at most.
    static func openApplicationOrder(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> Order? {
        try list(
            "WHERE customer = $1 AND kind = $2 AND (state = 'pending' OR state = 'held') ORDER BY confirmed_at LIMIT 1",
            [.id(customer), .text(OrderContent.Kind.openLine.rawValue)], in: tx
        ).first
    }

    /// The order of an application, waiting or done: the last one that was not taken back or refused.
    static func applicationOrder(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> Order? {
        let dead: [OrderState] = [.cancelled, .rejected, .failed]
        return try list(of: customer, in: tx).last { $0.kind == .openLine && !dead.contains($0.state) }
    }

    /// Those of a customer that are not over.
    static func unfinished(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> [Order] {
        try list(of: customer, in: tx).filter { !$0.state.isFinal }
    }

    /// Orders with their items, rates and tariffs: four statements for each page of them, however many it holds.
    static func list(_ rest: String, _ values: [Value], in tx: any Transaction) throws(Fault) -> [Order] {
        let rows = try tx.query("SELECT \(columns) FROM orders_orders \(rest)", values)
        var orders: [Order] = []
        for start in stride(from: 0, to: rows.count, by: OrdersLimits.ordersPage) {
            let slice = rows[start..<min(start + OrdersLimits.ordersPage, rows.count)]
            var ids: [OrderID] = []
            for row in slice { ids.append(try row.id("id")) }
            let page = OrderIDPage(ids)
            let (items, rates) = (try OrderItemStore.list(of: page, in: tx), try rates(of: page, in: tx))
            let terms = try TariffStore.signed(page, in: tx)
            for (row, id) in zip(slice, ids) {
                orders.append(try read(row, id, items[id] ?? [], rates[id] ?? [:], terms[id]))
            }
        }
        return orders
    }

    private static func read(
        _ row: Row, _ id: OrderID, _ items: [OrderItem], _ rates: [CallKind: Money], _ terms: TariffTerms?
    ) throws(Fault) -> Order {
        guard let state = OrderState(rawValue: try row.text("state")), let hash = ContentHash(bytes: try row.blob("document")),
            let content = try OrderColumns(row).content(items.map(\.item))
        else { throw Fault(.schema, "order \(id) is of a kind or in a state that this program does not know") }
        return Order(
            id: id, number: try row.text("number"), customer: try row.id("customer"), content: content,
            creditLimit: content.kind == .openLine ? try row.optionalInteger("amount").map(Money.init(micros:)) : nil,
            items: content.kind == .removeAddOn ? [] : items, perSecond: rates, terms: terms,
            effectiveOn: try row.optionalDay("effective_on"), confirmedAt: try row.time("confirmed_at"), document: hash,
            state: state, stateAt: try row.time("state_at"), stateReason: try row.optionalText("state_reason"))
    }

    static func rates(of order: OrderID, in tx: any Transaction) throws(Fault) -> [CallKind: Money] {
        try rates(of: OrderIDPage([order]), in: tx)[order] ?? [:]
    }

    private static func rates(of page: OrderIDPage, in tx: any Transaction) throws(Fault) -> [OrderID: [CallKind: Money]] {
        var rates: [OrderID: [CallKind: Money]] = [:]
        let rows = try tx.query(
            "SELECT order_id, kind, per_second FROM orders_order_rates WHERE order_id IN (\(page.places))", page.values)
        for row in rows {
            guard let kind = CallKind(rawValue: try row.text("kind")) else { continue }
            rates[try row.id("order_id"), default: [:]][kind] = try row.money("per_second")
        }
        return rates
    }
}

/// The ids of at most one page as parameters, filled up with the last one so that every page is the same statement; a single one stands alone.
struct OrderIDPage {
    let places: String
    let values: [Value]

    init(_ ids: [OrderID]) {
        let missing = ids.count > 1 ? OrdersLimits.ordersPage - ids.count : 0
        values = ids.map(Value.id) + (ids.last.map { Array(repeating: Value.id($0), count: max(0, missing)) } ?? [])
        places = values.indices.map { "$\($0 + 1)" }.joined(separator: ", ")
    }
}

/// The columns in which what is ordered is kept; its items stand in their own rows.
private struct OrderColumns {
    var kind: OrderContent.Kind
    var line: LineID?
    var number: PhoneNumber?
    var account: String?
    var amount: Money?
    var start: PlanStart?
    var wished: BusinessDate?

    init(_ content: OrderContent) {
        kind = content.kind
        line = content.line
        number = content.number
        switch content {
        case .changePlan(_, _, let start): self.start = start
        case .changeCreditLimit(let account, let limit): (self.account, amount) = (account, limit)
        case .end(let wished): self.wished = wished
        case .openLine, .addTerminal, .addAddOn, .removeAddOn, .changeNumber: break
        }
    }

    init(_ row: Row) throws(Fault) {
        guard let kind = OrderContent.Kind(rawValue: try row.text("kind")) else {
            throw Fault(.schema, "an order is of a kind that this program does not know")
        }
        self.kind = kind
        line = try row.optionalID("line")
        number = try row.optionalText("phone_number").map(PhoneNumber.init(trusted:))
        account = try row.optionalText("account")
        amount = try row.optionalInteger("amount").map(Money.init(micros:))
        start = try row.optionalText("plan_start").flatMap(PlanStart.init(rawValue:))
        wished = try row.optionalDay("wished_day")
    }

    /// Nil where a column is missing that the kind needs.
    func content(_ items: [CatalogueItemID]) -> OrderContent? {
        switch (kind, line, items.first) {
        case (.openLine, _, let plan?): number.map { .openLine(number: $0, plan: plan, extras: Array(items.dropFirst())) }
        case (.changePlan, let line?, let plan?): start.map { .changePlan(line: line, plan: plan, start: $0) }
        case (.addTerminal, let line?, let terminal?):
            .addTerminal(line: line, terminal: terminal, services: Array(items.dropFirst()))
        case (.addAddOn, let line?, let addOn?): .addAddOn(line: line, addOn: addOn)
        case (.removeAddOn, let line?, let addOn?): .removeAddOn(line: line, addOn: addOn)
        case (.changeNumber, let line?, _): number.map { .changeNumber(line: line, number: $0) }
        case (.changeCreditLimit, _, _):
            if let account, let amount { .changeCreditLimit(account: account, limit: amount) } else { nil }
        case (.end, _, _): wished.map { .end(wished: $0) }
        default: nil
        }
    }
}
