import Access
import Agreement
import Basics
import Lines
import Orders
import Storage
import Testing

/// Clause 2: services and prices are those published at the provider's website.
@Suite("Clause 2: services and prices")
struct Clause02ServicesAndPricesTests {
    private let family = StandardCatalogue.family

    @Test func everybodyCanReadWhatACallCosts() async throws {
        try await World.play { world in
            let published = try await world.read { tx, _ throws(Fault) in try publishedPrices(in: tx) }
            #expect(published.map(\.kind) == [.video, .audio])
            #expect(published.map(\.perMinute.fen) == [30, 12])
        }
    }

    /// Given prices that rise at midnight of 1 December in the provider's zone (16:00 UTC on 30 November), a line without a signed order
    /// follows the list: it is on the old price to the last millisecond before and on the new one from then on.
    @Test func anAnnouncedPriceBeginsAtItsHourAndNotBefore() async throws {
        try await World.play { world in
            let person = try await world.customer("王秀英", "60000001")
            let december = world.zone.start(of: BusinessMonth(of: world.zone.date(of: world.clock.now())).next)
            try await world.write { tx, now throws(Fault) in
                let dearer: [CallKind: Money] = [.video: Money(micros: 6_000), .audio: Money(micros: 2_500)]
                try publishPrices(
                    PublishPricesRequest(plan: Plan.standardID, perSecond: dearer, effectiveFrom: december, by: "staff:1"),
                    in: tx,
                    at: now)
            }
            #expect(december.milliseconds == 1_796_054_400_000)
            world.clock.advance(to: december.adding(milliseconds: -1))
            #expect(try await videoPrice(person, world) == Money(micros: 5_000))
            world.clock.advance(to: december)
            #expect(try await videoPrice(person, world) == Money(micros: 6_000))
        }
    }

