import Basics
import Billing
import Charging
import Customers
import Hummingbird
import Lines
import Storage

/// Objections to charges (clause 6): raising one, and following it to its answer.
struct DisputePages: Sendable {
    let parts: WebParts

    func add(to router: Router<WebContext>) {
        router.get("money/disputes") { request, _ in
            try await parts.moneyPage(.disputes, request) { reader, account in try await list(reader, account) }
        }
        router.get("money/disputes/new") { request, _ in
            try await parts.moneyPage(.newDispute, request) { reader, account in try await new(reader, account, request) }
        }
        router.get("money/disputes/{id}") { request, context in
            let id = try context.parameters.require("id")
            return try await parts.moneyPage(.dispute, request) { reader, account in try await one(reader, account, id) }
        }
    }

    private func list(_ reader: PageReader, _ account: AccountID) async throws -> [String: Any] {
        let items = try await parts.services.database.read { tx throws(Fault) in
            var models: [DisputeModel] = []
            for dispute in try Billing.disputes(of: account, in: tx) {
                models.append(DisputeModel(dispute: dispute, invoice: try invoice(dispute.invoice, in: tx), reader: reader))
            }
            return models
        }.map(\.item)
        return ["disputes": items, "hasDisputes": !items.isEmpty]
    }

    private func new(_ reader: PageReader, _ account: AccountID, _ request: Request) async throws -> [String: Any] {
        let query = request.uri.queryParameters
        let number = query["invoice"].map(String.init) ?? ""
        let (line, call) = (query["line"].map(String.init), query["call"].map(String.init))
        return try await parts.services.database.read { tx throws(Fault) in
            let invoice = try Billing.invoice(numbered: number, of: account, in: tx)
            let standing = try owed(by: account, on: reader.today, in: tx, at: reader.now, zone: reader.zone).standing
            return try DisputeDraft(invoice: invoice, line: line, call: call, standing: standing, reader: reader, in: tx)
        }.model
    }

    private func one(_ reader: PageReader, _ account: AccountID, _ id: String) async throws -> [String: Any] {
        try await parts.services.database.read { tx throws(Fault) in
            let dispute = try ownDispute(id, of: account, in: tx)
            return DisputeModel(dispute: dispute, invoice: try invoice(dispute.invoice, in: tx), reader: reader)
        }.page
    }
}

/// A dispute of an account; another customer's is none.
func ownDispute(_ id: String, of account: AccountID, in tx: any Transaction) throws(Fault) -> Dispute {
    guard let id = DisputeID(id), let dispute = try dispute(id, in: tx), dispute.account == account else {
        throw Fault(.noDispute, "the account has no such dispute")
    }
    return dispute
}

/// A charge that somebody is about to object to.
struct DisputeDraft: Sendable {
    let invoice: Invoice
    let subject: Dispute.Subject
    /// What it is called, and how much is asked for it.
    let name: String
    let amount: Money
    let reader: PageReader

    /// Reads what the address names: a line by its number on the invoice, a call, or the penalty.
    init(
        invoice: Invoice, line: String?, call: String?, standing: Standing, reader: PageReader, in tx: any Transaction
    ) throws(Fault) {
        self.invoice = invoice
        self.reader = reader
        if let line {
            let position = try invoice.position(line)
            let credited = try creditNotes(on: invoice.id, in: tx).filter { $0.line == position }
            subject = .line(position)
            name = reader.say(invoice.lines[position].words)
            amount = credited.reduce(invoice.lines[position].total) { $0 - $1.amount.total }
        } else if let call {
            let found = try Self.find(call, on: invoice, in: tx)
            subject = .call(found.call)
            name = reader.text(
                "money.object.call", ["when": reader.moment(found.answeredAt), "number": found.dialled.grouped])
            amount = max(found.cost.roundedToFen, Money(fen: 1))
        } else {
            subject = .penalty
            name = reader.text("money.object.penalty")
            amount = standing.claims.first { $0.claim == invoice.id }?.penalty ?? .zero
        }
    }

    private static func find(_ text: String, on invoice: Invoice, in tx: any Transaction) throws(Fault) -> MonthCall {
        for position in invoice.lines.indices {
            if let call = try calls(behind: position, of: invoice, in: tx).first(where: { $0.call.rawValue == text }) {
                return call
            }
        }
        throw Fault(.noInvoice, "the call is not on this invoice")
    }

    var model: [String: Any] {
        var model: [String: Any] = [
            "id": DisputeID.random().rawValue, "number": invoice.number, "name": name, "amount": amount.formatted,
            "invoiceName": reader.text("money.invoice.name", ["month": reader.month(invoice.month)]),
            "subject": subject.code, "hasAmount": amount > .zero,
        ]
        switch subject {
        case .line(let position): model["lineNumber"] = "\(position + 1)"
        case .call(let call): model["call"] = call.rawValue
        case .penalty: break
        }
        return model
    }
}

extension PageFrame {
    static let disputes = PageFrame(
        name: "money", template: "money/disputes", title: "money.titleDisputes", audience: .customer)
    static let newDispute = PageFrame(
        name: "money", template: "money/object", title: "money.titleDisputes", audience: .customer)
    static let dispute = PageFrame(name: "money", template: "money/dispute", title: "money.titleDisputes", audience: .customer)
}
