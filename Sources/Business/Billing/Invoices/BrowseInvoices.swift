public import Basics
public import Storage

/// A page of invoices of all accounts.
public struct InvoicePage: Sendable, Equatable {
    /// The newest first.
    public let invoices: [Invoice]
    /// The number of the last one, where the next page begins; nil at the end.
    public let next: String?
}

/// A page of all invoices, or of those whose number begins with some text.
public func browseInvoices(
    numbered start: String = "", after number: String? = nil, limit: Int = BillingLimits.accountPage, in tx: any Transaction
) throws(Fault) -> InvoicePage {
    let limit = min(max(limit, 1), BillingLimits.accountPage)
    var (condition, values): (String, [Value]) = ("substr(number, 1, \(start.unicodeScalars.count)) = $1", [.text(start)])
    // A whole number is the usual question; it is answered from the index of numbers.
    if number == nil, !start.isEmpty {
        let exact = try InvoiceStore.find("number = $1", [.text(start)], in: tx)
        if !exact.isEmpty { return InvoicePage(invoices: exact, next: nil) }
    }
    if let number {
        guard let row = try tx.first("SELECT issued_at FROM billing_invoices WHERE number = $1", [.text(number)]) else {
            throw Fault(.placeRefused, "this is no place in the list")
        }
        condition += " AND (issued_at, number) < ($2, $3)"
        values += [.time(try row.time("issued_at")), .text(number)]
    }
    let found = try InvoiceStore.find(condition, values, limit: limit + 1, in: tx)
    return InvoicePage(invoices: Array(found.prefix(limit)), next: found.count > limit ? found[limit - 1].number : nil)
}

/// An invoice by its id.
public func existingInvoice(_ id: InvoiceID, in tx: any Transaction) throws(Fault) -> Invoice {
    try InvoiceStore.existing(id, in: tx)
}
