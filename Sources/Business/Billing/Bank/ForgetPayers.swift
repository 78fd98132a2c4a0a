internal import Basics
internal import Storage

/// What stands where a name was.
private let erased = "***"

/// Erases who paid and what they wrote from a bank statement that is ``BillingLimits/payerDays`` old and of which no line waits any more. Days and
/// amounts stay, and the vouchers – the payments with their references – as long as the books. Returns how many statements were erased; the clock
/// calls it again.
@discardableResult
func forgetPayers(in tx: any Transaction, at now: Timestamp) throws(Fault) -> Int {
    // A statement is erased as a whole, so its first line says whether it was.
    let row = try tx.first(
        """
        SELECT i.id FROM billing_bank_imports i WHERE i.imported_at < $1
            AND (SELECT l.payer FROM billing_bank_lines l WHERE l.origin = i.id ORDER BY l.position LIMIT 1) <> '\(erased)'
            AND NOT EXISTS (SELECT 1 FROM billing_bank_lines l WHERE l.origin = i.id AND l.state IN ('new', 'unmatched'))
        ORDER BY i.imported_at, i.id LIMIT 1
        """, [.time(now.adding(seconds: -BillingLimits.payerDays * 86_400))])
    guard let row else { return 0 }
    let id: BankImportID = try row.id("id")
    let lines = try tx.execute(
        "UPDATE billing_bank_lines SET payer = '\(erased)', reference = '\(erased)' WHERE origin = $1", [.id(id)])
    try appendJournal(
        JournalEntry(
            at: now, actor: "system", action: "bank.payers-erased", subject: "bank-import:\(id)", clause: 1,
            after: journalState(["lines": .number(Int64(lines))])), in: tx)
    return 1
}
