import Access
import Agreement
import Basics
import Customers
import Orders
import Storage

/// What the provider offers and its price lists (clause 2): published for a day, never edited.
extension ConsoleSubject {
    static let catalogue = ConsoleSubject(
        key: "catalogue", permission: .publishPrices, icon: "edit",
        columns: ["item", "itemKind", "oneOff", "monthly", "effectiveFrom", "nextPrice", "tax", "offeredUntil"].map {
            ConsoleColumn($0)
        },
        filters: [
            ConsoleFilter(key: "kind", kind: "itemKind", values: CatalogueItem.Kind.allCases.map(\.rawValue)),
            ConsoleFilter(key: "offered", kind: "offered", values: ["yes", "no"]),
        ],
        hasPersonalData: false,
        acts: { _ in [ConsoleOffer(CatalogueActs.add), ConsoleOffer(CatalogueActs.holidays)] },
        rows: { desk, _, tx throws(Fault) in
            let prices = try publishedItemPrices(in: tx)
            return ConsoleRows(try catalogueItems(in: tx).map { row($0, prices, desk) })
        },
        sheet: { desk, id, tx throws(Fault) in
            guard let id = CatalogueItemID(id) else { throw Fault(.webNotFound, "no such item") }
            return try sheet(try catalogueItem(id, in: tx), desk, tx)
        })

    private static func name(_ item: CatalogueItem, _ desk: ConsoleDesk) -> String { desk.words(of: item.name) }

    private static func row(_ item: CatalogueItem, _ prices: [ItemPrice], _ desk: ConsoleDesk) -> ConsoleRow {
        let today = desk.zone.date(of: desk.now)
        let price = itemPriceInForce(prices, item: item.id, on: today)
        let next = prices.filter { $0.item == item.id && $0.effectiveFrom > today }.map(\.effectiveFrom).min()
        let isOffered = price != nil && item.offeredUntil.map { today <= $0 } ?? true
        return ConsoleRow(
            id: item.id.rawValue, link: "/console/catalogue/\(item.id)",
            cells: [
                ConsoleCell(name(item, desk)),
                ConsoleCell(desk.value("itemKind", item.kind.rawValue), value: .text(item.kind.rawValue)),
                price.map { desk.cell($0.oneOff) } ?? .empty, price.map { desk.cell($0.monthly) } ?? .empty,
                desk.cell(price?.effectiveFrom), desk.cell(next), ConsoleCell(tax(item), isFigure: true),
                desk.cell(item.offeredUntil),
            ],
            marks: ["kind": item.kind.rawValue, "offered": isOffered ? "yes" : "no"])
    }

    private static func tax(_ item: CatalogueItem) -> String {
        item.taxPermille % 10 == 0 ? "\(item.taxPermille / 10)%" : "\(item.taxPermille / 10).\(item.taxPermille % 10)%"
    }

