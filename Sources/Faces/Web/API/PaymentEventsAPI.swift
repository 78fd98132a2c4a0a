import Basics
import Billing
import Hummingbird
import Logging
import NIOCore
import Storage

/// Where payment providers tell what has happened, as docs/payment-providers.md says: signed, without a session, read as it came.
struct PaymentEventsAPI: Sendable {
    let parts: WebParts
    private let arrivals = RateLimiter(burst: WebLimits.eventBurst, perMinute: WebLimits.eventsPerMinute)

    init(parts: WebParts) { self.parts = parts }

    private struct Answer: Encodable {
        var result: String
        var repeated: Bool
    }

    func add(to api: RouterGroup<WebContext>) {
        api.post("payments/:provider/events") { request, context in
            try await receive(request, context, from: context.parameters.require("provider"))
        }
    }

    /// A provider signs what it sends and has neither page nor cookie: the token of a page protects nothing here.
    static func takes(_ request: Request) -> Bool {
        let path = request.uri.path.split(separator: "/", omittingEmptySubsequences: false)
        return request.method == .post && path.count == 6 && path[..<4].elementsEqual(["", "api", "v1", "payments"])
            && path[5] == "events"
    }

    private func receive(_ request: Request, _ context: WebContext, from name: String) async throws -> Response {
        guard arrivals.allows(context.client(request, behindProxy: parts.configuration.behindProxy)) else {
            throw Fault(.webTooMany, "too many events from one address")
        }
        guard let provider = parts.services.paymentProviders.first(where: { $0.name == name }) else {
            throw Fault(.noProvider, "there is no such payment provider")
        }
        let buffer = try await parts.jsonBytes(request, atMost: BillingLimits.eventBytes)
        let headers = request.headers.reduce(into: [String: String]()) { $0[$1.name.canonicalName] = $1.value }
        let outcome: PaymentEventOutcome
        do throws(Fault) {
            outcome = try await parts.takePaymentEvent(Array(buffer.readableBytesView), headers: headers, from: provider)
        } catch {
            parts.services.logger.warning(
                "a payment event was refused", metadata: ["provider": "\(provider.name)", "code": "\(error.code.rawValue)"])
            throw error
        }
        return try JSONBody.response(Answer(result: outcome.result.rawValue, repeated: !outcome.isNew))
    }
}

extension WebParts {
    /// Takes in what a payment provider says: the proof is checked, then it goes into the books.
    @discardableResult
    func takePaymentEvent(
        _ bytes: [UInt8], headers: [String: String], from provider: any PaymentProvider
    ) async throws(Fault) -> PaymentEventOutcome {
        let (now, zone) = (services.clock.now(), services.zone)
        let event = try provider.read(bytes, headers: headers, at: now)
        return try await services.database.write { tx throws(Fault) in
            try receivePaymentEvent(event, in: tx, at: now, zone: zone)
        }
    }
}
