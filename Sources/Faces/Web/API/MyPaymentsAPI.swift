import Basics
import Billing
import Charging
import Customers
import Hummingbird
import Storage

/// What a customer pays: through a payment provider that this face can lead to, and what was paid before (clause 5).
struct MyPaymentsAPI: Sendable {
    let parts: WebParts

    private struct Item: Encodable {
        var id: String
        var amount: Int64
        var on: String
        var method: String
        var toPrincipal: Int64
        var toPenalty: Int64
        var toCosts: Int64
        var toDeposit: Int64
        var reversed: Bool

        init(_ payment: Payment) {
            id = payment.id.rawValue
            amount = payment.amount.micros
            on = "\(payment.on)"
            method = payment.method.rawValue
            toPrincipal = payment.toPrincipal.micros
            toPenalty = payment.toPenalty.micros
            toCosts = payment.toCosts.micros
            toDeposit = payment.toDeposit.micros
            reversed = payment.isReversed
        }
    }

    private struct Intent: Encodable {
        var id: String
        var amount: Int64
        var provider: String
        var state: String
        var expiresAt: Int64
        /// Where the customer goes on.
        var next: String

        init(_ intent: PaymentIntent) {
            id = intent.id.rawValue
            amount = intent.amount.micros
            provider = intent.provider
            state = intent.state.rawValue
            expiresAt = intent.expiresAt.milliseconds
            next = DemoPay.path(of: intent.id)
        }
    }

    func add(to api: RouterGroup<WebContext>) {
        api.get("me/payments") { request, _ in try await list(request) }
        api.post("me/payments") { request, _ in try await ask(request) }
        api.get("me/payments/{id}") { request, context in try await one(request, context) }
    }

    private func list(_ request: Request) async throws -> Response {
        let account = try await parts.payer(request).account
        let found = try await parts.services.database.read { tx throws(Fault) in
            try payments(of: account, limit: PayModel.shownPayments, in: tx)
        }
        return try JSONBody.response(["payments": found.map(Item.init)])
    }

    private func ask(_ request: Request) async throws -> Response {
        let account = try await parts.payer(request).account
        var body = try await parts.body(request)
        let id: PaymentIntentID = try body.identifier("id")
        let amount = try body.money("amount")
        try body.finish()
        guard let provider = parts.demoProvider else {
            throw Fault(.webNoPayment, "this service has no payment provider; a bank transfer with the reference works always")
        }
        let now = parts.services.clock.now()
        let intent = try await parts.services.database.write { tx throws(Fault) in
            try requestPayment(id: id, account: account, amount: amount, provider: provider.name, in: tx, at: now)
        }
        return try JSONBody.response(Intent(intent), status: .created)
    }

    private func one(_ request: Request, _ context: WebContext) async throws -> Response {
        let account = try await parts.payer(request).account
        let id = try context.parameters.require("id")
        let intent = try await parts.services.database.read { tx throws(Fault) in
            try ownIntent(id, of: account, in: tx)
        }
        return try JSONBody.response(Intent(intent))
    }
}

/// An intent of an account; another customer's is none.
func ownIntent(_ id: String, of account: AccountID, in tx: any Transaction) throws(Fault) -> PaymentIntent {
    guard let id = PaymentIntentID(id), let intent = try paymentIntent(id, in: tx), intent.account == account else {
        throw Fault(.noPayment, "the account has no such payment")
    }
    return intent
}
