import Basics
import Hummingbird
import Lines
import Orders
import Storage

/// The published prices (clause 2 of the agreement): open to everybody.
struct PricesAPI: Sendable {
    let parts: WebParts

    private struct Item: Encodable {
        var plan: String
        var kind: String
        var perSecond: Int64
        var effectiveFrom: Int64
    }

    private struct Page: Encodable {
        var currency = "CNY"
        /// Micro-yuan per second of the standard plan, by kind of call.
        var inForce: [String: Int64]
        var published: [Item]
        var emergencyNumbers: [String]
    }

    func add(to api: RouterGroup<WebContext>) {
        api.get("prices") { _, _ in try await list() }
    }

    private func list() async throws -> Response {
        let published = try await parts.services.database.read { tx throws(Fault) in try publishedPrices(in: tx) }
        let inForce = parts.pricesInForce(published)
        let items = published.map { price in
            Item(
                plan: price.plan.rawValue, kind: price.kind.rawValue, perSecond: price.perSecond.micros,
                effectiveFrom: price.effectiveFrom.milliseconds)
        }
        return try JSONBody.response(
            Page(
                inForce: inForce.reduce(into: [:]) { $0[$1.key.rawValue] = $1.value.perSecond.micros }, published: items,
                emergencyNumbers: EmergencyNumbers.all.map(\.digits)))
    }
}

extension WebParts {
    /// The prices of the standard plan that are in force now.
    func pricesInForce(_ published: [Price]) -> [CallKind: Price] {
        let now = services.clock.now()
        return CallKind.allCases.reduce(into: [:]) { found, kind in
            found[kind] = priceInForce(published, plan: Plan.standardID, kind: kind, at: now)
        }
    }
}
