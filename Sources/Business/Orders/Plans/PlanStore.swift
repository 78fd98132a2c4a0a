internal import Basics
internal import Lines
internal import Storage

/// A plan that a line is on from an instant.
struct PlanAssignment: Sendable {
    let plan: PlanID
    let from: Timestamp
    /// The order whose prices hold; nil where the list is followed.
    let order: OrderID?
}

enum PlanStore {
    /// False when the plan is there already.
    static func insert(_ plan: PlanID, in tx: any Transaction, at now: Timestamp) throws(Fault) -> Bool {
        try tx.execute(
            "INSERT INTO orders_plans (id, since) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING", [.id(plan), .time(now)]) == 1
    }

    static func lock(_ plan: PlanID, in tx: any Transaction) throws(Fault) {
        let rows = try tx.query("SELECT id FROM orders_plans WHERE id = $1\(tx.forUpdate)", [.id(plan)])
        guard !rows.isEmpty else { throw Fault(.unknownPlan, "there is no plan \(plan)") }
    }

    static func assign(
        _ plan: PlanID, to line: LineID, order: OrderID?, in tx: any Transaction, from start: Timestamp
    ) throws(Fault) {
        try tx.execute(
            """
            INSERT INTO orders_line_plans (line, effective_from, plan, order_id) VALUES ($1, $2, $3, $4)
            ON CONFLICT (line, effective_from) DO UPDATE SET plan = excluded.plan, order_id = excluded.order_id
            """,
            [.id(line), .time(start), .id(plan), .optional(order)])
    }

    /// Takes back what an order assigned for a time to come.
    static func unassign(order: OrderID, in tx: any Transaction) throws(Fault) {
        try tx.execute("DELETE FROM orders_line_plans WHERE order_id = $1", [.id(order)])
    }

    static func assignment(of line: LineID, in tx: any Transaction, at now: Timestamp) throws(Fault) -> PlanAssignment? {
        let rows = try tx.query(
            """
            SELECT plan, effective_from, order_id FROM orders_line_plans WHERE line = $1 AND effective_from <= $2
            ORDER BY effective_from DESC LIMIT 1
            """,
            [.id(line), .time(now)])
        return try rows.first.map(read)
    }

    /// The assignment that waits for its day; there is one at most.
    static func waiting(on line: LineID, after now: Timestamp, in tx: any Transaction) throws(Fault) -> PlanAssignment? {
        let rows = try tx.query(
            """
            SELECT plan, effective_from, order_id FROM orders_line_plans WHERE line = $1 AND effective_from > $2
            ORDER BY effective_from LIMIT 1
            """,
            [.id(line), .time(now)])
        return try rows.first.map(read)
    }

    /// All the plans that a line had, has and will have, the first first.
    static func assignments(of line: LineID, in tx: any Transaction) throws(Fault) -> [PlanAssignment] {
        try assignments(of: [line], in: tx)[line] ?? []
    }

    static func assignments(of lines: [LineID], in tx: any Transaction) throws(Fault) -> [LineID: [PlanAssignment]] {
        var assignments: [LineID: [PlanAssignment]] = [:]
        for row in try tx.query(
            about: lines.map(Value.id),
            { "SELECT line, plan, effective_from, order_id FROM orders_line_plans WHERE line IN \($0) ORDER BY effective_from" })
        {
            assignments[try row.id("line"), default: []].append(try read(row))
        }
        return assignments
    }

    private static func read(_ row: Row) throws(Fault) -> PlanAssignment {
        PlanAssignment(
            plan: try row.id("plan"), from: try row.time("effective_from"), order: try row.optionalID("order_id"))
    }
}

enum PriceStore {
    /// False when a price for this time is published already.
    static func insert(_ price: Price, by actor: String, in tx: any Transaction, at now: Timestamp) throws(Fault) -> Bool {
        try tx.execute(
            """
            INSERT INTO orders_prices (plan, kind, effective_from, per_second, published_at, published_by)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (plan, kind, effective_from) DO NOTHING
            """,
            [
                .id(price.plan), .text(price.kind.rawValue), .time(price.effectiveFrom), .money(price.perSecond), .time(now),
                .text(actor),
            ]) == 1
    }

    static func list(of plan: PlanID, in tx: any Transaction) throws(Fault) -> [Price] {
        try read(
            tx.query(
                """
                SELECT plan, kind, effective_from, per_second FROM orders_prices WHERE plan = $1 ORDER BY effective_from, kind DESC
                """,
                [.id(plan)]))
    }

    static func list(in tx: any Transaction) throws(Fault) -> [Price] {
        try read(
            tx.query(
                "SELECT plan, kind, effective_from, per_second FROM orders_prices ORDER BY plan, effective_from, kind DESC", []))
    }

    private static func read(_ rows: [Row]) throws(Fault) -> [Price] {
        var prices: [Price] = []
        for row in rows {
            guard let kind = CallKind(rawValue: try row.text("kind")) else {
                throw Fault(.schema, "a price is for a kind of call that this program does not know")
            }
            prices.append(
                Price(
                    plan: try row.id("plan"), kind: kind, perSecond: try row.money("per_second"),
                    effectiveFrom: try row.time("effective_from")))
        }
        return prices
    }
}
