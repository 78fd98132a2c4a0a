public import Basics
public import Lines
public import Storage

/// How the cost of a call came about, for its payer's list and behind the invoice: stretches of seconds at a price, free seconds, connect fee.
/// What a call with a price of a second alone cost is in its record; nothing for a call that was not charged.
public func ratedParts(of call: CallID, in tx: any Transaction, zone: BusinessZone) throws(Fault) -> [RatedPart] {
    let stored = try RateStore(tx: tx).parts(of: call)
    guard stored.isEmpty else { return stored }
    let row = try tx.first("SELECT answered_at, seconds, price FROM call_records WHERE call = $1", [.id(call)])
    guard let row else { throw Fault(.noCall, "no such call") }
    guard let answered = try row.optionalTime("answered_at") else { return [] }
    return flatParts(price: try row.money("price"), answered: answered, from: 0, to: try row.integer("seconds"), zone: zone)
}

/// How the costs of calls came about where a tariff is behind them; calls at a price of a second alone are left out.
public func ratedParts(of calls: [CallID], in tx: any Transaction) throws(Fault) -> [CallID: [RatedPart]] {
    var parts: [CallID: [RatedPart]] = [:]
    let size = ChargingLimits.callsPerRead
    // Always as many places, the last call repeated, so that one statement is prepared.
    let places = (1...size).map { "$\($0)" }.joined(separator: ", ")
    for start in stride(from: 0, to: calls.count, by: size) {
        let some = Array(calls[start..<min(start + size, calls.count)])
        let values = some.map { Value.id($0) } + Array(repeating: .id(some[some.count - 1]), count: size - some.count)
        let rows = try tx.query(
            """
            SELECT call, from_second, kind, month, seconds, price, discount FROM call_rates WHERE call IN (\(places))
            ORDER BY call, from_second, seconds
            """, values)
        for row in rows { parts[try row.id("call"), default: []].append(try RateStore.part(row)) }
    }
    return parts.mapValues { joined($0) }
}

/// The parts of charged seconds at one price, by month.
func flatParts(price: Money, answered: Timestamp, from: Int64, to: Int64, zone: BusinessZone) -> [RatedPart] {
    var second = from
    return monthShares(answered: answered, from: from, to: to, zone: zone).map { share in
        defer { second += share.seconds }
        return RatedPart(kind: .seconds, month: share.month, from: second, seconds: share.seconds, price: price)
    }
}

/// The SQL of rated parts, of free seconds and of their holds.
struct RateStore {
    let tx: any Transaction

    func insert(_ part: RatedPart, of call: CallID) throws(Fault) {
        try tx.execute(
            """
            INSERT INTO call_rates (call, from_second, kind, month, seconds, price, discount, amount)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            [
                .id(call), .integer(part.from), .text(part.kind.rawValue), .text(part.month.description), .integer(part.seconds),
                .money(part.price), .integer(part.discountPerMille), .money(part.amount),
            ])
    }

    func parts(of call: CallID) throws(Fault) -> [RatedPart] {
        let rows = try tx.query(
            "SELECT from_second, kind, month, seconds, price, discount FROM call_rates WHERE call = $1 ORDER BY from_second, seconds",
            [.id(call)])
        var parts: [RatedPart] = []
        for row in rows { parts.append(try Self.part(row)) }
        return joined(parts)
    }

    static func part(_ row: Row) throws(Fault) -> RatedPart {
        guard let kind = RatedPart.Kind(rawValue: try row.text("kind")), let month = BusinessMonth(try row.text("month")) else {
            throw Fault(.schema, "a rated part is of a kind or a month that this program does not know")
        }
        return RatedPart(
            kind: kind, month: month, from: try row.integer("from_second"), seconds: try row.integer("seconds"),
            price: try row.money("price"), discountPerMille: try row.integer("discount"))
    }

    // MARK: Free seconds

    /// Free seconds that a month has used and holds back for open calls.
    func free(_ pot: FreePot, in month: BusinessMonth) throws(Fault) -> (used: Int64, held: Int64) {
        let row = try tx.first(
            "SELECT used, held FROM charging_allowances WHERE account = $1 AND plan = $2 AND kind = $3 AND month = $4",
            pot.values + [.text(month.description)])
        return (try row?.integer("used") ?? 0, try row?.integer("held") ?? 0)
    }

    func change(_ pot: FreePot, in month: BusinessMonth, used: Int64, held: Int64) throws(Fault) {
        guard used != 0 || held != 0 else { return }
        guard held >= 0 else {
            // What is returned was held back before, so the row is there.
            try tx.execute(
                """
                UPDATE charging_allowances SET used = used + $5, held = held + $6
                WHERE account = $1 AND plan = $2 AND kind = $3 AND month = $4
                """, pot.values + [.text(month.description), .integer(used), .integer(held)])
            return
        }
        try tx.execute(
            """
            INSERT INTO charging_allowances (account, plan, kind, month, used, held) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (account, plan, kind, month)
            DO UPDATE SET used = charging_allowances.used + $5, held = charging_allowances.held + $6
            """, pot.values + [.text(month.description), .integer(used), .integer(held)])
    }

    /// Free seconds held back for a call, by month.
    func held(for call: CallID) throws(Fault) -> [BusinessMonth: Int64] {
        var held: [BusinessMonth: Int64] = [:]
        for row in try tx.query("SELECT month, seconds FROM charging_free_holds WHERE call = $1", [.id(call)]) {
            guard let month = BusinessMonth(try row.text("month")) else { throw Fault(.schema, "a hold is of an unknown month") }
            held[month] = try row.integer("seconds")
        }
        return held
    }

    func setHeld(_ seconds: Int64, for call: CallID, in month: BusinessMonth) throws(Fault) {
        try tx.execute(
            """
            INSERT INTO charging_free_holds (call, month, seconds) VALUES ($1, $2, $3)
            ON CONFLICT (call, month) DO UPDATE SET seconds = $3
            """, [.id(call), .text(month.description), .integer(seconds)])
    }

    func dropHeld(for call: CallID) throws(Fault) {
        try tx.execute("DELETE FROM charging_free_holds WHERE call = $1", [.id(call)])
    }
}

/// The free seconds that calls of one kind and plan share on an account.
struct FreePot {
    let account: AccountID
    let plan: String
    let kind: String

    var values: [Value] { [.id(account), .text(plan), .text(kind)] }
}
