import Basics
import Billing
import Charging
import Hummingbird
import Storage

/// Invoices, what was paid, objections to charges (clauses 5 and 6).
struct InvoicesAPI: Sendable {
    let parts: WebParts

    struct Line: Encodable {
        var name: String
        var from: String
        var through: String
        var quantity: Int64
        var net: Int64
        var tax: Int64
        var total: Int64
        var taxPermille: Int64
    }

    private struct Note: Encodable {
        var number: String
        var line: Int
        var amount: Int64
        var issuedOn: String
    }

    private struct Item: Encodable {
        var number: String
        var kind: String
        var month: String
        var issuedOn: String
        var due: String
        var total: Int64
        /// What of it is unpaid today, without what is in dispute, and its penalty.
        var open: Int64
        var penalty: Int64
        var held: Int64
        var state: String
        var lines: [Line]?
        var creditNotes: [Note]?

        init(_ model: InvoiceModel, whole: Bool) {
            let (invoice, claim) = (model.invoice, model.standing.claims.first { $0.claim == model.invoice.id })
            number = invoice.number
            kind = invoice.kind.rawValue
            month = "\(invoice.month)"
            issuedOn = "\(invoice.issuedOn)"
            due = "\(claim?.due ?? invoice.due)"
            total = invoice.total.micros
            open = claim?.principal.micros ?? 0
            penalty = claim?.penalty.micros ?? 0
            held = claim.map { ($0.held + $0.heldPenalty).micros } ?? 0
            state = model.state.name
            guard whole else { return }
            lines = invoice.lines.map { line in
                Line(
                    name: model.reader.say(line.words), from: "\(line.from)", through: "\(line.through)",
                    quantity: line.quantity,
                    net: line.amount.net.micros, tax: line.amount.tax.micros, total: line.total.micros,
                    taxPermille: line.tax.perMille)
            }
            creditNotes = model.credits.map { note in
                Note(
                    number: note.number, line: note.line + 1, amount: note.amount.total.micros, issuedOn: "\(note.issuedOn)")
            }
        }
    }

    private struct Page: Encodable {
        var invoices: [Item]
        var next: String?
    }

    func add(to api: RouterGroup<WebContext>) {
        api.get("me/invoices") { request, _ in try await list(request) }
        api.get("me/invoices/{number}") { request, context in
            let number = try context.parameters.require("number")
            if let file = try await parts.invoiceFile(number, request) { return file }
            return try await one(number, request)
        }
    }

    private func list(_ request: Request) async throws -> Response {
        let (holder, account) = try await parts.payer(request)
        let reader = parts.reader(request, holder)
        let before = request.uri.queryParameters["before"].map(String.init)
        let items = try await parts.services.database.read { tx throws(Fault) in
            let standing = try owed(by: account, on: reader.today, in: tx, at: reader.now, zone: reader.zone).standing
            return try invoices(of: account, before: before, limit: InvoiceModel.page, in: tx).map { invoice in
                Item(InvoiceModel(invoice: invoice, standing: standing, reader: reader), whole: false)
            }
        }
        return try JSONBody.response(
            Page(invoices: items, next: items.count == InvoiceModel.page ? items.last?.number : nil))
    }

    private func one(_ number: String, _ request: Request) async throws -> Response {
        let (holder, account) = try await parts.payer(request)
        let reader = parts.reader(request, holder)
        let item = try await parts.services.database.read { tx throws(Fault) in
            let invoice = try invoice(numbered: number, of: account, in: tx)
            let standing = try owed(by: account, on: reader.today, in: tx, at: reader.now, zone: reader.zone).standing
            return Item(
                InvoiceModel(
                    invoice: invoice, standing: standing, credits: try Billing.creditNotes(on: invoice.id, in: tx),
                    reader: reader), whole: true)
        }
        return try JSONBody.response(item)
    }
}
