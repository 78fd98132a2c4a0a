import Basics
import Billing
import Foundation
import Hummingbird
import Storage

/// The demonstration of a payment provider: its page, and the events that it sends. They are signed as a real provider signs and come in through the
/// same door; only a demo has it.
struct DemoPay: Sendable {
    let parts: WebParts
    let provider: HMACPaymentProvider

    /// What the customer lets happen.
    enum Choice: String, CaseIterable {
        case paid
        case failed
        /// Paid, and taken back by the bank afterwards.
        case bounced

        /// The events that the provider sends one after the other.
        var events: [PaymentEvent.Kind] {
            switch self {
            case .paid: [.paid]
            case .failed: [.failed]
            case .bounced: [.paid, .bounced]
            }
        }
    }

    /// Where an intent is paid.
    static func path(of intent: PaymentIntentID) -> String { "/pay/demo/\(intent)" }

    func add(to router: Router<WebContext>) {
        router.get("pay/demo/{intent}") { request, context in
            let id = try context.parameters.require("intent")
            return try await parts.answer(.demoPay, to: request) { reader in try await page(id, reader) }
        }
    }

    func add(to api: RouterGroup<WebContext>) {
        api.post("demo/payments/{intent}") { request, context in
            try await pay(try context.parameters.require("intent"), request)
        }
    }

    private func page(_ id: String, _ reader: PageReader) async throws -> [String: Any] {
        let intent = try await intent(id)
        let isLate = intent.expiresAt <= reader.now
        let isOpen = intent.state == .requested && !isLate
        let mayBounce = intent.state == .paid
        return [
            "intent": intent.id.rawValue, "amount": intent.amount.formatted, "state": intent.state.rawValue, "isOpen": isOpen,
            "mayBounce": mayBounce, "isOver": !isOpen && !mayBounce,
            "until": reader.text("money.demo.until", ["time": reader.moment(intent.expiresAt)]),
        ]
    }

    private func pay(_ id: String, _ request: Request) async throws -> Response {
        var body = try await parts.body(request)
        guard let choice = Choice(rawValue: try body.text("outcome", atMost: 16)) else {
            throw Fault.field("outcome", "is none of paid, failed, bounced")
        }
        try body.finish()
        let intent = try await intent(id)
        let now = parts.services.clock.now()
        // A second click repeats the events of the first; what is over otherwise begins anew.
        let isRepeat = (intent.state == .paid && choice != .failed) || (intent.state == .failed && choice != .paid)
        guard isRepeat || (intent.state == .requested && intent.expiresAt > now) else {
            throw Fault(.webPaymentOver, "this payment was finished before, or its time is over")
        }
        for kind in choice.events { try await send(kind, intent, at: now) }
        return try JSONBody.response(["next": "/money?payment=\(intent.id)"])
    }

    /// Sends an event as the provider would. Its name is made of the payment, so that it can come twice.
    private func send(_ kind: PaymentEvent.Kind, _ intent: PaymentIntent, at now: Timestamp) async throws {
        let event = JSONValue.members([
            "id": .text("demo-\(intent.id)-\(kind.rawValue)"), "type": .text("payment.\(kind.rawValue)"),
            "reference": .text(intent.id.rawValue), "amountFen": .integer(intent.amount.fen), "currency": .text("CNY"),
        ])
        let bytes = Array(event.rendered.utf8)
        try await parts.takePaymentEvent(
            bytes, headers: [HMACPaymentProvider.signatureHeader: provider.sign(bytes, at: now)], from: provider)
    }

    private func intent(_ text: String) async throws(Fault) -> PaymentIntent {
        let name = provider.name
        return try await parts.services.database.read { tx throws(Fault) in
            guard let id = PaymentIntentID(text), let intent = try paymentIntent(id, in: tx), intent.provider == name else {
                throw Fault(.noPayment, "there is no such payment")
            }
            return intent
        }
    }
}

extension WebParts {
    /// The demonstration's payment provider; nil where this is no demo.
    var demoProvider: HMACPaymentProvider? {
        guard configuration.demo != nil else { return nil }
        return services.paymentProviders.lazy.compactMap { $0 as? HMACPaymentProvider }.first { $0.name == "demo" }
    }
}

extension PageFrame {
    static let demoPay = PageFrame(name: "demo-pay", template: "money/demo", title: "money.titleDemo", audience: .everybody)
}
