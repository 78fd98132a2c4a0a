import Agreement
import Basics
import Customers
import Hummingbird
import Orders
import Storage

/// What is offered, with its prices (clause 2): open to everybody.
struct CatalogueAPI: Sendable {
    let parts: WebParts

    private struct Words: Encodable {
        var zh: String
        var en: String

        init(_ wording: Wording) {
            zh = wording.zh
            en = wording.en
        }
    }

    private struct Item: Encodable {
        var id: String
        var kind: String
        var name: Words
        var description: Words
        var taxPermille: Int
        var oneOff: Int64
        var monthly: Int64
        var effectiveFrom: String
        /// Micro-yuan per second, by kind of call; plans only.
        var perSecond: [String: Int64]?
        /// The tariff of a plan where it is more than prices by the second; amounts are micro-yuan.
        var tariff: TariffTerms?
        /// The same in plain words.
        var tariffWords: [Words]?
    }

    private struct Page: Encodable {
        var currency = "CNY"
        var date: String
        var items: [Item]
    }

    private struct Published: Encodable {
        var item: String
        var effectiveFrom: String
        var oneOff: Int64
        var monthly: Int64
    }

    func add(to api: RouterGroup<WebContext>) {
        api.get("catalogue") { request, _ in try await list(request) }
        api.get("catalogue/prices") { _, _ in try await history() }
    }

    private func list(_ request: Request) async throws -> Response {
        let zone = parts.services.zone
        var day = zone.date(of: parts.services.clock.now())
        if let asked = request.uri.queryParameters["date"] {
            guard let date = BusinessDate(String(asked)) else { throw Fault.field("date", "is not a date like 2026-11-23") }
            day = date
        }
        let chosen = day
        let entries = try await parts.services.database.read { tx throws(Fault) in try catalogue(on: chosen, in: tx, zone: zone) }
        return try JSONBody.response(Page(date: day.description, items: entries.map(Self.item)))
    }

    private static func item(_ entry: CatalogueEntry) -> Item {
        let perSecond = entry.perSecond.reduce(into: [String: Int64]()) { $0[$1.key.rawValue] = $1.value.micros }
        return Item(
            id: entry.item.id.rawValue, kind: entry.item.kind.rawValue, name: Words(entry.item.name),
            description: Words(entry.item.description), taxPermille: entry.item.taxPermille, oneOff: entry.price.oneOff.micros,
            monthly: entry.price.monthly.micros, effectiveFrom: entry.price.effectiveFrom.description,
            perSecond: perSecond.isEmpty ? nil : perSecond, tariff: entry.terms,
            tariffWords: entry.terms?.words.map(Words.init))
    }

    private func history() async throws -> Response {
        let prices = try await parts.services.database.read { tx throws(Fault) in try publishedItemPrices(in: tx) }
        let published = prices.map { price in
            Published(
                item: price.item.rawValue, effectiveFrom: price.effectiveFrom.description, oneOff: price.oneOff.micros,
                monthly: price.monthly.micros)
        }
        return try JSONBody.response(["prices": published])
    }
}
