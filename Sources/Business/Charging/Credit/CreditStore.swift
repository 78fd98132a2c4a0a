internal import Basics
internal import Lines
internal import Orders
internal import Storage

/// An open or settled reservation of one call, as stored.
package struct CreditSession: Sendable, Equatable {
    let call: CallID
    let account: AccountID
    /// The price of a second; the list price at the start where there is a tariff.
    let price: Money
    /// The tariff of the call where it is more than a price of a second.
    let tariff: CallTariff?
    let slice: Int64
    var answeredAt: Timestamp?
    var granted: Int64
    var confirmed: Int64
    /// What the confirmed seconds cost.
    var charged = Money.zero
    var reserved: Money
    var expiresAt: Timestamp
    var settledAt: Timestamp?

    /// The end of the last second that was charged; nil before the answer.
    var talkedUntil: Timestamp? { answeredAt?.adding(seconds: confirmed) }
}

/// The SQL of accounts, sessions and operations. The account's row is always locked first, so that all money of one account moves in turn.
struct CreditStore {
    let tx: any Transaction

    func lockAccount(_ id: AccountID) throws(Fault) -> Account {
        try account("id = $1\(tx.forUpdate)", .id(id))
    }

    func account(_ condition: String, _ value: Value) throws(Fault) -> Account {
        let row = try tx.first(
            """
            SELECT id, customer, credit_limit, reserved, opened_at, hold_scope, warned_month, covered_month, covered, charged_month,
                charged
            FROM charging_accounts WHERE \(condition)
            """, [value])
        guard let row else { throw Fault(.noAccount, "no such account") }
        return try account(row)
    }

    private func account(_ row: Row) throws(Fault) -> Account {
        let (covered, charged) = (try row.money("covered"), try row.money("charged"))
        return Account(
            id: try row.id("id"), customer: try row.id("customer"), creditLimit: try row.money("credit_limit"),
            reserved: try row.money("reserved"), openedAt: try row.time("opened_at"),
            holdScope: Hold.Effect(rawValue: try row.text("hold_scope")) ?? .outgoing,
            warnedMonth: try row.optionalText("warned_month").flatMap(BusinessMonth.init),
            covered: try row.optionalText("covered_month").flatMap(BusinessMonth.init).map { ($0, covered) },
            charged: try row.optionalText("charged_month").flatMap(BusinessMonth.init).map { ($0, charged) })
    }

    /// All that a step inside a call needs, in one statement: the session, its account, locked, and whether the operation was done before. Reading again under the lock would show nothing else: writes are serializable, so whoever came between
    /// makes this one run again.
    func open(
        _ call: CallID, _ operation: OperationID?
    ) throws(Fault) -> (session: CreditSession, account: Account, isRepeated: Bool)? {
        let lock = tx.engine == .postgresql ? " FOR UPDATE OF a" : ""
        let row = try tx.first(
            """
            SELECT s.call, s.account, s.price, s.tariff, s.slice, s.answered_at, s.granted, s.confirmed, s.charged AS cost, s.reserved AS held,
                s.expires_at, s.settled_at, a.id, a.customer, a.credit_limit, a.reserved, a.opened_at, a.hold_scope, a.warned_month,
                a.covered_month, a.covered, a.charged_month, a.charged, o.id AS operation
            FROM charging_sessions s JOIN charging_accounts a ON a.id = s.account LEFT JOIN charging_operations o ON o.id = $2
            WHERE s.call = $1\(lock)
            """, [.id(call), .optional(operation)])
        guard let row else { return nil }
        return (try session(row), try account(row), try row.optionalText("operation") != nil)
    }

