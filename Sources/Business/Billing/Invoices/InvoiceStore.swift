internal import Basics
internal import Charging
internal import Orders
internal import Storage

/// The SQL of invoices.
enum InvoiceStore {
    /// Writes invoices of one purpose.
    static func insert(_ invoices: [Invoice], purpose: String, in tx: any Transaction, at now: Timestamp) throws(Fault) {
        try tx.insert(
            into: """
                billing_invoices (id, number, account, purpose, kind, month, issued_on, issued_at, due_on, usage_from, usage_until,
                    rate, suspend_months, terminate_months, net, tax, total, brought_forward, costs, penalty, held, deposit_used, to_pay)
                """,
            invoices.map { row(of: $0, purpose: purpose, at: now) })
        try tx.insert(
            into: """
                billing_invoice_lines (invoice, position, account, subject, charge, charge_key, name_zh, name_en, from_day,
                    through_day, quantity, exact, tax_rate, tax_included, net, tax, unearned)
                """,
            invoices.flatMap { invoice in invoice.lines.enumerated().map { row(of: $1, on: invoice, at: $0) } })
    }

    private static func row(of invoice: Invoice, purpose: String, at now: Timestamp) -> [Value] {
        let statement = invoice.statement
        return [
            .id(invoice.id), .text(invoice.number), .id(invoice.account), .text(purpose), .text(invoice.kind.rawValue),
            .text(invoice.month.description), .day(invoice.issuedOn), .time(now), .day(invoice.due),
            .time(invoice.usageFrom), .time(invoice.usageUntil), .integer(invoice.terms.ratePerMilleThousandths),
            .integer(invoice.terms.monthsUntilSuspension), .integer(invoice.terms.monthsUntilTermination),
            .money(invoice.net), .money(invoice.tax), .money(invoice.total), .money(statement.broughtForward),
            .money(statement.costs), .money(statement.penalty), .money(statement.held), .money(statement.depositUsed),
            .money(statement.toPay),
        ]
    }

    private static func row(of line: InvoiceLine, on invoice: Invoice, at position: Int) -> [Value] {
        let key = line.charge.map { line.subject == .charge(.rent) ? "\($0):\(line.month)" : $0 }
        return [
            .id(invoice.id), .integer(Int64(position)), .id(invoice.account), .text(line.subject.code),
            .optional(line.charge), .optional(key), .optional(line.name?.chinese), .optional(line.name?.english),
            .day(line.from), .day(line.through), .integer(line.quantity), .money(line.exact),
            .integer(line.tax.perMille), .boolean(line.tax.isIncluded), .money(line.amount.net), .money(line.amount.tax),
            .boolean(line.isAhead(of: invoice.month)),
        ]
    }

    /// An invoice that must be there.
    static func existing(_ id: InvoiceID, in tx: any Transaction) throws(Fault) -> Invoice {
        guard let found = try find("id = $1", [.id(id)], in: tx).first else {
            throw Fault(.noInvoice, "there is no such invoice")
        }
        return found
    }

    static func find(_ condition: String, _ values: [Value], limit: Int = 1, in tx: any Transaction) throws(Fault) -> [Invoice] {
        var invoices: [Invoice] = []
        for row in try tx.query(
            "SELECT * FROM billing_invoices WHERE \(condition) ORDER BY issued_at DESC, number DESC LIMIT \(limit)", values)
        {
            let id: InvoiceID = try row.id("id")
            var lines: [InvoiceLine] = []
            for line in try tx.query("SELECT * FROM billing_invoice_lines WHERE invoice = $1 ORDER BY position", [.id(id)]) {
                lines.append(try read(line))
            }
            invoices.append(try read(row, lines))
        }
        return invoices
    }

    /// The invoices of one purpose that accounts have already.
    static func find(_ accounts: [AccountID], purpose: String, in tx: any Transaction) throws(Fault) -> [AccountID: Invoice] {
        let list = AccountList(accounts)
        let rows = try tx.query(
            "SELECT id, account FROM billing_invoices WHERE account IN \(list.places) AND purpose = $\(list.length + 1)",
            list.values() + [.text(purpose)])
        var invoices: [AccountID: Invoice] = [:]
        for row in rows {
            invoices[try row.id("account")] = try find("id = $1", [.text(try row.text("id"))], in: tx).first
        }
        return invoices
    }

    private static func read(_ row: Row, _ lines: [InvoiceLine]) throws(Fault) -> Invoice {
        guard let kind = Invoice.Kind(rawValue: try row.text("kind")), let month = BusinessMonth(try row.text("month")) else {
            throw Fault(.schema, "an invoice has a kind or a month that this program does not know")
        }
        return Invoice(
            id: try row.id("id"), number: try row.text("number"), account: try row.id("account"), kind: kind, month: month,
            issuedOn: try row.day("issued_on"), due: try row.day("due_on"),
            terms: LatePaymentTerms(
                ratePerMilleThousandths: try row.integer("rate"), monthsUntilSuspension: try row.integer("suspend_months"),
                monthsUntilTermination: try row.integer("terminate_months")),
            usageFrom: try row.time("usage_from"), usageUntil: try row.time("usage_until"), lines: lines,
            statement: InvoiceStatement(
                broughtForward: try row.money("brought_forward"), costs: try row.money("costs"),
                penalty: try row.money("penalty"),
                held: try row.money("held"), depositUsed: try row.money("deposit_used"), toPay: try row.money("to_pay")))
    }

    private static func read(_ row: Row) throws(Fault) -> InvoiceLine {
        guard let subject = InvoiceLine.Subject(code: try row.text("subject")) else {
            throw Fault(.schema, "an invoice line is for something that this program does not know")
        }
        let (chinese, english) = (try row.optionalText("name_zh"), try row.optionalText("name_en"))
        return InvoiceLine(
            subject: subject, charge: try row.optionalText("charge"),
            name: chinese.flatMap { chinese in english.map { ChargeName(chinese: chinese, english: $0) } },
            from: try row.day("from_day"), through: try row.day("through_day"), quantity: try row.integer("quantity"),
            exact: try row.money("exact"),
            tax: TaxRule(perMille: try row.integer("tax_rate"), isIncluded: try row.boolean("tax_included")),
            amount: TaxedAmount(net: try row.money("net"), tax: try row.money("tax")))
    }
}

extension InvoiceLine.Subject {
    /// As stored: `usage:video`, `rent`.
    var code: String {
        switch self {
        case .usage(let kind): "usage:\(kind.rawValue)"
        case .charge(let kind): kind.rawValue
        }
    }

    init?(code: String) {
        if code.hasPrefix("usage:"), let kind = CallKind(rawValue: String(code.dropFirst(6))) {
            self = .usage(kind)
        } else if let kind = ChargeKind(rawValue: code) {
            self = .charge(kind)
        } else {
            return nil
        }
    }

    /// Where it is earned.
    var revenue: LedgerAccount {
        switch self {
        case .usage(let kind): .usageRevenue(kind)
        case .charge(let kind): .revenue(kind)
        }
    }
}

extension InvoiceLine {
    /// Whether it is rent for a month that comes after the invoice's month, which is earned only then.
    func isAhead(of month: BusinessMonth) -> Bool { subject == .charge(.rent) && self.month > month }
}
