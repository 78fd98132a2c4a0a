public import Basics
public import Storage

/// Books the opposite of a transaction under a new id and names the old one: the only way in which something booked is taken back. The same
/// one again changes nothing and returns false.
@discardableResult
public func reverseTransaction(
    _ old: LedgerTransactionID, as id: LedgerTransactionID, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Bool {
    let row = try tx.first("SELECT kind, subject FROM ledger_transactions WHERE id = $1", [.text(old.rawValue)])
    guard let row else { throw Fault(.noPosting, "there is no transaction \(old.rawValue) to reverse") }
    let reversed = try entries(of: old, in: tx).map { LedgerEntry(account: $0.account, amount: -$0.amount) }
    return try postTransaction(
        LedgerTransaction(
            id: id, kind: "\(try row.text("kind"))-reversed", subject: try row.text("subject"), effectiveAt: now, corrects: old,
            entries: reversed), in: tx, at: now)
}
