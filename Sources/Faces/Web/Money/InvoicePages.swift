import Basics
import Billing
import Charging
import Customers
import Foundation
import Hummingbird
import Storage

/// Invoices: all of them, one of them, the calls behind a line, the document as a page and as PDF, the calls as CSV.
struct InvoicePages: Sendable {
    let parts: WebParts

    func add(to router: Router<WebContext>) {
        router.get("money/invoices") { request, _ in
            try await parts.moneyPage(.invoices, request) { reader, account in try await list(reader, account, request) }
        }
        router.get("money/invoices/{number}/document") { request, context in
            let (account, number) = (try await parts.payer(request).account, try context.parameters.require("number"))
            return WebParts.document(Array(try await parts.invoiceHTML(number, of: account).utf8))
        }
        router.get("money/invoices/{number}/lines/{line}") { request, context in
            let (number, line) = (try context.parameters.require("number"), try context.parameters.require("line"))
            return try await parts.moneyPage(.invoiceCalls, request) { reader, account in
                try await calls(reader, account, number, line)
            }
        }
        router.get("money/invoices/{number}") { request, context in
            let number = try context.parameters.require("number")
            if let file = try await parts.invoiceFile(number, request) { return file }
            return try await parts.moneyPage(.invoice, request) { reader, account in try await one(reader, account, number) }
        }
    }

    private func list(_ reader: PageReader, _ account: AccountID, _ request: Request) async throws -> [String: Any] {
        let before = request.uri.queryParameters["before"].map(String.init)
        let (invoices, owed) = try await parts.services.database.read { tx throws(Fault) in
            (
                try Billing.invoices(of: account, before: before, limit: InvoiceModel.page, in: tx),
                try Billing.owed(by: account, on: reader.today, in: tx, at: reader.now, zone: reader.zone)
            )
        }
        let items = invoices.map { InvoiceModel(invoice: $0, standing: owed.standing, reader: reader).item }
        var model: [String: Any] = [
            "invoices": items, "hasInvoices": !items.isEmpty, "headline": reader.text("money.invoices.title"),
            "firstOn": reader.text("money.invoices.none", ["date": reader.day(reader.today.month.next.first)]),
        ]
        if invoices.count == InvoiceModel.page, let last = invoices.last {
            model["more"] = "/money/invoices?before=\(last.number)"
        }
        return model
    }

    private func one(_ reader: PageReader, _ account: AccountID, _ number: String) async throws -> [String: Any] {
        try await parts.services.database.read { tx throws(Fault) in
            let invoice = try Billing.invoice(numbered: number, of: account, in: tx)
            let owed = try Billing.owed(by: account, on: reader.today, in: tx, at: reader.now, zone: reader.zone)
            return InvoiceModel(
                invoice: invoice, standing: owed.standing, credits: try creditNotes(on: invoice.id, in: tx),
                disputes: try Billing.disputes(of: account, in: tx).filter { $0.invoice == invoice.id }, reader: reader)
        }.model
    }

    private func calls(
        _ reader: PageReader, _ account: AccountID, _ number: String, _ line: String
    ) async throws -> [String: Any] {
        guard let holder = reader.holder else { return [:] }
        let found = try await parts.services.database.read { tx throws(Fault) in
            let invoice = try Billing.invoice(numbered: number, of: account, in: tx)
            let position = try invoice.position(line)
            let calls = try Billing.calls(behind: position, of: invoice, in: tx)
            let parts = try RatedParts.read(of: calls.map(\.call), in: invoice.lines[position].month, tx: tx)
            let names = try CallsOfMonth.names(calls.map(\.dialled), for: holder.customer.id, in: tx)
            return (invoice, position, calls, parts, names)
        }
        let (invoice, position, calls, parts, names) = found
        let rows = calls.map { call in
            var row = CallRow(
                dialled: call.dialled, answeredAt: call.answeredAt, seconds: call.seconds, price: call.pricePerSecond,
                cost: call.cost, parts: parts[call.call] ?? []
            ).model(names, reader)
            row["objection"] = "/money/disputes/new?invoice=\(invoice.number)&call=\(call.call)"
            return row
        }
        return [
            "number": invoice.number, "calls": rows, "hasCalls": !rows.isEmpty,
            "headline": reader.text(
                "money.lineCalls",
                ["name": reader.say(invoice.lines[position].words), "amount": invoice.lines[position].total.formatted]),
        ]
    }
}

