import Basics
import Billing
import Calls
import Charging
import Lines
import Notices
import Orders
import Storage
import Testing

/// Clause 9 under tariffs: whatever a call's price is made of, the limit that the customer chose holds, the customer is told in time, and
/// chooses what happens at the limit.
@Suite("Clause 9: charging by tariff, warning and the choice of what is held")
struct Clause09TariffTests {
    /// Given ¥0.30 a minute in whole minutes with a connect fee of ¥0.10 and 60 free seconds of video a month, published for tomorrow. A call of 70 s
    /// then costs ¥0.10 + 60 free + one minute of ¥0.30 = ¥0.40, and the invoice, the list and the books say so.
    @Test func aCallCostsWhatThePublishedTariffSays() async throws {
        try await Exchange.play { world, exchange in
            let payer = try await world.customer("王秀英", "60000001")
            let friend = try await world.customer("李伟", "60000002")
            let tomorrow = world.zone.start(of: world.zone.date(of: world.clock.now()).adding(days: 1))
            try await publish(
                [minutes, TariffRate(.audio, perSecond: Money(micros: 2_000))], free: 60, from: tomorrow, world)
            world.clock.advance(to: tomorrow.adding(seconds: 36_000))
            let (hers, his) = (try await exchange.telephone(of: payer), try await exchange.telephone(of: friend))
            let call = try await exchange.connect(hers, his, number: friend.line.number)
            try await exchange.pass(milliseconds: 50_000, payer: hers)
            world.clock.advance(milliseconds: 20_000)
            try await hers.hangUp(call)
            let end = try await hers.hearsEnd(of: call)
            #expect(end.cost == Money(micros: 400_000))
            #expect(end.seconds == 120)
            let parts = try await world.read { tx, _ throws(Fault) in try ratedParts(of: call, in: tx, zone: world.zone) }
            #expect(parts.map(\.kind) == [.connectFee, .free, .seconds])
            #expect(parts.map(\.amount) == [Money(micros: 100_000), .zero, Money(micros: 300_000)])
            try await world.booksAreRight()
            world.clock.advance(to: world.zone.end(of: world.zone.month(of: world.clock.now())).adding(seconds: 36_000))
            let month = world.zone.month(of: world.clock.now()).previous
            let invoice = try await world.bill(month.description, payer)
            #expect(
                invoice.lines.filter { if case .usage = $0.subject { true } else { false } }.map(\.exact) == [
                    Money(micros: 400_000)
                ])
            try await world.booksAreRight()
        }
    }

    /// Given a limit of ¥0.25, which is 50 s of video: 40 s are 80 % of it. The page hears it in the call, the box has one notice.
    @Test func atEightyPercentThePageAndTheBoxSaySoOnce() async throws {
        try await Exchange.play { world, exchange in
            let payer = try await world.customer("王秀英", "60000001", creditLimit: Money(micros: 250_000))
            let friend = try await world.customer("李伟", "60000002")
            // Notices follows the journal from here on.
            _ = try await followEvents(on: world.database, clock: world.clock, zone: world.zone)
            let (hers, his) = (try await exchange.telephone(of: payer), try await exchange.telephone(of: friend))
            let call = try await exchange.connect(hers, his, number: friend.line.number)
            // What was used is reported at 20 s and at 40 s.
            try await exchange.pass(milliseconds: 20_000, payer: hers)
            let early = hers.events
            #expect(!early.contains(.limitNear(call, percent: 80)))
            world.clock.advance(milliseconds: 20_000)
            _ = try await hers.hears("that the limit is near") { $0 == .limitNear(call, percent: 80) }
            world.clock.advance(milliseconds: 10_000)
            #expect(try await hers.hearsEnd(of: call).reason == .credit)
            // Told once, however often the sealed journal is read.
            _ = try await world.write { tx, _ throws(Fault) in try sealJournal(in: tx) }
            _ = try await followEvents(on: world.database, clock: world.clock, zone: world.zone)
            _ = try await followEvents(on: world.database, clock: world.clock, zone: world.zone)
            let told = try await world.told(payer)
            #expect(told.filter { $0 == .creditWarning }.count == 1)
        }
    }

    /// The customer chooses that everything is held: at the limit the line can neither call nor be called, emergency numbers pass, changing
    /// the choice changes the hold at once, and a payment lifts it at once.
    @Test func partOrAllIsHeldAsChosenAndAPaymentLiftsItAtOnce() async throws {
        try await Exchange.play { world, exchange in
            let payer = try await world.customer("王秀英", "60000001", creditLimit: Money(micros: 50_000))
            let friend = try await world.customer("李伟", "60000002")
            try await choose(.all, payer, world)
            let (hers, his) = (try await exchange.telephone(of: payer), try await exchange.telephone(of: friend))
            let call = try await exchange.connect(hers, his, number: friend.line.number)
            world.clock.advance(milliseconds: 10_000)
            #expect(try await hers.hearsEnd(of: call).reason == .credit)
            #expect(try await world.holds(on: payer).map(\.effect) == [.all])
            let refused = try await his.dial("6000 0001")
            #expect(try await his.hearsEnd(of: refused).reason == .unreachable)
            let emergency = try await hers.dial("110")
            #expect(try await hers.hearsEnd(of: emergency).reason == .emergencyUnavailable)
            try await choose(.outgoing, payer, world)
            #expect(try await world.holds(on: payer).map(\.effect) == [.outgoing])
            try await choose(.all, payer, world)
            #expect(try await world.pay("p1", Money(yuan: 1), payer).lifted.map(\.kind) == [.credit])
            #expect(try await world.holds(on: payer).isEmpty)
            try await world.booksAreRight()
        }
    }

    private let minutes = TariffRate(
        .video, perSecond: Money(micros: 5_000), connectFee: Money(micros: 100_000), firstSeconds: 60, nextSeconds: 60)

    private func publish(_ rates: [TariffRate], free: Int64, from: Timestamp, _ world: World) async throws(Fault) {
        try await world.write { tx, now throws(Fault) in
            _ = try publishPrices(
                PublishPricesRequest(
                    plan: Plan.standardID, terms: TariffTerms(rates: rates, allowances: [FreeAllowance(.video, seconds: free)]),
                    effectiveFrom: from, by: "staff:1"), in: tx, at: now)
        }
    }

    private func choose(_ scope: Hold.Effect, _ person: Person, _ world: World) async throws(Fault) {
        try await world.write { tx, now throws(Fault) in
            _ = try chooseCreditHoldScope(of: person.account, to: scope, by: "customer:\(person.customer)", in: tx, at: now)
        }
    }
}