    private static func sheet(_ item: CatalogueItem, _ desk: ConsoleDesk, _ tx: any Transaction) throws(Fault) -> ConsoleSheet {
        let today = desk.zone.date(of: desk.now)
        let history = try itemPrices(of: item.id, in: tx).reversed().map { price in
            ConsoleRow(
                id: price.effectiveFrom.description,
                cells: [desk.cell(price.effectiveFrom), desk.cell(price.oneOff), desk.cell(price.monthly)])
        }
        let perSecond = try item.plan.map { plan throws(Fault) in try prices(of: plan, in: tx) } ?? []
        let calls = perSecond.sorted { $0.effectiveFrom > $1.effectiveFrom }.map { price in
            ConsoleRow(
                id: "\(price.kind.rawValue)-\(price.effectiveFrom.milliseconds)",
                cells: [
                    desk.cell(price.effectiveFrom),
                    ConsoleCell(desk.value("callKind", price.kind.rawValue), value: .text(price.kind.rawValue)),
                    ConsoleCell(
                        PlainWords.pricePerMinute(price.perSecond), value: .integer(price.perSecond.micros), isFigure: true),
                ])
        }
        let draft = try draft(in: tx)
        var acts = [
            ConsoleOffer(
                item.kind == .plan ? CatalogueActs.planPrice : CatalogueActs.price, id: item.id.rawValue,
                prefill: ["from": today.adding(days: 1).description], parameters: ["name": name(item, desk)])
        ]
        if item.kind == .plan {
            acts.append(
                ConsoleOffer(
                    CatalogueActs.tariff, id: item.id.rawValue, prefill: ["from": today.adding(days: 1).description],
                    parameters: ["name": name(item, desk)]))
        }
        acts += [
            ConsoleOffer(CatalogueActs.withdraw, id: item.id.rawValue, parameters: ["name": name(item, desk)])
        ]
        if let draft {
            acts.append(
                ConsoleOffer(
                    CatalogueActs.move, id: item.id.rawValue, prefill: ["version": draft.id.rawValue],
                    parameters: ["name": name(item, desk), "number": "\(draft.number)"]))
        }
        return ConsoleSheet(
            title: name(item, desk), lead: desk.words(of: item.description),
            badge: desk.badge("itemKind", item.kind.rawValue), acts: acts,
            sections: [
                ConsoleSection(
                    key: "item",
                    facts: [
                        .init("id", item.id.rawValue), .init("nameZh", item.name.zh), .init("nameEn", item.name.en),
                        .init("descriptionZh", item.description.zh), .init("descriptionEn", item.description.en),
                        .init("tax", tax(item)), .init("offeredUntil", desk.cell(item.offeredUntil)),
                    ]),
                ConsoleSection(key: "prices", table: .init(columns: ["effectiveFrom", "oneOff", "monthly"], rows: history)),
            ]
                + (calls.isEmpty
                    ? []
                    : [
                        ConsoleSection(
                            key: "callPrices", table: .init(columns: ["effectiveFrom", "callKind", "perMinute"], rows: calls))
                    ]) + [try desk.timeline(of: ["item:\(item.id)"], in: tx)])
    }
}

/// What is done to the catalogue.
enum CatalogueActs {
    static let all = [add, price, planPrice, tariff, holidays, withdraw, move]

    static let add = ConsoleAct(
        key: "catalogue.add", permission: .publishPrices, path: "catalogue",
        fields: [
            ActField("id", .line(64)), ActField("kind", .choice("itemKind", CatalogueItem.Kind.allCases.map(\.rawValue))),
            ActField("nameZh", .line(200)), ActField("nameEn", .line(200)),
            ActField("descriptionZh", .text(2000), isOptional: true),
            ActField("descriptionEn", .text(2000), isOptional: true), ActField("taxPermille", .integer(0...1000)),
        ],
        perform: { desk, act, values in
            guard let id = CatalogueItemID(values.text("id")) else { throw Fault.field("id", "is not an id") }
            let item = CatalogueItem(
                id: id, kind: CatalogueItem.Kind(rawValue: values.text("kind")) ?? .service,
                name: Wording(zh: values.text("nameZh"), en: values.text("nameEn")),
                description: Wording(zh: values.text("descriptionZh"), en: values.text("descriptionEn")),
                taxPermille: Int(values.integer("taxPermille") ?? 0))
            try await desk.services.database.write { tx throws(Fault) in
                try addCatalogueItem(item, by: act, in: tx, at: desk.now)
            }
            return ["id": .text(id.rawValue), "next": .text("/console/catalogue/\(id)")]
        })

    private static let amounts = [ActField("oneOff", .money), ActField("monthly", .money), ActField("from", .date)]

    static let price = ConsoleAct(
        key: "catalogue.price", permission: .publishPrices, path: "catalogue/{id}/prices", fields: amounts, isDangerous: true,
        perform: { desk, act, values in try await publish(desk, act, values, terms: nil) })

