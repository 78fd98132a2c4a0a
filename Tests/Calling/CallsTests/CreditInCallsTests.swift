import Basics
import Calls
import Charging
import Lines
import Media
import Orders
import Storage
import Testing

@Suite("Credit and failures in live calls, on both engines", .serialized, .timeLimit(.minutes(10)))
struct CreditInCallsTests {
    @Test("The credit ends a live call to the second, with warnings at 60 s and 10 s, and puts the credit hold")
    func creditCut() async throws {
        try await CallWorld.run(limit: Money(micros: 500_000)) { world in  // 100 s
            let (a, b) = (try await world.phone("A", of: "a"), try await world.phone("B", of: "b"))
            try await world.talk(a, b, "call")
            await world.pass(milliseconds: 99_999)
            #expect(a.warnings == [60, 10])
            #expect(b.warnings.isEmpty)
            #expect(await world.control.statistics().connected == 1)
            await world.pass(milliseconds: 1)
            #expect(await a.ended() == CallEnded(reason: .credit, by: nil, seconds: 100, cost: Money(micros: 500_000)))
            // Why the caller's call ended is the caller's matter.
            #expect(await b.ended() == CallEnded(reason: .hungUp, by: .peer, seconds: 100, cost: nil))
            #expect(try await world.summary().available == .zero)
            try await world.expectCleanBooks()
            let line = try #require(world.lines["a"]).id
            let holds = try await world.database.read { tx throws(Fault) in try activeHolds(on: line, in: tx) }
            #expect(holds.map(\.kind) == [.credit] && holds.first?.clause == 9)
            try await world.dial(a, "again")
            #expect(await a.ended()?.reason == .held)
            let charges = a.events.compactMap { if case .charge(_, let charge) = $0 { charge.used.micros } else { nil } }
            #expect(charges.first == 5_000 && charges == charges.sorted() && charges.count >= 10)
        }
    }

