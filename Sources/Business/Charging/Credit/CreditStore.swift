internal import Basics
internal import Lines
internal import Storage

/// An open or settled reservation of one call, as stored.
package struct CreditSession: Sendable, Equatable {
    let call: CallID
    let account: AccountID
    let price: Money
    let slice: Int64
    var answeredAt: Timestamp?
    var granted: Int64
    var confirmed: Int64
    var reserved: Money
    var expiresAt: Timestamp
    var settledAt: Timestamp?

    /// Seconds granted and not charged yet.
    var unused: Int64 { granted - confirmed }
}

/// The SQL of accounts, sessions and operations. The account's row is always locked first, so that all money of one account moves in turn.
struct CreditStore {
    let tx: any Transaction

    func lockAccount(_ id: AccountID) throws(Fault) -> Account {
        try account("id = $1\(tx.forUpdate)", .id(id))
    }

    func account(_ condition: String, _ value: Value) throws(Fault) -> Account {
        let row = try tx.first(
            "SELECT id, customer, credit_limit, reserved, opened_at FROM charging_accounts WHERE \(condition)", [value])
        guard let row else { throw Fault(.noAccount, "no such account") }
        return Account(
            id: try row.id("id"), customer: try row.id("customer"), creditLimit: try row.money("credit_limit"),
            reserved: try row.money("reserved"), openedAt: try row.time("opened_at"))
    }

    /// What a month was charged, and what of it was paid ahead.
    func usage(of account: AccountID, in month: BusinessMonth) throws(Fault) -> (charged: Money, paidAhead: Money) {
        let row = try tx.first(
            "SELECT charged, paid_ahead FROM charging_usage WHERE account = $1 AND month = $2",
            [.id(account), .text(month.description)])
        guard let row else { return (.zero, .zero) }
        return (try row.money("charged"), try row.money("paid_ahead"))
    }

    func position(of account: Account, in month: BusinessMonth) throws(Fault) -> CreditPosition {
        let usage = try usage(of: account.id, in: month)
        return CreditPosition(limit: account.creditLimit + usage.paidAhead, charged: usage.charged, reserved: account.reserved)
    }

    func addCharge(_ amount: Money, to account: AccountID, in month: BusinessMonth) throws(Fault) {
        guard amount != .zero else { return }
        try tx.execute(
            """
            INSERT INTO charging_usage (account, month, charged) VALUES ($1, $2, $3)
            ON CONFLICT (account, month) DO UPDATE SET charged = charging_usage.charged + $3
            """, [.id(account), .text(month.description), .money(amount)])
    }

    func changeReserved(of account: AccountID, by amount: Money) throws(Fault) {
        guard amount != .zero else { return }
        try tx.execute(
            "UPDATE charging_accounts SET reserved = reserved + $2 WHERE id = $1", [.id(account), .money(amount)])
    }

    func session(of call: CallID) throws(Fault) -> CreditSession? {
        let row = try tx.first(
            """
            SELECT call, account, price, slice, answered_at, granted, confirmed, reserved, expires_at, settled_at
            FROM charging_sessions WHERE call = $1
            """, [.id(call)])
        guard let row else { return nil }
        return CreditSession(
            call: try row.id("call"), account: try row.id("account"), price: try row.money("price"),
            slice: try row.integer("slice"), answeredAt: try row.optionalTime("answered_at"),
            granted: try row.integer("granted"), confirmed: try row.integer("confirmed"), reserved: try row.money("reserved"),
            expiresAt: try row.time("expires_at"), settledAt: try row.optionalTime("settled_at"))
    }

    func insert(_ session: CreditSession) throws(Fault) {
        try tx.execute(
            """
            INSERT INTO charging_sessions (call, account, price, slice, answered_at, granted, confirmed, reserved, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """,
            [
                .id(session.call), .id(session.account), .money(session.price), .integer(session.slice),
                .optional(session.answeredAt), .integer(session.granted), .integer(session.confirmed), .money(session.reserved),
                .time(session.expiresAt),
            ])
    }

    func update(_ session: CreditSession) throws(Fault) {
        try tx.execute(
            """
            UPDATE charging_sessions
            SET answered_at = $2, granted = $3, confirmed = $4, reserved = $5, expires_at = $6, settled_at = $7 WHERE call = $1
            """,
            [
                .id(session.call), .optional(session.answeredAt), .integer(session.granted), .integer(session.confirmed),
                .money(session.reserved), .time(session.expiresAt), .optional(session.settledAt),
            ])
    }

    /// The first answer to an operation, where it was done before; a reused id with another meaning is refused.
    func answer(to id: OperationID, kind: ChargingOperation, call: CallID) throws(Fault) -> CreditGrant? {
        let row = try tx.first(
            """
            SELECT call, kind, used, granted, charged, reserved, available, final FROM charging_operations WHERE id = $1
            """, [.id(id)])
        guard let row else { return nil }
        guard try row.text("kind") == kind.rawValue, try row.text("call") == call.rawValue else {
            throw Fault(.operationReused, "the operation's id was used for another call or step")
        }
        return CreditGrant(
            call: call, grantedSeconds: try row.integer("granted"), usedSeconds: try row.integer("used"),
            charged: try row.money("charged"), reserved: try row.money("reserved"), available: try row.money("available"),
            isFinal: try row.boolean("final"))
    }

    func record(_ grant: CreditGrant, _ id: OperationID, kind: ChargingOperation, account: AccountID, at now: Timestamp)
        throws(Fault)
    {
        try tx.execute(
            """
            INSERT INTO charging_operations (id, call, account, kind, at, used, granted, charged, reserved, available, final)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """,
            [
                .id(id), .id(grant.call), .id(account), .text(kind.rawValue), .time(now), .integer(grant.usedSeconds),
                .integer(grant.grantedSeconds), .money(grant.charged), .money(grant.reserved), .money(grant.available),
                .boolean(grant.isFinal),
            ])
    }
}
