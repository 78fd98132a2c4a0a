import Access
import Agreement
import Basics
import Orders
import Storage
import StorageTestSupport
import Testing

@Suite("The catalogue, on both engines")
struct CatalogueTests {
    @Test func aNewProviderStartsWithOffersInBothLanguagesAndTheirTax() async throws {
        try await Shop.open { shop in
            let entries = try await shop.read { tx throws(Fault) in
                try catalogue(on: shanghai.date(of: noon), in: tx, zone: shanghai)
            }
            #expect(entries.map(\.item.kind) == entries.map(\.item.kind).sorted { a, b in rank(a) < rank(b) })
            let byID = Dictionary(uniqueKeysWithValues: entries.map { ($0.item.id, $0) })
            #expect(byID.count == 9)
            for entry in entries {
                #expect(!entry.item.name.zh.isEmpty && !entry.item.name.en.isEmpty && !entry.item.description.en.isEmpty)
                #expect((entry.item.kind == .plan) == (entry.perSecond.count == 2))
            }
            #expect(byID[StandardCatalogue.standard]?.price.monthly == Money(yuan: 10))
            #expect(byID[StandardCatalogue.standard]?.perSecond[.video] == Money(micros: 5_000))
            #expect(byID[StandardCatalogue.terminalSale]?.item.taxPermille == 130)
            #expect(byID[StandardCatalogue.installation]?.item.taxPermille == 90)
            #expect(byID[StandardCatalogue.family]?.item.taxPermille == 60)
            // Another start changes nothing.
            let later = noon.adding(seconds: 86_400)
            try await shop.write { tx throws(Fault) in try ensureStandardCatalogue(in: tx, at: later, zone: shanghai) }
            #expect(try await shop.count("orders_item_prices") == 9)
            #expect(try await shop.count("orders_items") == 9)
        }
    }

    /// A list for 29 February 2028: it begins at midnight in Shanghai, 16:00 UTC on the 28th.
    @Test func aListForTheLeapDayBeginsWithTheLeapDay() async throws {
        try await Shop.open(since: at("2028-02-01T04:00:00Z")) { shop in
            try await shop.publish(
                StandardCatalogue.family, monthly: 39, video: 4_000, from: day("2028-02-29"), at: at("2028-02-10T04:00:00Z"))
            for (date, monthly, video) in [("2028-02-28", 29, 3_000), ("2028-02-29", 39, 4_000), ("2028-03-01", 39, 4_000)] {
                let entry = try await shop.read { tx throws(Fault) in
                    try catalogueEntry(StandardCatalogue.family, on: day(date), in: tx, zone: shanghai)
                }
                #expect(entry.price.monthly == Money(yuan: Int64(monthly)), "\(date)")
                #expect(entry.perSecond[.video] == Money(micros: Int64(video)), "\(date)")
            }
            let published = try await shop.read { tx throws(Fault) in try prices(of: PlanID(trusted: "family"), in: tx) }
            #expect(published.last?.effectiveFrom == at("2028-02-28T16:00:00Z"))
        }
    }