    @Test("Two calls at once on one account end exactly when its credit is used up together")
    func twoCallsOneAccount() async throws {
        try await CallWorld.run(limit: Money(micros: 500_000)) { world in
            let (a, d) = (try await world.phone("A", of: "a"), try await world.phone("D", of: "d"))
            let (b, c) = (try await world.phone("B", of: "b"), try await world.phone("C", of: "c"))
            try await world.talk(a, b, "one")
            try await world.talk(d, c, "two", to: "6000 0003")
            for _ in 0..<70 { await world.pass(seconds: 1) }
            let ends = [try #require(await a.ended()), try #require(await d.ended())]
            #expect(ends.allSatisfy { $0.reason == .credit })
            #expect(ends.map(\.seconds).reduce(0, +) == 100)
            #expect(try await world.summary().used == Money(micros: 500_000))
            try await world.expectCleanBooks()
        }
    }

    @Test("A clock moved far ahead in a call ends it at once, charged no further than the credit goes")
    func movedClock() async throws {
        try await CallWorld.run { world in
            let (a, b) = (try await world.phone("A", of: "a"), try await world.phone("B", of: "b"))
            try await world.talk(a, b, "call")
            world.clock.advance(seconds: 86_400)
            await world.control.catchUp()
            let ended = try #require(await a.ended())
            #expect(ended.reason == .credit && ended.cost == Money(yuan: 1))
            try await world.expectCleanBooks()
        }
    }

    @Test("When the database is away, the granted slice runs out, the call ends as failed and is settled once it is back")
    func databaseAway() async throws {
        try await CallWorld.run { world in
            let (a, b) = (try await world.phone("A", of: "a"), try await world.phone("B", of: "b"))
            try await world.talk(a, b, "call")
            world.database.fail(true)
            world.clock.advance(seconds: 20)
            await world.control.fireTimers()
            for second in [22, 24, 26, 28, 30] {
                world.clock.advance(to: noon.adding(seconds: Int64(second)))
                await world.control.fireTimers()
            }
            #expect(await a.ended() == CallEnded(reason: .failed, by: nil, seconds: 30, cost: price * 30))
            world.database.fail(false)
            world.clock.advance(seconds: 60)
            await world.control.catchUp()
            #expect(try await world.history(of: "a").map(\.cost) == [price * 30])
            try await world.expectCleanBooks()
        }
    }

    @Test("A retry that succeeds within the slice keeps the call alive")
    func databaseBack() async throws {
        try await CallWorld.run { world in
            let (a, b) = (try await world.phone("A", of: "a"), try await world.phone("B", of: "b"))
            try await world.talk(a, b, "call")
            world.database.fail(true)
            world.clock.advance(seconds: 20)
            await world.control.fireTimers()
            world.database.fail(false)
            await world.pass(seconds: 2)
            await world.pass(seconds: 23)
            #expect(await world.control.statistics().connected == 1)
            try await world.hangUp(a, "call")
            #expect(await a.ended()?.seconds == 45)
            try await world.expectCleanBooks()
        }
    }

    @Test("After a kill the restart settles open calls at their last confirmed second and frees what they held back")
    func recovery() async throws {
        try await CallWorld.run { world in
            let (a, b, c) = (
                try await world.phone("A", of: "a"), try await world.phone("B", of: "b"), try await world.phone("C", of: "c")
            )
            let d = try await world.phone("D", of: "d")
            try await world.talk(a, b, "answered")
            try await world.dial(d, "ringing", "6000 0003")
            await c.incoming()
            await world.pass(seconds: 27)
            #expect(try await world.summary().reserved > .zero)
            // The program dies here: nothing of its memory is used again.
            let recovered = try await recoverOpenCalls(in: world.database, at: world.clock.now(), zone: zone)
            #expect(recovered == 2)
            let items = try await world.history(of: "a")
            // Extended and so confirmed at 20 s.
            #expect(items.map(\.seconds) == [20] && items.map(\.outcome) == [.interrupted] && items.map(\.cost) == [price * 20])
            #expect(try await world.history(of: "c").map(\.missed) == [true])
            #expect(try await world.summary().used == price * 20)
            try await world.expectCleanBooks()
            #expect(try await recoverOpenCalls(in: world.database, at: world.clock.now(), zone: zone) == 0)
        }
    }

    @Test("Stopping the service ends and settles every call")
    func shutDown() async throws {
        try await CallWorld.run { world in
            let (a, b) = (try await world.phone("A", of: "a"), try await world.phone("B", of: "b"))
            try await world.talk(a, b, "call")
            await world.pass(seconds: 3)
            await world.control.shutDown()
            #expect(await b.ended()?.reason == .failed)
            #expect(try await world.history(of: "a").map(\.seconds) == [3])
            await #expect(throws: Fault(.shuttingDown, "")) { try await world.dial(a, "late") }
            try await world.expectCleanBooks()
        }
    }

    @Test("A caller away for less than 30 s finds the call again, and the other side's media went on")
    func reconnectsInGrace() async throws {
        try await CallWorld.run { world in
            let (a, b) = (try await world.phone("A", of: "a"), try await world.phone("B", of: "b"))
            try await world.talk(a, b, "call")
            await world.control.detach(device: a.device)
            await world.control.detach(device: b.device)
            await world.pass(seconds: 29)
            let snapshot = try #require(try await world.attach(a, to: "a").first)
            #expect(
                snapshot.state == .connected && snapshot.connectedAt == noon && snapshot.payer && snapshot.direction == .outgoing)
            #expect(try await world.attach(b, to: "b").map(\.payer) == [false])
            await world.pass(seconds: 10)
            #expect(await world.control.statistics().connected == 1)
            #expect(world.media.seen.closed.isEmpty)
        }
    }

    @Test("A side away for 30 s is lost; the call ends for both and is charged to that second")
    func lost() async throws {
        try await CallWorld.run { world in
            let (a, b) = (try await world.phone("A", of: "a"), try await world.phone("B", of: "b"))
            try await world.talk(a, b, "call")
            await world.pass(seconds: 5)
            await world.control.detach(device: b.device)
            await world.pass(seconds: 30)
            #expect(await a.ended() == CallEnded(reason: .lost, by: .peer, seconds: 35, cost: price * 35))
            try await world.expectCleanBooks()
        }
    }

