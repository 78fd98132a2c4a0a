public import Basics
public import Storage

/// Lets money that the customer has paid ahead count for usage from a month on: so much more than the credit limit may be used. Billing says how
/// much whenever it changes; in later months what is left of it counts until Billing says something else.
public func coverUsage(
    of id: AccountID, in month: BusinessMonth, paidAhead: Money, in tx: any Transaction
) throws(Fault) {
    try coverUsage([(account: id, paidAhead: paidAhead)], in: month, in: tx)
}

/// The same for accounts together.
public func coverUsage(
    _ accounts: [(account: AccountID, paidAhead: Money)], in month: BusinessMonth, in tx: any Transaction
) throws(Fault) {
    let covered = try CreditStore(tx: tx).lockCovered(accounts.map(\.account))
    for (id, paidAhead) in accounts {
        guard let before = covered[id] else { throw Fault(.noAccount, "no such account") }
        let amount = max(paidAhead, .zero)
        if let before, before == (month, amount) { continue }
        guard before != nil || amount > .zero else { continue }
        try tx.execute(
            "UPDATE charging_accounts SET covered_month = $2, covered = $3 WHERE id = $1",
            [.id(id), .text(month.description), .money(amount)])
    }
}
