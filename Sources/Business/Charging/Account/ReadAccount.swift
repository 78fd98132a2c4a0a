public import Basics
public import Customers
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
    return AccountSummary(
        account: id, month: month, creditLimit: account.creditLimit, used: position.charged, reserved: account.reserved,
        available: max(position.available, .zero))
}
