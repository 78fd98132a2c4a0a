internal import Basics
internal import Storage

/// What stands where a name was.
let erasedPayer = "***"

/// Erases who paid and what they wrote from money that was taken in ``BillingLimits/payerDays`` ago and does not wait any more, line by line, whether it
/// came with a statement or through a provider. Days and amounts stay, and the vouchers – the payments with their references – as long as the books. Returns how
/// many lines were erased; the clock calls it again.
@discardableResult
func forgetPayers(in tx: any Transaction, at now: Timestamp) throws(Fault) -> Int {
    let lines = try tx.execute(
        """
        UPDATE billing_bank_lines SET payer = '\(erasedPayer)', sealed_payer = NULL, reference = '\(erasedPayer)' WHERE id IN (
            SELECT id FROM billing_bank_lines
            WHERE payer <> '\(erasedPayer)' AND state IN ('matched', 'set-aside') AND at < $1
            ORDER BY at, id LIMIT \(BillingLimits.payersPerStep))
        """, [.time(now.adding(seconds: -BillingLimits.payerDays * 86_400))])
    guard lines > 0 else { return 0 }
    try appendJournal(
        JournalEntry(
            at: now, actor: "system", action: "bank.payers-erased", subject: "bank-lines", clause: 1,
            after: journalState(["lines": .number(Int64(lines))])), in: tx)
    return lines
}
