internal import Agreement
public import Basics
internal import Charging
internal import Customers
public import Storage

/// The document of an invoice as HTML, complete in itself, in Chinese and English: its lines with tax, the account on that day, the credit notes that
/// have corrected it since, and how to pay.
public func invoiceDocument(_ invoice: Invoice, in tx: any Transaction, zone: BusinessZone) throws(Fault) -> String {
    let row = try tx.first("SELECT customer FROM charging_accounts WHERE id = $1", [.id(invoice.account)])
    guard let id: CustomerID = try row?.id("customer") else { throw Fault(.noAccount, "no such account") }
    let customer = try customer(id, in: tx)
    var terms = try agreementFacts(of: id, in: tx, zone: zone).flatMap { termsInForce(facts: $0, on: invoice.issuedOn)?.terms }
    if terms == nil { terms = try currentVersion(in: tx)?.terms }
    let provider = terms?.provider
    return invoiceHTML(
        invoice,
        between: InvoiceParties(
            provider: (provider?.name ?? "", provider?.address ?? "", provider?.phone ?? "", provider?.uscc ?? ""),
            customer: "\(customer.name.text)（\(customer.id)）", agreement: try agreement(of: id, in: tx)?.number),
        credits: try creditNotes(on: invoice.id, in: tx))
}

/// The credit notes that correct an invoice, the first first.
public func creditNotes(on invoice: InvoiceID, in tx: any Transaction) throws(Fault) -> [CreditNote] {
    var notes: [CreditNote] = []
    for row in try tx.query(
        """
        SELECT c.number, c.line, c.net, c.tax, c.issued_on
        FROM billing_invoices i JOIN billing_credit_notes c ON c.account = i.account AND c.invoice = i.id
        WHERE i.id = $1 ORDER BY c.issued_at, c.number
        """, [.id(invoice)])
    {
        notes.append(
            CreditNote(
                number: try row.text("number"), invoice: invoice, line: Int(try row.integer("line")),
                amount: TaxedAmount(net: try row.money("net"), tax: try row.money("tax")), issuedOn: try row.day("issued_on")))
    }
    return notes
}
