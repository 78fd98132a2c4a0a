public import Basics
public import Storage

/// Changes the limit that the customer chose. What is charged or reserved already stays; less than that leaves nothing available.
@discardableResult
public func changeCreditLimit(
    of id: AccountID, to limit: Money, by actor: String, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Account {
    try checkCreditLimit(limit)
    let account = try CreditStore(tx: tx).lockAccount(id)
    guard account.creditLimit != limit else { return account }
    try tx.execute("UPDATE charging_accounts SET credit_limit = $2 WHERE id = $1", [.id(id), .money(limit)])
    try appendJournal(
        JournalEntry(
            at: now, actor: actor, action: "account.credit-limit-changed", subject: "account:\(id)", clause: 9,
            before: #"{"creditLimit":\#(account.creditLimit.micros)}"#, after: #"{"creditLimit":\#(limit.micros)}"#), in: tx)
    return try CreditStore(tx: tx).account("id = $1", .id(id))
}
