internal import Basics
internal import Storage

/// Terms that are more than a price of a second, as published and as signed, and the holidays.
enum TariffStore {
    static func insert(
        _ terms: TariffTerms, of plan: PlanID, from start: Timestamp, in tx: any Transaction
    ) throws(Fault) {
        try tx.execute(
            "INSERT INTO orders_tariffs (plan, effective_from, terms) VALUES ($1, $2, $3)",
            [.id(plan), .time(start), .text(try storedText(terms))])
    }

    static func terms(of plan: PlanID, in tx: any Transaction) throws(Fault) -> [Timestamp: TariffTerms] {
        var terms: [Timestamp: TariffTerms] = [:]
        for row in try tx.query("SELECT effective_from, terms FROM orders_tariffs WHERE plan = $1", [.id(plan)]) {
            terms[try row.time("effective_from")] = try fromStoredText(try row.text("terms"))
        }
        return terms
    }

    static func sign(_ terms: TariffTerms, order: OrderID, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            "INSERT INTO orders_order_tariffs (order_id, terms) VALUES ($1, $2)", [.id(order), .text(try storedText(terms))])
    }

    static func signed(_ order: OrderID, in tx: any Transaction) throws(Fault) -> TariffTerms? {
        try signed(OrderIDPage([order]), in: tx)[order]
    }

    static func signed(_ page: OrderIDPage, in tx: any Transaction) throws(Fault) -> [OrderID: TariffTerms] {
        var terms: [OrderID: TariffTerms] = [:]
        let rows = try tx.query(
            "SELECT order_id, terms FROM orders_order_tariffs WHERE order_id IN (\(page.places))", page.values)
        for row in rows { terms[try row.id("order_id")] = try fromStoredText(try row.text("terms")) }
        return terms
    }

    /// False when the day is one already.
    static func insert(holiday day: BusinessDate, by actor: String, in tx: any Transaction, at now: Timestamp) throws(Fault)
        -> Bool
    {
        try tx.execute(
            "INSERT INTO orders_holidays (day, published_at, published_by) VALUES ($1, $2, $3) ON CONFLICT (day) DO NOTHING",
            [.day(day), .time(now), .text(actor)]) == 1
    }

    static func holidays(from first: BusinessDate, through last: BusinessDate, in tx: any Transaction) throws(Fault) -> Set<
        BusinessDate
    > {
        var days: Set<BusinessDate> = []
        let rows = try tx.query("SELECT day FROM orders_holidays WHERE day >= $1 AND day <= $2", [.day(first), .day(last)])
        for row in rows { days.insert(try row.day("day")) }
        return days
    }
}
