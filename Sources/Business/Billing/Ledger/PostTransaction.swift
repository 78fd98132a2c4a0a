public import Basics
public import Storage

/// Books a transaction. The same one again changes nothing and returns false; another one under the same id is refused.
@discardableResult
public func postTransaction(_ transaction: LedgerTransaction, in tx: any Transaction, at now: Timestamp) throws(Fault) -> Bool {
    guard isBalanced(transaction.entries) else {
        throw Fault(.unbalanced, "a \(transaction.kind) transaction of \(transaction.entries.count) entries does not balance")
    }
    let inserted = try tx.execute(
        """
        INSERT INTO ledger_transactions (id, kind, subject, effective_at, recorded_at, corrects) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT DO NOTHING
        """,
        [
            .text(transaction.id.rawValue), .text(transaction.kind), .text(transaction.subject), .time(transaction.effectiveAt),
            .time(now), .optional(transaction.corrects?.rawValue),
        ])
    guard inserted == 1 else {
        guard try entries(of: transaction.id, in: tx) == transaction.entries else {
            throw Fault(.postingReused, "the id of this \(transaction.kind) transaction was used for other entries")
        }
        return false
    }
    // One statement for all entries; transactions have few lengths.
    var values: [Value] = [.text(transaction.id.rawValue)]
    var rows: [String] = []
    for (position, entry) in transaction.entries.enumerated() {
        values += [.text(entry.account.code), .money(entry.amount)]
        rows.append("($1, \(position), $\(2 * position + 2), $\(2 * position + 3))")
    }
    try tx.execute(
        "INSERT INTO ledger_entries (transaction_id, position, account, amount) VALUES \(rows.joined(separator: ", "))", values)
    return true
}

/// The entries of a transaction in their order; empty where there is none.
public func entries(of id: LedgerTransactionID, in tx: any Transaction) throws(Fault) -> [LedgerEntry] {
    var entries: [LedgerEntry] = []
    for row in try tx.query(
        "SELECT account, amount FROM ledger_entries WHERE transaction_id = $1 ORDER BY position", [.text(id.rawValue)])
    {
        entries.append(LedgerEntry(account: LedgerAccount(code: try row.text("account")), amount: try row.money("amount")))
    }
    return entries
}

/// The balance of an account, from its entries: positive is a debit balance.
public func balance(of account: LedgerAccount, in tx: any Transaction) throws(Fault) -> Money {
    let row = try tx.first(
        "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) AS balance FROM ledger_entries WHERE account = $1", [.text(account.code)]
    )
    return try row?.money("balance") ?? .zero
}