extension Invoice {
    /// The place of a line that is named as on the invoice, from 1.
    func position(_ text: String) throws(Fault) -> Int {
        guard let number = Int(text), lines.indices.contains(number - 1) else {
            throw Fault(.noInvoice, "the invoice has no such line")
        }
        return number - 1
    }
}

extension WebParts {
    /// The document of one of the account's own invoices.
    func invoiceHTML(_ number: String, of account: AccountID) async throws(Fault) -> String {
        let zone = services.zone
        return try await services.database.read { tx throws(Fault) in
            try invoiceDocument(invoice(numbered: number, of: account, in: tx), in: tx, zone: zone)
        }
    }

    /// The file that `NUMBER.pdf` or `NUMBER.csv` names; nil for the number alone.
    func invoiceFile(_ name: String, _ request: Request) async throws -> Response? {
        let number = String(name.dropLast(4))
        if name.hasSuffix(".pdf") {
            // Only the account's own invoices are found, so the number can stand in a file's name.
            return try await pdf(try await invoiceHTML(number, of: payer(request).account), named: number)
        }
        guard name.hasSuffix(".csv") else { return nil }
        let (holder, account) = try await payer(request)
        let reader = reader(request, holder)
        let file = try await services.database.read { tx throws(Fault) in
            let invoice = try invoice(numbered: number, of: account, in: tx)
            return try InvoiceCSV(reader: reader).file(of: invoice, in: tx)
        }
        return Self.download(file, type: "text/csv; charset=utf-8", named: "\(number).csv")
    }
}

/// The calls behind an invoice as CSV.
struct InvoiceCSV {
    let reader: PageReader

    func file(of invoice: Invoice, in tx: any Transaction) throws(Fault) -> [UInt8] {
        var rows: [[String]] = []
        for position in invoice.lines.indices {
            let calls = try calls(behind: position, of: invoice, in: tx)
            let parts = try RatedParts.read(of: calls.map(\.call), in: invoice.lines[position].month, tx: tx)
            for call in calls {
                let rated = RatedParts(parts: parts[call.call] ?? [], answeredAt: call.answeredAt, reader: reader)
                rows.append([
                    invoice.number, "\(position + 1)", reader.say(invoice.lines[position].words), iso(call.answeredAt),
                    iso(call.endedAt), call.dialled.digits, "\(call.seconds)", plain(call.pricePerSecond), plain(call.cost),
                    rated.line,
                ])
            }
        }
        let names = ["invoice", "line", "kind", "from", "until", "number", "seconds", "price", "cost", "parts"]
        return CSVText.file(header: names.map { reader.text("money.csv.\($0)") }, rows: rows)
    }

    /// 2026-11-23 14:05:09 in the provider's zone.
    private func iso(_ instant: Timestamp) -> String {
        let clock = reader.zone.clock(of: instant)
        let time = [clock.hour, clock.minute, clock.second].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
        return "\(clock.date) \(time)"
    }

    /// Yuan for a spreadsheet: no sign, no thousands.
    private func plain(_ amount: Money) -> String {
        amount.exactlyFormatted.replacingOccurrences(of: "¥", with: "").replacingOccurrences(of: ",", with: "")
    }
}

extension PageFrame {
    static let invoices = PageFrame(
        name: "money", template: "money/invoices", title: "money.titleInvoices", audience: .customer)
    static let invoice = PageFrame(name: "money", template: "money/invoice", title: "money.titleInvoices", audience: .customer)
    static let invoiceCalls = PageFrame(
        name: "money", template: "money/line", title: "money.titleInvoices", audience: .customer)
}
