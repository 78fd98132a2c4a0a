import Basics
import Lines
import Orders
import Storage
import Testing

/// Clause 2: services and prices are those published at the provider's website.
@Suite("Clause 2: services and prices")
struct Clause02ServicesAndPricesTests {
    @Test func everybodyCanReadWhatACallCosts() async throws {
        try await World.play { world in
            let published = try await world.read { tx, _ throws(Fault) in try publishedPrices(in: tx) }
            #expect(published.map(\.kind) == [.video, .audio])
            #expect(published.map(\.perMinute.fen) == [30, 12])
        }
    }

    /// Given prices that rise at midnight of 1 December in the provider's zone (16:00 UTC on 30 November), a line is on the old price
    /// to the last millisecond before and on the new one from then on.
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

    private func videoPrice(_ person: Person, _ world: World) async throws(Fault) -> Money {
        try await world.read { tx, now throws(Fault) in
            try price(of: person.line.id, kind: .video, in: tx, at: now).perSecond
        }
    }
}