    /// Locks accounts, in the order of their ids, and reads what Billing said of each.
    func lockCovered(_ ids: [AccountID]) throws(Fault) -> [AccountID: (month: BusinessMonth, amount: Money)?] {
        var covered: [AccountID: (month: BusinessMonth, amount: Money)?] = [:]
        for row in try tx.query(
            about: ids.map(Value.id),
            { "SELECT id, covered_month, covered FROM charging_accounts WHERE id IN \($0) ORDER BY id\(tx.forUpdate)" })
        {
            let amount = try row.money("covered")
            let month = try row.optionalText("covered_month").flatMap(BusinessMonth.init)
            covered.updateValue(month.map { ($0, amount) }, forKey: try row.id("id"))
        }
        return covered
    }

    /// What a month was charged.
    func charged(to account: Account, in month: BusinessMonth) throws(Fault) -> Money {
        guard let latest = account.charged, month <= latest.month else { return .zero }
        guard month < latest.month else { return latest.amount }
        let row = try tx.first(
            "SELECT charged FROM charging_past_usage WHERE account = $1 AND month = $2",
            [.id(account.id), .text(month.description)])
        return try row?.money("charged") ?? .zero
    }

    func position(of account: Account, in month: BusinessMonth) throws(Fault) -> CreditPosition {
        CreditPosition(
            limit: account.creditLimit + (try paidAhead(of: account, in: month)), charged: try charged(to: account, in: month),
            reserved: account.reserved)
    }

    /// What Billing said is paid ahead; in a later month, what the months since then have left of it.
    private func paidAhead(of account: Account, in month: BusinessMonth) throws(Fault) -> Money {
        guard let (since, amount) = account.covered, since <= month else { return .zero }
        guard (since < month) && amount > .zero else { return amount }
        let row = try tx.first(
            """
            SELECT CAST(COALESCE(SUM(charged), 0) AS BIGINT) AS charged FROM charging_usage
            WHERE account = $1 AND month >= $2 AND month < $3
            """, [.id(account.id), .text(since.description), .text(month.description)])
        return max(amount - (try row?.money("charged") ?? .zero), .zero)
    }

    /// Notes that the account was told in a month that its limit is near.
    func setWarned(_ account: AccountID, in month: BusinessMonth) throws(Fault) {
        try tx.post(
            "UPDATE charging_accounts SET warned_month = $2 WHERE id = $1", [.id(account), .text(month.description)])
    }

    /// Writes what an operation holds back and charges into the row of an account that was read under its lock in this transaction.
    func change(
        _ account: Account, reservedBy reserved: Money, charges: [BusinessMonth: Money] = [:]
    ) throws(Fault) {
        let charges = charges.filter { $0.value != .zero }
        guard reserved != .zero || !charges.isEmpty else { return }
        let before = account.charged
        guard let latest = charges.keys.max(), latest >= before?.month ?? latest else {
            for (month, amount) in charges { try addPast(amount, to: account.id, in: month) }
            return try tx.post(
                "UPDATE charging_accounts SET reserved = reserved + $2 WHERE id = $1", [.id(account.id), .money(reserved)])
        }
        for (month, amount) in charges where month != latest { try addPast(amount, to: account.id, in: month) }
        var amount = charges[latest] ?? .zero
        if let before {
            if before.month == latest {
                amount += before.amount
            } else {
                try addPast(before.amount, to: account.id, in: before.month)
            }
        }
        try tx.post(
            "UPDATE charging_accounts SET reserved = reserved + $2, charged_month = $3, charged = $4 WHERE id = $1",
            [.id(account.id), .money(reserved), .text(latest.description), .money(amount)])
    }

    /// Charges a month that is not the account's latest.
    private func addPast(_ amount: Money, to account: AccountID, in month: BusinessMonth) throws(Fault) {
        try tx.post(
            """
            INSERT INTO charging_past_usage (account, month, charged) VALUES ($1, $2, $3)
            ON CONFLICT (account, month) DO UPDATE SET charged = charging_past_usage.charged + $3
            """, [.id(account), .text(month.description), .money(amount)])
    }

