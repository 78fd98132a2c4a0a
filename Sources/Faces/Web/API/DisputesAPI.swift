import Basics
import Billing
import Charging
import Customers
import Hummingbird
import Lines
import Storage

/// Objections to charges (clause 6).
struct DisputesAPI: Sendable {
    let parts: WebParts

    private struct Item: Encodable {
        var id: String
        var invoice: String
        var subject: String
        /// As on the invoice, from 1.
        var line: Int?
        var call: String?
        var amount: Int64
        var text: String
        var state: String
        var raisedOn: String
        var answerDue: String
        var answer: String?
        var credited: Int64
        var decidedOn: String?

        init(_ dispute: Dispute, on invoice: Invoice?) {
            id = dispute.id.rawValue
            self.invoice = invoice?.number ?? ""
            subject = dispute.subject.code
            if case .line(let position) = dispute.subject { line = position + 1 }
            if case .call(let id) = dispute.subject { call = id.rawValue }
            amount = dispute.amount.micros
            text = dispute.text
            state = dispute.state.rawValue
            raisedOn = "\(dispute.raisedOn)"
            answerDue = "\(dispute.answerDue)"
            answer = dispute.explanation
            credited = dispute.credited.micros
            decidedOn = dispute.decidedOn.map { "\($0)" }
        }
    }

    func add(to api: RouterGroup<WebContext>) {
        api.get("me/disputes") { request, _ in try await list(request) }
        api.post("me/disputes") { request, _ in try await raise(request) }
        api.get("me/disputes/{id}") { request, context in try await one(request, context) }
    }

    private func list(_ request: Request) async throws -> Response {
        let account = try await parts.payer(request).account
        let items = try await parts.services.database.read { tx throws(Fault) in
            var items: [Item] = []
            for dispute in try disputes(of: account, in: tx) {
                items.append(Item(dispute, on: try invoice(dispute.invoice, in: tx)))
            }
            return items
        }
        return try JSONBody.response(["disputes": items])
    }

    private func one(_ request: Request, _ context: WebContext) async throws -> Response {
        let account = try await parts.payer(request).account
        let id = try context.parameters.require("id")
        let item = try await parts.services.database.read { tx throws(Fault) in
            let dispute = try ownDispute(id, of: account, in: tx)
            return Item(dispute, on: try invoice(dispute.invoice, in: tx))
        }
        return try JSONBody.response(item)
    }

    private func raise(_ request: Request) async throws -> Response {
        let (holder, account) = try await parts.payer(request)
        var body = try await parts.body(request)
        let id: DisputeID = try body.identifier("id")
        let number = try body.text("invoice", atMost: 64)
        let subject = try Self.subject(&body)
        let amount = try body.optionalMoney("amount")
        let text = try body.text("text", atMost: WebLimits.wordsBytes)
        try body.finish()
        let (now, zone) = (parts.services.clock.now(), parts.services.zone)
        let item = try await parts.services.database.write { tx throws(Fault) in
            let invoice = try invoice(numbered: number, of: account, in: tx)
            let dispute = try raiseDispute(
                DisputeRequest(
                    id: id, account: account, invoice: invoice.id, subject: subject, amount: amount, text: text),
                by: "customer:\(holder.customer.id)", in: tx, at: now, zone: zone)
            return Item(dispute, on: invoice)
        }
        return try JSONBody.response(item, status: .created)
    }

    private static func subject(_ body: inout JSONReader) throws(Fault) -> Dispute.Subject {
        switch try body.text("subject", atMost: 16) {
        case "line":
            let line = try body.integer("line")
            guard (1...Int64(BillingLimits.chargesPerInvoice)).contains(line) else {
                throw Fault.field("line", "is not the number of a line")
            }
            return .line(Int(line) - 1)
        case "call": return .call(try body.identifier("call"))
        case "penalty": return .penalty
        default: throw Fault.field("subject", "is neither line nor call nor penalty")
        }
    }
}