    @Test func whatIsPublishedIsNeverEditedAndNeverForYesterday() async throws {
        try await Shop.open { shop in
            let today = shanghai.date(of: noon)
            let family = StandardCatalogue.family
            for when in [today, today.adding(days: -1)] {
                await #expect(throws: Fault(.priceInThePast, "")) {
                    try await shop.publish(family, monthly: 1, from: when, at: noon)
                }
            }
            try await shop.publish(family, monthly: 35, from: today.adding(days: 1), at: noon)
            await #expect(throws: Fault(.pricePublished, "")) {
                try await shop.publish(family, monthly: 1, from: today.adding(days: 1), at: noon)
            }
            await #expect(throws: Fault(.impossiblePrice, "")) {
                try await shop.publish(family, monthly: -1, from: today.adding(days: 2), at: noon)
            }
            await #expect(throws: Fault(.unknownItem, "")) {
                try await shop.publish(CatalogueItemID(trusted: "gold"), monthly: 1, from: today.adding(days: 2), at: noon)
            }
            await #expect(throws: Fault(.appendOnly, "")) {
                try await shop.write { tx throws(Fault) in try tx.execute("UPDATE orders_item_prices SET monthly = 0") }
            }
            let history = try await shop.read { tx throws(Fault) in try itemPrices(of: family, in: tx) }
            #expect(history.map(\.monthly) == [Money(yuan: 29), Money(yuan: 35)])
        }
    }

    @Test func anOfferOfTheProvidersOwnIsAddedPricedAndWithdrawn() async throws {
        try await Shop.open { shop in
            let item = CatalogueItem(
                id: CatalogueItemID(trusted: "care"), kind: .addOn, name: Wording(zh: "每日问候", en: "Daily greeting"),
                description: Wording(zh: "", en: ""), taxPermille: 60)
            let act = try StaffAct(staff: StaffID(trusted: "b1"), roles: [.billing], purpose: "new offer")
            let today = shanghai.date(of: noon)
            try await shop.write { tx throws(Fault) in
                try addCatalogueItem(item, by: act, in: tx, at: noon)
                try addCatalogueItem(item, by: act, in: tx, at: noon)
            }
            // Without a price it is not offered; its first price may begin today.
            await #expect(throws: Fault(.unknownItem, "")) { try await entry(item.id, today, shop) }
            try await shop.publish(item.id, monthly: 3, from: today, at: noon)
            #expect(try await entry(item.id, today, shop).price.monthly == Money(yuan: 3))
            try await shop.write { tx throws(Fault) in
                try withdrawCatalogueItem(item.id, after: today, by: act, in: tx, at: noon, zone: shanghai)
            }
            _ = try await entry(item.id, today, shop)
            await #expect(throws: Fault(.unknownItem, "")) { try await entry(item.id, today.adding(days: 1), shop) }
            // The id stands for this offer for ever.
            let other = CatalogueItem(
                id: item.id, kind: .service, name: item.name, description: item.description, taxPermille: 60)
            await #expect(throws: Fault(.itemDiffers, "")) {
                try await shop.write { tx throws(Fault) in try addCatalogueItem(other, by: act, in: tx, at: noon) }
            }
        }
    }

    @Test func impossibleOffersAndTheWrongStaffAreRefused() async throws {
        try await Shop.open { shop in
            let billing = try StaffAct(staff: StaffID(trusted: "b1"), roles: [.billing], purpose: "new offer")
            let technician = try StaffAct(staff: StaffID(trusted: "t1"), roles: [.technician], purpose: "new offer")
            let good = offer(name: "新", tax: 60)
            let cases: [(CatalogueItem, StaffAct, Fault.Code)] = [
                (good, technician, .staffMayNot), (offer(name: "", tax: 60), billing, .itemText),
                (offer(name: String(repeating: "长", count: 41), tax: 60), billing, .itemText),
                (offer(name: "新", tax: 201), billing, .impossibleTax), (offer(name: "新", tax: -1), billing, .impossibleTax),
            ]
            for (item, act, code) in cases {
                await #expect(throws: Fault(code, "")) {
                    try await shop.write { tx throws(Fault) in try addCatalogueItem(item, by: act, in: tx, at: noon) }
                }
            }
        }
    }

    private func offer(name: String, tax: Int) -> CatalogueItem {
        CatalogueItem(
            id: CatalogueItemID(trusted: "new"), kind: .addOn, name: Wording(zh: name, en: "New"),
            description: Wording(zh: "", en: ""), taxPermille: tax)
    }

    private func entry(_ id: CatalogueItemID, _ day: BusinessDate, _ shop: Shop) async throws(Fault) -> CatalogueEntry {
        try await shop.read { tx throws(Fault) in try catalogueEntry(id, on: day, in: tx, zone: shanghai) }
    }

    private func rank(_ kind: CatalogueItem.Kind) -> Int { CatalogueItem.Kind.allCases.firstIndex(of: kind) ?? 0 }
}