    static let planPrice = ConsoleAct(
        key: "catalogue.planPrice", permission: .publishPrices, path: "catalogue/{id}/plan-prices",
        fields: amounts + [ActField("videoPerMinute", .money), ActField("audioPerMinute", .money)], isDangerous: true,
        perform: { desk, act, values in
            let perSecond: [CallKind: Money] = [
                .video: try perSecond(values, "videoPerMinute"), .audio: try perSecond(values, "audioPerMinute"),
            ]
            return try await publish(desk, act, values, terms: TariffTerms(perSecond: perSecond))
        })

    static let tariff = ConsoleAct(
        key: "catalogue.tariff", permission: .publishPrices, path: "catalogue/{id}/tariffs",
        fields: amounts + [ActField("tariff", .text(20_000))], isDangerous: true,
        perform: { desk, act, values in
            let terms: TariffTerms
            do throws(Fault) { terms = try TariffTerms(list: values.text("tariff")) } catch {
                throw FieldErrors(errors: [FieldError(field: "tariff", fault: error)])
            }
            return try await publish(desk, act, values, terms: terms)
        })

    static let holidays = ConsoleAct(
        key: "catalogue.holidays", permission: .publishPrices, path: "catalogue-holidays",
        fields: [ActField("days", .text(8_000))],
        isDangerous: true,
        perform: { desk, act, values in
            let words = values.text("days").split { $0.isWhitespace || $0 == "," }
            let days = words.compactMap { BusinessDate(String($0)) }
            guard days.count == words.count else { throw Fault.field("days", "is not a list of dates like 2027-01-01") }
            let new = try await desk.services.database.write { tx throws(Fault) in
                try publishHolidays(days, by: act, in: tx, at: desk.now, zone: desk.zone)
            }
            return ["published": .integer(Int64(new.count))]
        })

    /// Prices are kept by the second and never rounded, so a minute must be sixty of them.
    private static func perSecond(_ values: ActValues, _ name: String) throws -> Money {
        let micros = values.money(name).micros
        guard micros % 60 == 0 else {
            throw FieldErrors(errors: [FieldError(field: name, fault: Fault(.consoleMinute, "a minute is sixty seconds' price"))])
        }
        return Money(micros: micros / 60)
    }

    private static func publish(
        _ desk: ConsoleDesk, _ act: StaffAct, _ values: ActValues, terms: TariffTerms?
    ) async throws -> [String: JSONValue] {
        var change = PublishItemPricesRequest.Change(
            item: try values.identifier(), oneOff: values.money("oneOff"), monthly: values.money("monthly"))
        change.terms = terms
        let from = values.date("from") ?? desk.zone.date(of: desk.now).adding(days: 1)
        let list = PublishItemPricesRequest(changes: [change], effectiveFrom: from)
        try await desk.services.database.write { tx throws(Fault) in
            try publishItemPrices(
                list, by: act, in: tx, at: desk.now, zone: desk.zone)
        }
        return [:]
    }

    static let withdraw = ConsoleAct(
        key: "catalogue.withdraw", permission: .publishPrices, path: "catalogue/{id}/withdraw", fields: [ActField("day", .date)],
        isDangerous: true,
        perform: { desk, act, values in
            let id: CatalogueItemID = try values.identifier()
            let day = values.date("day") ?? desk.zone.date(of: desk.now)
            try await desk.services.database.write { tx throws(Fault) in
                try withdrawCatalogueItem(id, after: day, by: act, in: tx, at: desk.now, zone: desk.zone)
            }
            return [:]
        })

    static let move = ConsoleAct(
        key: "catalogue.move", permission: .publishPrices, path: "catalogue/{id}/move-signed",
        fields: [ActField("version", .hidden)],
        isDangerous: true,
        perform: { desk, act, values in
            guard let version = VersionID(values.text("version")) else { throw Fault.field("version", "is not an id") }
            let id: CatalogueItemID = try values.identifier()
            try await desk.services.database.write { tx throws(Fault) in
                try moveSignedPrices(of: id, with: version, by: act, in: tx, at: desk.now)
            }
            return [:]
        })
}
