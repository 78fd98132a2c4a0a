import Basics
import Billing

/// An invoice as its customer reads it: what it asks for, how far it is paid, and what can be looked at or objected to.
struct InvoiceModel {
    let invoice: Invoice
    let standing: Standing
    var credits: [CreditNote] = []
    var disputes: [Dispute] = []
    let reader: PageReader

    /// Invoices on one page.
    static let page = 12

    private var claim: ClaimStanding? { standing.claims.first { $0.claim == invoice.id } }
    /// What is still to be paid of it today, with its penalty.
    private var open: Money { (claim?.principal ?? .zero) + (claim?.penalty ?? .zero) }

    /// Its state: the key of its words and its colour.
    var state: (name: String, tone: String) {
        guard let claim, claim.isOpen else { return ("paid", "good") }
        if claim.principal == .zero, claim.penalty == .zero { return ("held", "warn") }
        return claim.due < reader.today ? ("overdue", "bad") : ("open", "warn")
    }

    /// One line of the list.
    var item: [String: Any] {
        [
            "number": invoice.number, "month": reader.month(invoice.month), "amount": invoice.total.formatted,
            "state": reader.text("money.invoice.state.\(state.name)"), "tone": state.tone,
            "due": reader.text("money.invoice.due", ["date": reader.day(claim?.due ?? invoice.due)]),
        ]
    }

    /// The whole page.
    var model: [String: Any] {
        var model = item
        model["headline"] = reader.text(
            "money.invoice.line", ["month": reader.month(invoice.month), "amount": invoice.total.formatted])
        model["stateName"] = state.name
        model["mayPay"] = open > .zero
        model["open"] = open.formatted
        model["lines"] = invoice.lines.enumerated().map(line)
        model["net"] = invoice.net.formatted
        model["tax"] = invoice.tax.formatted
        model["facts"] = facts
        model["statement"] = statement
        model["toPay"] = invoice.statement.toPay.formatted
        model["credits"] = credits.map { note in
            [
                "number": note.number, "day": reader.day(note.issuedOn), "amount": "-\(note.amount.total.formatted)",
                "line": reader.text("money.invoice.creditLine", ["line": "\(note.line + 1)"]),
            ]
        }
        model["hasCredits"] = !credits.isEmpty
        model["disputes"] = disputes.map { DisputeModel(dispute: $0, invoice: invoice, reader: reader).item }
        model["hasDisputes"] = !disputes.isEmpty
        if let claim, claim.penalty > .zero {
            model["penalty"] = claim.penalty.formatted
            model["penaltyMore"] = PenaltyWords(claim: claim, terms: invoice.terms, reader: reader).sentence
            if !isDisputed(.penalty) { model["penaltyObjection"] = "/money/disputes/new?invoice=\(invoice.number)&penalty=1" }
        }
        return model
    }

    private func line(_ position: Int, _ line: InvoiceLine) -> [String: Any] {
        let place = "/money/invoices/\(invoice.number)"
        var model: [String: Any] = [
            "name": reader.say(line.words), "period": reader.days(line.from, line.through), "amount": line.total.formatted,
            "net": line.amount.net.formatted, "tax": line.amount.tax.formatted, "quantity": quantity(line),
        ]
        if case .usage = line.subject { model["calls"] = "\(place)/lines/\(position + 1)" }
        if !isDisputed(.line(position)) {
            model["objection"] = "/money/disputes/new?invoice=\(invoice.number)&line=\(position + 1)"
        }
        return model
    }

    private func isDisputed(_ subject: Dispute.Subject) -> Bool { disputes.contains { $0.subject == subject } }

    private func quantity(_ line: InvoiceLine) -> String {
        switch line.subject {
        case .usage: reader.text("money.quantity.calls", ["count": "\(line.quantity)"])
        case .charge(.rent): reader.text("money.quantity.days", ["count": "\(line.quantity)"])
        case .charge: reader.text("money.quantity.pieces", ["count": "\(line.quantity)"])
        }
    }

    private var facts: [[String: String]] {
        [
            fact("money.invoice.number", invoice.number), fact("money.invoice.issued", reader.day(invoice.issuedOn)),
            fact("money.invoice.dueDay", reader.day(claim?.due ?? invoice.due)),
        ]
    }

    /// What else stood on the account that day; empty where there was nothing else.
    private var statement: [[String: String]] {
        let statement = invoice.statement
        return [
            ("money.statement.brought", statement.broughtForward), ("money.statement.penalty", statement.penalty),
            ("money.statement.costs", statement.costs), ("money.statement.deposit", -statement.depositUsed),
            ("money.statement.held", statement.held),
        ].filter { $0.1 != .zero }.map { fact($0.0, $0.1.formatted) }
    }

    private func fact(_ key: String, _ value: String) -> [String: String] { ["name": reader.text(key), "value": value] }
}
