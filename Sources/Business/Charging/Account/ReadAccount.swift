public import Basics
public import Customers
public import Lines
internal import Orders
public import Storage

/// The account of a customer.
public func account(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> Account {
    try CreditStore(tx: tx).account("customer = $1", .id(customer))
}

/// What an account may still spend at this instant.
public func accountSummary(
    _ id: AccountID, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> AccountSummary {
    let store = CreditStore(tx: tx)
    let account = try store.account("id = $1", .id(id))
    let month = zone.month(of: now)
    let position = try store.position(of: account, in: month)
    let rows = try tx.query(
        "SELECT plan, kind, used FROM charging_allowances WHERE account = $1 AND month = $2 ORDER BY plan, kind",
        [.id(id), .text(month.description)])
    var allowances: [AllowanceUse] = []
    for row in rows {
        guard let kind = UsageKind(rawValue: try row.text("kind")) else { continue }
        allowances.append(AllowanceUse(plan: try row.id("plan"), kind: kind, usedSeconds: try row.integer("used")))
    }
    return AccountSummary(
        account: id, month: month, creditLimit: account.creditLimit, used: position.charged, reserved: account.reserved,
        available: max(position.available, .zero), paidAhead: position.limit - account.creditLimit, holdScope: account.holdScope,
        isWarned: account.warnedMonth == month, allowances: allowances)
}

/// What a `credit` hold takes away from the account's lines, by the customer's choice.
public func creditHoldScope(of id: AccountID, in tx: any Transaction) throws(Fault) -> Hold.Effect {
    try CreditStore(tx: tx).account("id = $1", .id(id)).holdScope
}
