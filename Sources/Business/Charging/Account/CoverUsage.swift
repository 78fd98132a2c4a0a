public import Basics
public import Storage

/// Lets money that the customer has paid ahead count for usage from a month on: so much more than the credit limit may be used. Billing says how
/// much whenever it changes; in later months what is left of it counts until Billing says something else.
public func coverUsage(
    of id: AccountID, in month: BusinessMonth, paidAhead: Money, in tx: any Transaction
) throws(Fault) {
    let account = try CreditStore(tx: tx).lockAccount(id)
    let amount = max(paidAhead, .zero)
    if let covered = account.covered, covered == (month, amount) { return }
    guard account.covered != nil || amount > .zero else { return }
    try tx.execute(
        "UPDATE charging_accounts SET covered_month = $2, covered = $3 WHERE id = $1",
        [.id(id), .text(month.description), .money(amount)])
}
