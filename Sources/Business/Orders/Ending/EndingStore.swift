internal import Agreement
internal import Basics
internal import Customers
internal import Storage

enum EndingStore {
    private static let columns = """
        id, customer, order_id, reason, requested_at, wished_day, state, settling_at, last_day, owed, paid_at, ended_at, withdrawn_at
        """

    /// Those that are over, the latest first.
    static func over(limit: Int, in tx: any Transaction) throws(Fault) -> [Ending] {
        try list(
            "WHERE state = 'ended' OR state = 'withdrawn' ORDER BY COALESCE(ended_at, withdrawn_at) DESC, id LIMIT $1",
            [.integer(Int64(limit))], in: tx)
    }

    /// False when the customer has one that is open, or the id is taken.
    static func insert(_ ending: Ending, in tx: any Transaction) throws(Fault) -> Bool {
        try tx.execute(
            """
            INSERT INTO orders_endings (id, customer, order_id, reason, requested_at, wished_day, state, settling_at, last_day)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT DO NOTHING
            """,
            [
                .id(ending.id), .id(ending.customer), .optional(ending.order), .text(ending.reason.rawValue),
                .time(ending.requestedAt), .day(ending.wished), .text(ending.state.rawValue), .optional(ending.settlingAt),
                .day(ending.lastDay),
            ]) == 1
    }

    static func find(_ id: EndingID, in tx: any Transaction) throws(Fault) -> Ending? {
        try list("WHERE id = $1", [.id(id)], in: tx).first
    }

    static func locked(_ id: EndingID, in tx: any Transaction) throws(Fault) -> Ending {
        guard let ending = try list("WHERE id = $1\(tx.forUpdate)", [.id(id)], in: tx).first else {
            throw Fault(.unknownEnding, "there is no ending \(id)")
        }
        return ending
    }

    static func open(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> Ending? {
        try list(of: customer, in: tx).first(where: \.isOpen)
    }

    static func list(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> [Ending] {
        try list("WHERE customer = $1 ORDER BY requested_at DESC, id", [.id(customer)], in: tx)
    }

    static func list(of customers: [CustomerID], in tx: any Transaction) throws(Fault) -> [Ending] {
        try tx.query(
            about: customers.map(Value.id),
            { "SELECT \(columns) FROM orders_endings WHERE customer IN \($0) ORDER BY requested_at DESC, id" }
        ).map(read)
    }

    static func list(
        in states: [Ending.State], wishedBefore day: BusinessDate?, limit: Int, in tx: any Transaction
    ) throws(Fault) -> [Ending] {
        let names = states.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        let before = day ?? BusinessDate.range.upperBound
        return try list(
            "WHERE state IN (\(names)) AND wished_day < $1 ORDER BY wished_day, id LIMIT $2",
            [.day(before), .integer(Int64(limit))], in: tx)
    }

    static func save(_ ending: Ending, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            """
            UPDATE orders_endings
            SET state = $2, settling_at = $3, last_day = $4, owed = $5, paid_at = $6, ended_at = $7, withdrawn_at = $8, reason = $9
            WHERE id = $1
            """,
            [
                .id(ending.id), .text(ending.state.rawValue), .optional(ending.settlingAt), .day(ending.lastDay),
                .optional(ending.owed?.micros), .optional(ending.paidAt), .optional(ending.endedAt),
                .optional(ending.withdrawnAt), .text(ending.reason.rawValue),
            ])
    }

    private static func list(_ rest: String, _ values: [Value], in tx: any Transaction) throws(Fault) -> [Ending] {
        try tx.query("SELECT \(columns) FROM orders_endings \(rest)", values).map(read)
    }

    private static func read(_ row: Row) throws(Fault) -> Ending {
        guard let state = Ending.State(rawValue: try row.text("state")), let reason = EndReason(rawValue: try row.text("reason"))
        else {
            throw Fault(.schema, "ending \(try row.text("id")) is in a state or of a reason that this program does not know")
        }
        return Ending(
            id: try row.id("id"), customer: try row.id("customer"), order: try row.optionalID("order_id"), reason: reason,
            requestedAt: try row.time("requested_at"), wished: try row.day("wished_day"), state: state,
            lastDay: try row.optionalDay("last_day"), owed: try row.optionalInteger("owed").map(Money.init(micros:)),
            settlingAt: try row.optionalTime("settling_at"), paidAt: try row.optionalTime("paid_at"),
            endedAt: try row.optionalTime("ended_at"), withdrawnAt: try row.optionalTime("withdrawn_at"))
    }
}
