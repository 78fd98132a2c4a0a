import Access
import Basics
import Billing
import Charging
import Storage

/// Invoices: each with its lines, what corrects them and what is still unpaid.
extension ConsoleSubject {
    static let invoices = ConsoleSubject(
        key: "invoices", permission: .viewAccounts, icon: "paper",
        columns: ["invoice", "account", "month", "invoiceKind", "amount", "issuedOn", "dueOn"].map {
            ConsoleColumn($0, isSortable: false)
        },
        rows: { desk, query, tx throws(Fault) in
            let page = try browseInvoices(numbered: query.text.uppercased(), after: query.after, in: tx)
            var rows: [ConsoleRow] = []
            for invoice in page.invoices {
                rows.append(
                    ConsoleRow(
                        id: invoice.id.rawValue, link: "/console/invoices/\(invoice.id)",
                        cells: [
                            ConsoleCell(invoice.number, isFigure: true), try desk.owner(of: invoice.account, in: tx),
                            desk.cell(invoice.month), desk.badge("invoiceKind", invoice.kind.rawValue),
                            desk.cell(invoice.total), desk.cell(invoice.issuedOn), desk.cell(invoice.due),
                        ]))
            }
            return ConsoleRows(rows, paged: .init(next: page.next))
        },
        sheet: { desk, id, tx throws(Fault) in
            guard let id = InvoiceID(id) else { throw Fault(.webNotFound, "no such invoice") }
            return try InvoiceSheet(desk: desk, invoice: try existingInvoice(id, in: tx)).sheet(in: tx)
        })
}

/// One invoice on one page.
private struct InvoiceSheet {
    let desk: ConsoleDesk
    let invoice: Invoice

    func sheet(in tx: any Transaction) throws(Fault) -> ConsoleSheet {
        let owed = try owed(by: invoice.account, on: desk.today, in: tx, at: desk.now, zone: desk.zone)
        let claim = owed.standing.claims.first { $0.claim == invoice.id }
        let unpaid = claim?.principal ?? .zero
        let parameters = ["number": invoice.number]
        var offers = [
            ConsoleOffer(InvoiceActs.correct, id: invoice.id.rawValue, prefill: ["line": "1"], parameters: parameters)
        ]
        if claim?.isOpen == true {
            offers.append(ConsoleOffer(InvoiceActs.writeOff, id: invoice.id.rawValue, parameters: parameters))
        }
        let history = try accountHistory(of: invoice.account, in: tx).filter { $0.invoice == invoice.id }
        let names = try StaffNames(of: history.map(\.by), in: tx)
        return ConsoleSheet(
            title: invoice.number,
            lead: desk.text(
                unpaid == .zero ? "console.invoices.settled" : "console.invoices.unpaid",
                ["total": invoice.total.formatted, "unpaid": unpaid.formatted]),
            badge: badge(claim), acts: offers,
            sections: [
                ConsoleSection(key: "invoice", facts: try facts(claim, in: tx)), linesSection,
                ConsoleSection(
                    key: "corrections",
                    table: .init(
                        columns: ["eventKind", "number", "on", "amount", "words", "actor"],
                        rows: history.map { event in
                            ConsoleRow(
                                id: event.id,
                                cells: [
                                    desk.badge("accountEvent", event.kind.rawValue), ConsoleCell(event.id), desk.cell(event.on),
                                    event.amount == .zero ? .empty : desk.cell(event.amount), ConsoleCell(event.text),
                                    names.cell(event.by, desk),
                                ])
                        })),
            ])
    }

    private func badge(_ claim: ClaimStanding?) -> ConsoleCell {
        guard let claim, claim.isOpen else { return desk.badge("invoiceState", "settled", .good) }
        if claim.principal == .zero, claim.held > .zero { return desk.badge("invoiceState", "held") }
        return claim.due < desk.today ? desk.badge("invoiceState", "late", .bad) : desk.badge("invoiceState", "open", .warn)
    }

    private func facts(_ claim: ClaimStanding?, in tx: any Transaction) throws(Fault) -> [ConsoleSection.Fact] {
        [
            .init("account", try desk.owner(of: invoice.account, in: tx)), .init("month", desk.cell(invoice.month)),
            .init("issuedOn", desk.cell(invoice.issuedOn)), .init("dueOn", desk.cell(claim?.due ?? invoice.due)),
            .init("net", desk.cell(invoice.net)), .init("taxAmount", desk.cell(invoice.tax)),
            .init("amount", desk.cell(invoice.total)), .init("unpaid", desk.cell(claim?.principal ?? .zero)),
            .init("held", desk.cell(claim?.held ?? .zero)), .init("penalty", desk.cell(claim?.penalty ?? .zero)),
            .init("latePaymentRate", "\(Double(invoice.terms.ratePerMilleThousandths) / 1000)‰"),
        ]
    }

    private var linesSection: ConsoleSection {
        let rows = invoice.lines.enumerated().map { number, line in
            ConsoleRow(
                id: "\(number + 1)",
                cells: [
                    desk.cell(number + 1), ConsoleCell(desk.words(of: line), value: .text(line.subject.name)),
                    desk.cell(line.from), desk.cell(line.through), desk.cell(Int(line.quantity)), desk.cell(line.amount.net),
                    desk.cell(line.amount.tax), desk.cell(line.total),
                ])
        }
        return ConsoleSection(
            key: "invoiceLines",
            table: .init(
                columns: ["line", "item", "firstDay", "lastDay", "quantity", "net", "taxAmount", "amount"], rows: rows))
    }
}

/// What staff do to an invoice: nothing is ever changed on it.
enum InvoiceActs {
    static let all = [correct, writeOff]

    private static func account(_ values: ActValues, _ tx: any Transaction) throws(Fault) -> AccountID {
        try existingInvoice(values.identifier(), in: tx).account
    }

    /// A credit note. Lines are counted from one.
    static let correct = ConsoleAct.money(
        "invoices.correct", .runBilling, path: "invoices/{id}/credit-notes",
        fields: [
            ActField("line", .integer(1...Int64(BillingLimits.chargesPerInvoice))), ActField("amount", .money),
            ActField("reason", .line(BillingLimits.referenceBytes)), ActField("id", .once),
        ], isDangerous: true, account: { values, tx throws(Fault) in try account(values, tx) }
    ) { desk, act, values, tx throws(Fault) in
        guard let id = PaymentID(values.text("id")) else { throw Fault.field("id", "is not an id") }
        let note = try correctInvoice(
            id, invoice: try values.identifier(), line: Int((values.integer("line") ?? 0) - 1), amount: values.money("amount"),
            reason: values.text("reason"), by: act, in: tx, at: desk.now, zone: desk.zone)
        return ["number": .text(note.number)]
    }

    static let writeOff = ConsoleAct.money(
        "invoices.writeOff", .runBilling, path: "invoices/{id}/write-off",
        fields: [ActField("reason", .line(BillingLimits.referenceBytes))], isDangerous: true,
        account: { values, tx throws(Fault) in try account(values, tx) }
    ) { desk, act, values, tx throws(Fault) in
        let isNew = try Billing.writeOff(
            try values.identifier(), reason: values.text("reason"), by: act, in: tx, at: desk.now, zone: desk.zone)
        return ["isNew": .bool(isNew)]
    }
}