    @Test func whatIsPublishedIsNeverEdited() async throws {
        try await World.play { world in
            let prices: [CallKind: Money] = [.video: Money(micros: 1), .audio: Money(micros: 1)]
            let published = world.clock.now()
            let again = PublishPricesRequest(plan: Plan.standardID, perSecond: prices, effectiveFrom: published, by: "staff:1")
            await #expect(throws: Fault(.pricePublished, "")) {
                try await world.write { tx, now throws(Fault) in try publishPrices(again, in: tx, at: now) }
            }
            world.clock.advance(seconds: 60)
            await #expect(throws: Fault(.priceInThePast, "")) {
                try await world.write { tx, now throws(Fault) in try publishPrices(again, in: tx, at: now) }
            }
        }
    }

    /// Given a signed order of the family plan and a list that raises it for 29 February 2028, the signed line keeps its price on the leap
    /// day and after it, the order's document is an annex that the fingerprint covers, and everything verifies.
    @Test func aPriceChangeLeavesSignedOrdersOnTheirPrice() async throws {
        try await Contract.play(from: "2028-01-31") { world, contract in
            try await world.write { tx, now throws(Fault) in try ensureStandardCatalogue(in: tx, at: now, zone: world.zone) }
            let person = try await contract.party()
            let order = try await contract.order("o1", .changePlan(line: person.line.id, plan: family, start: .nextMonth), person)
            #expect(order.number == "DD-2028-000001")
            #expect(order.effectiveOn?.description == "2028-02-01")
            #expect(try await videoPrice(person, world) == Money(micros: 5_000))
            try contract.wait(until: "2028-02-01", hour: 0)
            #expect(try await videoPrice(person, world) == Money(micros: 3_000))
            let leapDay = try #require(BusinessDate("2028-02-29"))
            try await world.write { tx, now throws(Fault) in
                let act = try StaffAct(staff: StaffID(trusted: "b1"), roles: [.billing], purpose: "new list")
                let change = PublishItemPricesRequest.Change(
                    item: family, monthly: Money(yuan: 49),
                    perSecond: [.video: Money(micros: 6_000), .audio: Money(micros: 3_000)])
                _ = try publishItemPrices(
                    PublishItemPricesRequest(changes: [change], effectiveFrom: leapDay), by: act, in: tx, at: now,
                    zone: world.zone)
            }
            for day in ["2028-02-29", "2028-03-01", "2029-03-01"] {
                try contract.wait(until: day, hour: 0)
                #expect(try await videoPrice(person, world) == Money(micros: 3_000), "\(day)")
            }
            let vault = contract.vault
            try await world.read { tx, _ throws(Fault) in
                let signed = try agreement(of: person.customer, in: tx)
                #expect(signed?.annexes.map(\.number) == [order.number])
                #expect(signed?.annexes.map(\.document) == [order.document])
                if let signed { #expect(try verifyAgreement(signed, vault: vault, in: tx).flaws.isEmpty) }
            }
        }
    }

    /// Given the family plan with a price from 22:00 on and 100 free minutes, signed for February 2028, and a list without either for the leap day: the
    /// signed line keeps both, to the minute, on the leap day and a year later.
    @Test func aSignedOrderKeepsItsNightPriceAndFreeMinutes() async throws {
        let night = TariffWindow(weekdays: Set(1...7), onHolidays: true, fromMinute: 1320)
        let terms = TariffTerms(
            rates: [
                TariffRate(.video, perSecond: Money(micros: 5_000)),
                TariffRate(.video, window: night, perSecond: Money(micros: 2_000)),
                TariffRate(.audio, perSecond: Money(micros: 1_000)),
            ], allowances: [FreeAllowance(.video, seconds: 6_000)])
        try await Contract.play(from: "2028-01-20") { world, contract in
            try await world.write { tx, now throws(Fault) in try ensureStandardCatalogue(in: tx, at: now, zone: world.zone) }
            try await publish(terms, from: "2028-01-25", world)
            try contract.wait(until: "2028-01-31", hour: 9)
            let person = try await contract.party()
            _ = try await contract.order("o1", .changePlan(line: person.line.id, plan: family, start: .nextMonth), person)
            let flat = TariffTerms(perSecond: [.video: Money(micros: 6_000), .audio: Money(micros: 3_000)])
            try await publish(flat, from: "2028-02-29", world)
            for day in ["2028-02-01", "2028-02-29", "2029-03-01"] {
                try contract.wait(until: day, hour: 23)
                try await world.read { tx, now throws(Fault) in
                    let kept = try tariff(of: person.line.id, in: tx, at: now, zone: world.zone)
                    #expect(kept.versions.map(\.terms) == [terms], "\(day)")
                }
            }
            let listed = try await world.read { tx, now throws(Fault) in
                try tariffVersions(of: PlanID(trusted: family.rawValue), in: tx).last { $0.from <= now }?.terms
            }
            #expect(listed == flat, "who signs today has the new list")
        }
    }

    /// A list of one change of the family plan.
    private func publish(_ terms: TariffTerms, from day: String, _ world: World) async throws {
        let day = try #require(BusinessDate(day))
        try await world.write { tx, now throws(Fault) in
            let act = try StaffAct(staff: StaffID(trusted: "b1"), roles: [.billing], purpose: "new list")
            var change = PublishItemPricesRequest.Change(item: family, monthly: Money(yuan: 49))
            change.terms = terms
            _ = try publishItemPrices(
                PublishItemPricesRequest(changes: [change], effectiveFrom: day), by: act, in: tx, at: now, zone: world.zone)
        }
    }

    /// What was seen is what is signed: the list changes at midnight between the preview and the word.
    @Test func anOrderCanBeCorrectedUntilItIsConfirmedAndBindsToNothingUnseen() async throws {
        try await Contract.play { world, contract in
            try await world.write { tx, now throws(Fault) in try ensureStandardCatalogue(in: tx, at: now, zone: world.zone) }
            let person = try await contract.party()
            let content = OrderContent.addTerminal(
                line: person.line.id, terminal: StandardCatalogue.terminalSale, services: [StandardCatalogue.installation])
            let preview = try await world.read { tx, now throws(Fault) in
                try previewOrder(content, of: person.customer, in: tx, at: now, zone: world.zone)
            }
            #expect(preview.oneOff == Money(yuan: 979))
            await #expect(throws: Fault(.previewChanged, "")) {
                try await contract.order("o1", content, person, seen: preview.mark.replacing("899", with: "799"))
            }
            let order = try await contract.order("o1", content, person, seen: preview.mark)
            #expect(try await contract.order("o1", content, person, seen: "anything") == order, "a repeat is the first order")
        }
    }

    private func videoPrice(_ person: Person, _ world: World) async throws(Fault) -> Money {
        try await world.read { tx, now throws(Fault) in
            try price(of: person.line.id, kind: .video, in: tx, at: now).perSecond
        }
    }
}
