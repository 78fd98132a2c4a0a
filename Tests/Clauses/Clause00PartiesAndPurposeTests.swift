import Basics
import Billing
import Calls
import Charging
import Customers
import Lines
import Orders
import Storage
import Testing

/// Parties and purpose: broadband users get videophone service. Two people call each other by number.
@Suite("Parties and purpose: two people call each other by number")
struct Clause00PartiesAndPurposeTests {
    /// Given 王秀英 who has 李伟 in no book, and 李伟 who knows her as 妈妈: she dials his number, his telephone shows her as he named her,
    /// they talk for 61.2 s, of which every second begun is charged: 62 × 5,000 = 310,000 micro-yuan to her, nothing to him.
    @Test func aCallFromDiallingToTheBooks() async throws {
        try await Exchange.play { world, exchange in
            let mother = try await world.customer("王秀英", "60000001")
            let son = try await world.customer("李伟", "60000002")
            try await world.write { tx, now throws(Fault) in
                _ = try addContact(name: try DisplayName("妈妈"), number: mother.line.number, to: son.customer, in: tx, at: now)
            }
            let (hers, his) = (try await exchange.telephone(of: mother), try await exchange.telephone(of: son))
            let call = try await exchange.connect(hers, his, number: son.line.number)
            let incoming = his.events.first { if case .incoming = $0 { true } else { false } }
            #expect(incoming == .incoming(call, from: CallParty(number: mother.line.number, name: "妈妈"), kind: .video))

            for milliseconds in [25_000, 30_000] { try await exchange.pass(milliseconds: Int64(milliseconds), payer: hers) }
            world.clock.advance(milliseconds: 6_200)
            try await hers.hangUp(call)
            let (herEnd, hisEnd) = (try await hers.hearsEnd(of: call), try await his.hearsEnd(of: call))
            #expect(herEnd.reason == .hungUp && herEnd.by == .`self`)
            #expect(herEnd.seconds == 62)
            #expect(herEnd.cost == Money(micros: 310_000))
            #expect(hisEnd.reason == .hungUp && hisEnd.by == .peer)
            #expect(hisEnd.cost == nil)
            #expect(try await world.books(of: mother).used == Money(micros: 310_000))
            #expect(try await world.books(of: mother).reserved == .zero)
            #expect(try await world.books(of: son).used == .zero)
            #expect(try await world.read { tx, _ throws(Fault) in try verifyLedger(in: tx) }.isClean)
        }
    }

    @Test func bothFindTheCallInTheirHistory() async throws {
        try await Exchange.play { world, exchange in
            let mother = try await world.customer("王秀英", "60000001")
            let son = try await world.customer("李伟", "60000002")
            let (hers, his) = (try await exchange.telephone(of: mother), try await exchange.telephone(of: son))
            let call = try await exchange.connect(his, hers, number: mother.line.number)
            try await hers.hangUp(call)
            _ = try await (hers.hearsEnd(of: call), his.hearsEnd(of: call))
            let (incoming, outgoing) = try await world.read { tx, _ throws(Fault) in
                (try callHistory(of: mother.line.id, in: tx).calls, try callHistory(of: son.line.id, in: tx).calls)
            }
            #expect(incoming.map(\.direction) == [.incoming])
            #expect(incoming.first?.peer == son.line.number)
            #expect(incoming.first?.cost == nil)
            #expect(outgoing.map(\.direction) == [.outgoing])
            #expect(outgoing.first?.cost == Money(micros: 5_000), "a second begun is charged")
        }
    }

    /// A line rings every device that is signed in to it; the first to answer has the call, the others stop and have missed nothing.
    @Test func aLineRingsEveryDevice() async throws {
        try await Exchange.play { world, exchange in
            let mother = try await world.customer("王秀英", "60000001")
            let son = try await world.customer("李伟", "60000002")
            let hers = try await exchange.telephone(of: mother)
            let kitchen = try await exchange.telephone(of: son, "kitchen")
            let pocket = try await exchange.telephone(of: son, "pocket")
            let call = try await hers.dial("6000 0002")
            for telephone in [kitchen, pocket] {
                _ = try await telephone.hears("ringing") { if case .incoming = $0 { true } else { false } }
            }
            try await pocket.accept(call)
            _ = try await kitchen.hears("answered elsewhere") { $0 == .stopped(call, .answeredElsewhere) }
            try await pocket.hangUp(call)
            _ = try await hers.hearsEnd(of: call)
            _ = try await pocket.hearsEnd(of: call)
            let missed = try await world.read { tx, _ throws(Fault) in
                try callHistory(of: son.line.id, filter: .missed, in: tx).calls
            }
            #expect(missed.isEmpty)
        }
    }

    @Test func aNumberThatNobodyHasIsTold() async throws {
        try await Exchange.play { world, exchange in
            let mother = try await world.customer("王秀英", "60000001")
            let hers = try await exchange.telephone(of: mother)
            let call = try await hers.dial("6009 9998")
            #expect(try await hers.hearsEnd(of: call).reason == .unknownNumber)
            #expect(try await world.books(of: mother).used == .zero)
        }
    }
}
