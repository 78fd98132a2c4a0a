public import Access
public import Basics
internal import Charging
internal import Notices
public import Storage

/// A credit note: so much of a line of an invoice was wrong from the beginning.
public struct CreditNote: Sendable, Equatable {
    /// The number, such as `HZ-2027-000001`.
    public let number: String
    /// The invoice.
    public let invoice: InvoiceID
    /// Which of its lines.
    public let line: Int
    /// Net and tax.
    public let amount: TaxedAmount
    /// The day.
    public let issuedOn: BusinessDate
}

/// Corrects a line of an invoice. An invoice is never changed; penalty and payments are recomputed as if the amount had never been asked for. The
/// same id again returns the first note.
@discardableResult
public func correctInvoice(
    _ id: PaymentID, invoice: InvoiceID, line: Int, amount: Money, reason: String, by act: StaffAct,
    policy: BillingPolicy = .standard, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> CreditNote {
    try act.require(.runBilling)
    try checkReason(reason)
    let found = try InvoiceStore.existing(invoice, in: tx)
    let account = try BilledAccount(found.account, in: tx, at: now, zone: zone, order: policy.order)
    return try account.credit(
        CreditDraft(id: id.rawValue, invoice: found, line: line, amount: amount, dispute: nil, reason: reason, actor: act.actor))
}

/// A credit note that is about to be made.
struct CreditDraft {
    let id: String
    let invoice: Invoice
    let line: Int
    let amount: Money
    let dispute: DisputeID?
    let reason: String
    let actor: String
}

extension BilledAccount {
    /// Makes a credit note and books it and what follows from it.
    func credit(_ draft: CreditDraft) throws(Fault) -> CreditNote {
        if let there = try existing(draft) { return there }
        try checkAmount(draft.amount)
        guard draft.invoice.lines.indices.contains(draft.line) else { throw Fault(.noInvoice, "the invoice has no such line") }
        let line = draft.invoice.lines[draft.line]
        guard try credited(draft.invoice.id, draft.line) + draft.amount <= line.total else {
            throw Fault(.creditTooHigh, "no more can be credited than the line still stands for")
        }
        // The amount is what the customer owes less, so the tax is inside it whatever the rule of the line was.
        let split = TaxRule(perMille: line.tax.perMille).apply(to: draft.amount)
        let note = CreditNote(
            number: try Numbering.next(Numbering.creditNotes, on: today, in: tx), invoice: draft.invoice.id, line: draft.line,
            amount: split, issuedOn: today)
        try insert(note, draft)
        let earned: LedgerAccount = line.isAhead(of: draft.invoice.month) ? .revenue(.rent) : line.subject.revenue
        let entries: [LedgerEntry] = [
            .debit(earned, split.net), .debit(.tax, split.tax), .credit(.receivable(id), split.total),
        ]
        try postTransaction(
            LedgerTransaction(
                id: LedgerTransactionID("credit-note:\(note.number)"), kind: "credit-note",
                subject: "invoice:\(draft.invoice.id)",
                effectiveAt: now, corrects: try booked(draft.invoice.id), entries: entries.filter { $0.amount != .zero }),
            in: tx, at: now)
        let facts = try facts()
        let standing = standing(of: facts, on: today)
        try book(Change(id: "credit-note:\(note.number):settlement", kind: "settlement"), to: standing)
        try follow(standing, facts, by: "system")
        _ = try liftCredit(standing, by: "system")
        try tell(
            .creditNoteIssued, ["note": note.number, "amount": split.total.formatted], key: "credit-note:\(note.number)")
        try appendJournal(
            JournalEntry(
                at: now, actor: draft.actor, action: "credit-note.issued", subject: "account:\(id)",
                clause: draft.dispute == nil ? 5 : 6,
                after: journalState([
                    "number": .text(note.number), "invoice": .text(draft.invoice.number), "line": .number(Int64(draft.line)),
                    "amount": .number(split.total.micros), "reason": .text(draft.reason),
                ])), in: tx)
        return note
    }

    private func existing(_ draft: CreditDraft) throws(Fault) -> CreditNote? {
        guard let row = try tx.first("SELECT * FROM billing_credit_notes WHERE id = $1", [.text(draft.id)]) else { return nil }
        let amount = TaxedAmount(net: try row.money("net"), tax: try row.money("tax"))
        guard try row.text("invoice") == draft.invoice.id.rawValue, try row.integer("line") == Int64(draft.line),
            amount.total == draft.amount
        else { throw Fault(.repeatedDifferently, "the id came before with another line or amount") }
        return CreditNote(
            number: try row.text("number"), invoice: draft.invoice.id, line: draft.line, amount: amount,
            issuedOn: try row.day("issued_on"))
    }

    /// What of a line was credited already.
    func credited(_ invoice: InvoiceID, _ line: Int) throws(Fault) -> Money {
        let row = try tx.first(
            """
            SELECT CAST(COALESCE(SUM(net + tax), 0) AS BIGINT) AS amount FROM billing_credit_notes
            WHERE account = $1 AND invoice = $2 AND line = $3
            """, [.id(id), .id(invoice), .integer(Int64(line))])
        return try row?.money("amount") ?? .zero
    }

    /// The entry that an invoice made, where it made one: an invoice of calls in whole fen without tax has none of its own.
    private func booked(_ invoice: InvoiceID) throws(Fault) -> LedgerTransactionID? {
        let id = LedgerTransactionID("invoice:\(invoice)")
        return try entries(of: id, in: tx).isEmpty ? nil : id
    }

    private func insert(_ note: CreditNote, _ draft: CreditDraft) throws(Fault) {
        try tx.execute(
            """
            INSERT INTO billing_credit_notes (id, number, account, invoice, line, net, tax, dispute, reason, issued_on, issued_at,
                issued_by)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            """,
            [
                .text(draft.id), .text(note.number), .id(id), .id(note.invoice), .integer(Int64(note.line)),
                .money(note.amount.net), .money(note.amount.tax), .optional(draft.dispute), .text(draft.reason),
                .day(note.issuedOn), .time(now), .text(draft.actor),
            ])
    }
}