    @Test("A page reloaded in a call gets a fresh leg; the other side sees it go and come back")
    func reload() async throws {
        try await CallWorld.run { world in
            let (a, b) = (try await world.phone("A", of: "a"), try await world.phone("B", of: "b"))
            try await world.talk(a, b, "call")
            await world.control.detach(device: b.device)
            let reloaded = Phone("B")
            #expect(try await world.attach(reloaded, to: "b").map(\.state) == [.connected])
            try await world.control.handle(.offer(CallID(trusted: "call"), sdp: sdp("another page")), from: b.device)
            await reloaded.answered()
            await a.next { $0 == .peer(CallID(trusted: "call"), .reconnecting) }
            await a.next { $0 == .peer(CallID(trusted: "call"), .back) }
            let seen = world.media.seen
            #expect(seen.opened.count == 3 && seen.bridged.count == 2 && seen.closed == [seen.opened[1].leg])
            #expect(seen.renegotiated.isEmpty)
            // The same page again: its leg is kept.
            try await world.control.handle(.offer(CallID(trusted: "call"), sdp: sdp("another page")), from: b.device)
            #expect(world.media.seen.renegotiated == [seen.opened[2].leg])
        }
    }

    @Test("Media that is lost, fails or gets worse is told to those whom it concerns")
    func mediaEvents() async throws {
        try await CallWorld.run { world in
            let (a, b) = (try await world.phone("A", of: "a"), try await world.phone("B", of: "b"))
            try await world.talk(a, b, "call")
            let id = CallID(trusted: "call")
            let (legA, legB) = (world.media.seen.opened[0].leg, world.media.seen.opened[1].leg)
            world.media.send(.disconnected(legB, .silent))
            await a.next { $0 == .peer(id, .reconnecting) }
            world.media.send(.recovered(legB))
            await a.next { $0 == .peer(id, .back) }
            world.media.send(.quality(legA, quality(.bad)))
            await a.next { $0 == .quality(id, level: .bad, side: .`self`) }
            await b.next { $0 == .quality(id, level: .bad, side: .peer) }
            world.media.send(.failed(legA, .unreachable))
            await a.next { $0 == .renegotiate(id) }
            try await world.control.handle(.offer(id, sdp: sdp("A")), from: a.device)
            await b.next { $0 == .peer(id, .back) }
            #expect(world.media.seen.opened.count == 3)
        }
    }

    @Test("Codecs that do not match: the named side is asked for a new offer, and the call stands")
    func codecMismatch() async throws {
        try await CallWorld.run { world in
            world.media.change { $0.renegotiateFirst = true }
            let (a, b) = (try await world.phone("A", of: "a"), try await world.phone("B", of: "b"))
            try await world.talk(a, b, "call")
            #expect(a.events.contains(.renegotiate(CallID(trusted: "call"))))
        }
    }

    @Test("No media leg for the caller: the call fails at once and holds nothing back")
    func noMedia() async throws {
        try await CallWorld.run { world in
            let (a, b) = (try await world.phone("A", of: "a"), try await world.phone("B", of: "b"))
            world.media.change { $0.refuses = true }
            try await world.dial(a, "call")
            #expect(await a.ended()?.reason == .failed)
            #expect(!b.events.contains { if case .incoming = $0 { true } else { false } })
            world.media.change { $0.refuses = false }
            try await world.dial(a, "second")
            await b.incoming()
            world.media.change { $0.refuses = true }
            try await world.accept(b, "second")
            #expect(await b.ended()?.reason == .failed)
            #expect(await a.ended()?.reason == .failed)
            try await world.expectCleanBooks()
        }
    }

    @Test("A talk that never had media costs nothing")
    func talkWithoutMedia() async throws {
        try await CallWorld.run { world in
            world.media.change { $0.connects = false }
            let (a, b) = (try await world.phone("A", of: "a"), try await world.phone("B", of: "b"))
            try await world.dial(a, "call")
            await b.incoming()
            try await world.accept(b, "call")
            await a.connected()
            await world.pass(seconds: 30)
            #expect(await a.ended() == CallEnded(reason: .failed, by: nil, seconds: 0, cost: .zero))
            #expect(try await world.summary().used == .zero)
            try await world.expectCleanBooks()
        }
    }

    private func quality(_ level: LegQuality.Level) -> LegQuality {
        LegQuality(level: level, lostFromDevice: 0, lostToDevice: 0, jitterMilliseconds: 0, roundTripMilliseconds: nil)
    }
}