    func session(of call: CallID) throws(Fault) -> CreditSession? {
        let row = try tx.first(
            """
            SELECT call, account, price, tariff, slice, answered_at, granted, confirmed, charged AS cost, reserved AS held, expires_at,
                settled_at
            FROM charging_sessions WHERE call = $1
            """, [.id(call)])
        return try row.map { row throws(Fault) in try session(row) }
    }

    private func session(_ row: Row) throws(Fault) -> CreditSession {
        CreditSession(
            call: try row.id("call"), account: try row.id("account"), price: try row.money("price"),
            tariff: try row.optionalText("tariff").map { text throws(Fault) in try CallTariff(stored: text) },
            slice: try row.integer("slice"), answeredAt: try row.optionalTime("answered_at"),
            granted: try row.integer("granted"), confirmed: try row.integer("confirmed"),
            charged: try row.money("cost"), reserved: try row.money("held"),
            expiresAt: try row.time("expires_at"), settledAt: try row.optionalTime("settled_at"))
    }

    func insert(_ session: CreditSession) throws(Fault) {
        try tx.post(
            """
            INSERT INTO charging_sessions
                (call, account, price, slice, answered_at, granted, confirmed, reserved, expires_at, tariff)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """,
            [
                .id(session.call), .id(session.account), .money(session.price), .integer(session.slice),
                .optional(session.answeredAt), .integer(session.granted), .integer(session.confirmed), .money(session.reserved),
                .time(session.expiresAt), .optional(try session.tariff?.text()),
            ])
    }

    func update(_ session: CreditSession) throws(Fault) {
        // While it runs its place in the index of unsettled sessions stays untouched.
        try tx.post(
            """
            UPDATE charging_sessions SET answered_at = $2, granted = $3, confirmed = $4, reserved = $5, expires_at = $6, charged = $7
            WHERE call = $1
            """,
            [
                .id(session.call), .optional(session.answeredAt), .integer(session.granted), .integer(session.confirmed),
                .money(session.reserved), .time(session.expiresAt), .money(session.charged),
            ])
        guard let settledAt = session.settledAt else { return }
        try tx.post("UPDATE charging_sessions SET settled_at = $2 WHERE call = $1", [.id(session.call), .time(settledAt)])
    }

    /// The first answer to an operation, where it was done before; a reused id with another meaning is refused.
    func answer(to id: OperationID, kind: ChargingOperation, call: CallID) throws(Fault) -> CreditGrant? {
        let row = try tx.first(
            """
            SELECT call, kind, used, granted, charged, reserved, available, final, warned, outlook
            FROM charging_operations WHERE id = $1
            """, [.id(id)])
        guard let row else { return nil }
        guard try row.text("kind") == kind.rawValue, try row.text("call") == call.rawValue else {
            throw Fault(.operationReused, "the operation's id was used for another call or step")
        }
        return CreditGrant(
            call: call, grantedSeconds: try row.integer("granted"), usedSeconds: try row.integer("used"),
            charged: try row.money("charged"), reserved: try row.money("reserved"), available: try row.money("available"),
            isFinal: try row.boolean("final"), isLimitNear: try row.boolean("warned"),
            outlook: try row.optionalText("outlook").map { text throws(Fault) in try CreditOutlook(stored: text) })
    }

    func record(_ grant: CreditGrant, _ id: OperationID, kind: ChargingOperation, account: AccountID, at now: Timestamp)
        throws(Fault)
    {
        try tx.post(
            """
            INSERT INTO charging_operations (id, call, account, kind, at, used, granted, charged, reserved, available, final,
                warned, outlook)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            """,
            [
                .id(id), .id(grant.call), .id(account), .text(kind.rawValue), .time(now), .integer(grant.usedSeconds),
                .integer(grant.grantedSeconds), .money(grant.charged), .money(grant.reserved), .money(grant.available),
                .boolean(grant.isFinal), .boolean(grant.isLimitNear), .optional(try grant.outlook?.text()),
            ])
    }
}
