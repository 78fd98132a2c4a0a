import Basics
import Customers
import Hummingbird
import Orders
import Storage

/// The public page of services and prices (clause 2): what is offered today, what will cost something else from when, and every price
/// there ever was.
struct ServicesPage: Sendable {
    let parts: WebParts

    func add(to router: Router<WebContext>) {
        router.get("services") { request, _ in
            try await parts.answer(.services, to: request) { reader in try await model(reader) }
        }
    }

    private func model(_ reader: PageReader) async throws -> [String: Any] {
        let zone = reader.zone
        let book = try await parts.services.database.read { tx throws(Fault) in
            PriceBook(
                entries: try catalogue(on: reader.today, in: tx, zone: zone), items: try catalogueItems(in: tx),
                itemPrices: try publishedItemPrices(in: tx), callPrices: try publishedPrices(in: tx), reader: reader)
        }
        return book.model
    }
}

/// The published prices, put together for one reader.
struct PriceBook {
    let entries: [CatalogueEntry]
    let items: [CatalogueItem]
    let itemPrices: [ItemPrice]
    let callPrices: [Price]
    let reader: PageReader

    var model: [String: Any] {
        let (terminals, addOns) = (rows([.terminalSale, .terminalRent]), rows([.addOn, .service]))
        let standard = entries.first { $0.item.id == StandardCatalogue.standard } ?? entries.first { $0.item.kind == .plan }
        let rates = CallKind.allCases.map { kind in standard?.perSecond[kind].map(PlainWords.pricePerMinute) ?? "–" }
        return [
            "servicesLine": reader.text("services.line", ["video": rates[0], "audio": rates[1]]),
            "plans": rows([.plan]), "terminals": terminals, "addOns": addOns, "hasTerminals": !terminals.isEmpty,
            "hasAddOns": !addOns.isEmpty, "history": history,
        ]
    }

    private func rows(_ kinds: Set<CatalogueItem.Kind>) -> [[String: Any]] {
        entries.filter { kinds.contains($0.item.kind) }.map { entry in
            [
                "id": entry.item.id.rawValue, "name": reader.say(entry.item.name),
                "description": reader.say(entry.item.description),
                "oneOff": amount(entry.price.oneOff), "monthly": amount(entry.price.monthly),
                "video": entry.perSecond[.video].map(PlainWords.pricePerMinute) ?? "–",
                "audio": entry.perSecond[.audio].map(PlainWords.pricePerMinute) ?? "–",
                "since": reader.day(entry.price.effectiveFrom), "next": next(entry.item),
                "terms": (entry.terms?.words ?? []).map { ["line": reader.say($0)] }, "hasTerms": entry.terms != nil,
            ]
        }
    }

    private func amount(_ money: Money) -> String { money > .zero ? money.formatted : "–" }

    /// What is published for a later day.
    private func next(_ item: CatalogueItem) -> String {
        var coming = itemPrices.filter { $0.item == item.id && $0.effectiveFrom > reader.today }
            .map { (day: $0.effectiveFrom, words: reader.price(oneOff: $0.oneOff, monthly: $0.monthly)) }
        if let plan = item.plan {
            coming += callPrices.filter { $0.plan == plan && $0.effectiveFrom > reader.now }.map { price in
                (reader.zone.date(of: price.effectiveFrom), call(price))
            }
        }
        guard !coming.isEmpty else { return "–" }
        return coming.sorted { $0.day < $1.day }
            .map { reader.text("services.nextPrice", ["date": reader.day($0.day), "price": $0.words]) }
            .joined(separator: reader.language == .chinese ? "；" : "; ")
    }

    private func call(_ price: Price) -> String {
        let kind = reader.text(price.kind == .video ? "landing.video" : "landing.audio")
        return "\(kind) \(reader.text("services.perMinute", ["price": PlainWords.pricePerMinute(price.perSecond)]))"
    }

    // MARK: History

    private struct Entry {
        let from: BusinessDate
        let name: String
        let price: String
        let state: String
    }

    private var history: [[String: Any]] {
        let named = Dictionary(items.map { ($0.id.rawValue, reader.say($0.name)) }) { first, _ in first }
        let items = itemPrices.map { price in
            Entry(
                from: price.effectiveFrom, name: named[price.item.rawValue] ?? price.item.rawValue,
                price: reader.price(oneOff: price.oneOff, monthly: price.monthly),
                state: state(
                    coming: price.effectiveFrom > reader.today,
                    current: itemPriceInForce(itemPrices, item: price.item, on: reader.today) == price))
        }
        let calls = callPrices.map { price in
            Entry(
                from: reader.zone.date(of: price.effectiveFrom), name: named[price.plan.rawValue] ?? price.plan.rawValue,
                price: call(price),
                state: state(
                    coming: price.effectiveFrom > reader.now,
                    current: priceInForce(callPrices, plan: price.plan, kind: price.kind, at: reader.now) == price))
        }
        return (items + calls).sorted { ($1.from, $0.name, $0.price) < ($0.from, $1.name, $1.price) }.map { entry in
            [
                "from": reader.day(entry.from), "name": entry.name, "price": entry.price,
                "state": reader.text("services.\(entry.state)"), "inForce": entry.state == "inForce",
                "coming": entry.state == "coming",
            ]
        }
    }

    private func state(coming: Bool, current: Bool) -> String { coming ? "coming" : (current ? "inForce" : "past") }
}

extension PageFrame {
    static let services = PageFrame(
        name: "services", template: "services/services", title: "title.services", audience: .everybody)
}
