public import Basics
public import Storage

/// Lets money that the customer has paid ahead count for a month's usage: so much more than the credit limit may be used. Billing says how much
/// whenever it changes; a month of which nothing is said has none.
public func coverUsage(
    of id: AccountID, in month: BusinessMonth, paidAhead: Money, in tx: any Transaction
) throws(Fault) {
    let store = CreditStore(tx: tx)
    _ = try store.lockAccount(id)
    let amount = max(paidAhead, .zero)
    guard try store.usage(of: id, in: month).paidAhead != amount else { return }
    try tx.execute(
        """
        INSERT INTO charging_usage (account, month, charged, paid_ahead) VALUES ($1, $2, 0, $3)
        ON CONFLICT (account, month) DO UPDATE SET paid_ahead = $3
        """, [.id(id), .text(month.description), .money(amount)])
}
