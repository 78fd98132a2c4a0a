public import Basics
public import Charging
public import Storage

/// The invoices of an account, newest first. `before` is the number of the last invoice of the page before.
public func invoices(
    of account: AccountID, before number: String? = nil, limit: Int = 12, in tx: any Transaction
) throws(Fault) -> [Invoice] {
    let limit = min(max(limit, 1), BillingLimits.invoicePage)
    guard let number else { return try InvoiceStore.find("account = $1", [.id(account)], limit: limit, in: tx) }
    guard let last = try InvoiceStore.find("account = $1 AND number = $2", [.id(account), .text(number)], in: tx).first else {
        throw Fault(.noInvoice, "the account has no such invoice")
    }
    return try InvoiceStore.find(
        "account = $1 AND (issued_on < $2 OR (issued_on = $2 AND number < $3))",
        [.id(account), .day(last.issuedOn), .text(number)], limit: limit, in: tx)
}

/// An invoice of an account by its number; another customer's is none.
public func invoice(numbered number: String, of account: AccountID, in tx: any Transaction) throws(Fault) -> Invoice {
    guard
        let invoice = try InvoiceStore.find("account = $1 AND number = $2", [.id(account), .text(number)], in: tx).first
    else { throw Fault(.noInvoice, "the account has no such invoice") }
    return invoice
}

/// An invoice by its id; nil where there is none.
public func invoice(_ id: InvoiceID, in tx: any Transaction) throws(Fault) -> Invoice? {
    try InvoiceStore.find("id = $1", [.id(id)], in: tx).first
}

/// The payments and credits of an account, newest first.
public func payments(of account: AccountID, limit: Int = 50, in tx: any Transaction) throws(Fault) -> [Payment] {
    try PaymentStore.list(
        "r.account = $1", [.id(account)], limit: min(max(limit, 1), BillingLimits.invoicePage), in: tx)
}

/// The calls behind a line of an invoice, the first first (电信条例, art. 33: the list is free of charge).
public func calls(behind position: Int, of invoice: Invoice, in tx: any Transaction) throws(Fault) -> [MonthCall] {
    guard invoice.lines.indices.contains(position), case .usage(let kind) = invoice.lines[position].subject else { return [] }
    let rows = try tx.query(
        """
        SELECT c.call, c.kind, c.callee_number, c.answered_at, c.ended_at, c.seconds, c.price, -e.amount AS cost
        FROM ledger_entries r JOIN ledger_transactions t ON t.id = r.transaction_id
            JOIN ledger_entries e ON e.transaction_id = t.id AND e.account = $2
            JOIN call_records c ON t.subject = 'call:' || c.call
        WHERE r.account = $1 AND t.kind = 'usage' AND t.effective_at >= $3 AND t.effective_at < $4
            AND t.id = 'usage:' || c.call || ':' || $5
        ORDER BY c.answered_at, c.call
        """,
        [
            .text(LedgerAccount.receivable(invoice.account).code), .text(LedgerAccount.usageRevenue(kind).code),
            .time(invoice.usageFrom), .time(invoice.usageUntil), .text(invoice.lines[position].month.description),
        ])
    var calls: [MonthCall] = []
    for row in rows { calls.append(try MonthCall(row, invoice: invoice.number)) }
    return calls
}
