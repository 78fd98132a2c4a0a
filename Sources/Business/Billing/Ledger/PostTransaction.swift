public import Basics
public import Storage

/// Books a transaction. The same one again changes nothing and returns false; another one under the same id is refused.
@discardableResult
public func postTransaction(_ transaction: LedgerTransaction, in tx: any Transaction, at now: Timestamp) throws(Fault) -> Bool {
    try postTransactions([transaction], in: tx, at: now) == 1
}

/// Books transactions, written together; returns how many of them were new.
@discardableResult
func postTransactions(_ transactions: [LedgerTransaction], in tx: any Transaction, at now: Timestamp) throws(Fault) -> Int {
    for transaction in transactions {
        guard isBalanced(transaction.entries) else {
            throw Fault(
                .unbalanced, "a \(transaction.kind) transaction of \(transaction.entries.count) entries does not balance")
        }
    }
    let rows: [[Value]] = transactions.map { transaction in
        [
            .text(transaction.id.rawValue), .text(transaction.kind), .text(transaction.subject), .time(transaction.effectiveAt),
            .time(now), .optional(transaction.corrects?.rawValue),
        ]
    }
    let inserted = try tx.insert(
        into: "ledger_transactions (id, kind, subject, effective_at, recorded_at, corrects)", rows, "ON CONFLICT DO NOTHING")
    var new = transactions
    if inserted < transactions.count {
        new = []
        for transaction in transactions where try isNew(transaction, in: tx) { new.append(transaction) }
    }
    try tx.insert(into: "ledger_entries (transaction_id, position, account, amount)", new.flatMap(\.rows))
    // The sums of the chart's names are brought up to date by whoever has time (`sumLedger`), so that nobody waits for a row of theirs.
    try tx.insert(into: "ledger_unsummed (transaction_id)", new.map { [.text($0.id.rawValue)] })
    return inserted
}

/// Whether a transaction that has its row now has no entries yet; refused where it has others.
private func isNew(_ transaction: LedgerTransaction, in tx: any Transaction) throws(Fault) -> Bool {
    let there = try entries(of: transaction.id, in: tx)
    guard there.isEmpty || there == transaction.entries else {
        throw Fault(.postingReused, "the id of this \(transaction.kind) transaction was used for other entries")
    }
    return there.isEmpty
}

extension LedgerTransaction {
    fileprivate var rows: [[Value]] {
        entries.enumerated().map { position, entry in
            [.text(id.rawValue), .integer(Int64(position)), .text(entry.account.code), .money(entry.amount)]
        }
    }
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
