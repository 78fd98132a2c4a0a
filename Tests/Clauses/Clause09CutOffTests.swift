import Basics
import Calls
import Charging
import Lines
import Storage
import Testing

/// Clause 9 in a live call: warning, cut-off, the hold and what it leaves open.
@Suite("Clause 9: the limit in a live call")
struct Clause09CutOffTests {
    /// Given a limit of 50,000 micro-yuan, which is 10 s of video: the payer is warned at once, the call ends at 10 s, both are told, the
    /// payer pays exactly the limit, and the line is held from calling. The friend hears that it was hung up, not why.
    @Test func aCallEndsWhereTheCreditEnds() async throws {
        try await Exchange.play { world, exchange in
            let payer = try await world.customer("王秀英", "60000001", creditLimit: Money(micros: 50_000))
            let friend = try await world.customer("李伟", "60000002")
            let (hers, his) = (try await exchange.telephone(of: payer), try await exchange.telephone(of: friend))
            let call = try await exchange.connect(hers, his, number: friend.line.number)
            _ = try await hers.hears("a warning") { $0 == .warning(call, remainingSeconds: 10) }
            world.clock.advance(milliseconds: 9_999)
            #expect(!hers.events.contains { if case .ended = $0 { true } else { false } })
            world.clock.advance(milliseconds: 1)
            let (herEnd, hisEnd) = (try await hers.hearsEnd(of: call), try await his.hearsEnd(of: call))
            #expect(herEnd.reason == .credit && herEnd.by == nil)
            #expect(herEnd.seconds == 10)
            #expect(herEnd.cost == Money(micros: 50_000))
            #expect(hisEnd.reason == .hungUp)
            #expect(hisEnd.cost == nil)
            let books = try await world.books(of: payer)
            #expect(books.used == Money(micros: 50_000))
            #expect(books.reserved == .zero)
            let holds = try await world.holds(on: payer)
            #expect(holds.map(\.kind) == [.credit])
            #expect(holds.first?.clause == 9)
            #expect(holds.first?.evidence == "call:\(call)")
            #expect(holds.first?.reasonKey == "hold.credit.reason")
        }
    }

    /// What the hold leaves open: being called, and emergency numbers, which are not even held back where none can be connected.
    @Test func aHeldLineCanBeCalledAndMayDialEmergencyNumbers() async throws {
        try await Exchange.play { world, exchange in
            let held = try await world.customer("王秀英", "60000001")
            let friend = try await world.customer("李伟", "60000002")
            try await hold(held, world)
            let (hers, his) = (try await exchange.telephone(of: held), try await exchange.telephone(of: friend))
            let refused = try await hers.dial("6000 0002")
            #expect(try await hers.hearsEnd(of: refused).reason == .held)
            #expect(!his.events.contains { if case .incoming = $0 { true } else { false } })
            for number in EmergencyNumbers.all {
                let emergency = try await hers.dial(number.digits)
                let end = try await hers.hearsEnd(of: emergency)
                #expect(end.reason == .emergencyUnavailable)
                #expect(end.cost ?? .zero == .zero)
            }
            let call = try await exchange.connect(his, hers, number: held.line.number)
            try await his.hangUp(call)
            _ = try await his.hearsEnd(of: call)
            #expect(try await world.books(of: held).used == .zero)
        }
    }

    @Test func aLiftedHoldOpensTheLineAtOnce() async throws {
        try await Exchange.play { world, exchange in
            let payer = try await world.customer("王秀英", "60000001")
            let friend = try await world.customer("李伟", "60000002")
            try await hold(payer, world)
            let (hers, his) = (try await exchange.telephone(of: payer), try await exchange.telephone(of: friend))
            let refused = try await hers.dial("6000 0002")
            #expect(try await hers.hearsEnd(of: refused).reason == .held)
            _ = try await world.write { tx, now throws(Fault) in
                try liftHolds(of: .credit, on: payer.line.id, by: "system", in: tx, at: now)
            }
            let call = try await exchange.connect(hers, his, number: friend.line.number)
            try await hers.hangUp(call)
            #expect(try await hers.hearsEnd(of: call).reason == .hungUp)
        }
    }

    /// Without a second's credit a call does not even ring; the friend never hears of it.
    @Test func withoutCreditNothingRings() async throws {
        try await Exchange.play { world, exchange in
            let payer = try await world.customer("王秀英", "60000001", creditLimit: Money(micros: 4_999))
            let friend = try await world.customer("李伟", "60000002")
            let (hers, his) = (try await exchange.telephone(of: payer), try await exchange.telephone(of: friend))
            let call = try await hers.dial("6000 0002")
            #expect(try await hers.hearsEnd(of: call).reason == .credit)
            #expect(his.events.isEmpty)
            let history = try await world.read { tx, _ throws(Fault) in try callHistory(of: friend.line.id, in: tx).calls }
            #expect(history.isEmpty)
        }
    }

    private func hold(_ person: Person, _ world: World) async throws(Fault) {
        try await world.write { tx, now throws(Fault) in
            let request = PlaceHoldRequest(
                line: person.line.id, kind: .credit, clause: 9, reason: "limit-reached", evidence: "call:before",
                effect: .outgoing,
                by: "system")
            _ = try placeHold(request, in: tx, at: now)
        }
    }
}
