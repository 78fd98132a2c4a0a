import Basics
import Calls
import Charging
import Lines
import Media
import Orders
import Storage
import Testing

@Suite("Call control, on both engines", .serialized, .timeLimit(.minutes(10)))
struct CallControlTests {
    @Test("A call from dial to history: rung on two devices, answered on one, charged to the second on both sides")
    func wholeCall() async throws {
        try await CallWorld.run { world in
            let a = try await world.phone("A", of: "a")
            let (b1, b2) = (try await world.phone("B1", of: "b"), try await world.phone("B2", of: "b"))
            try await world.dial(a, "call")
            await b1.incoming()
            await b2.incoming()
            try await world.accept(b1, "call")
            #expect(await b2.stopped() == .answeredElsewhere)
            await a.connected()
            await b1.connected()
            #expect(world.media.seen.bridged.count == 1)
            await world.pass(milliseconds: 61_200)
            try await world.hangUp(b1, "call")
            // 61.2 s are 62 seconds begun: 62 × 5,000 = 310,000 micro-yuan.
            #expect(await a.ended() == CallEnded(reason: .hungUp, by: .peer, seconds: 62, cost: Money(micros: 310_000)))
            #expect(await b1.ended() == CallEnded(reason: .hungUp, by: .`self`, seconds: 62, cost: nil))
            let own = try #require(try await world.history(of: "a").first)
            #expect(
                own.outcome == .hungUp && own.seconds == 62 && own.cost == Money(micros: 310_000) && own.peer.digits == "60000002"
            )
            let other = try #require(try await world.history(of: "b").first)
            #expect(other.direction == .incoming && !other.missed && other.cost == nil && other.seconds == 62)
            #expect(try await world.outcomes(of: "call") == ["A": "hungUp", "B1": "hungUp", "B2": "answeredElsewhere"])
            #expect(try await world.summary().used == Money(micros: 310_000))
            #expect(Set(world.media.seen.closed) == Set(world.media.seen.opened.map(\.leg)))
            try await world.expectCleanBooks()
            #expect(a.events.contains(.trying(CallID(trusted: "call"))) && a.events.contains(.ringing(CallID(trusted: "call"))))
            var nothingLeft = CallStatistics()
            nothingLeft.devices = 3
            #expect(await world.control.statistics() == nothingLeft)
        }
    }

    @Test("Declined on one device, the others stop and nobody missed it")
    func declined() async throws {
        try await CallWorld.run { world in
            let a = try await world.phone("A", of: "a")
            let (b1, b2) = (try await world.phone("B1", of: "b"), try await world.phone("B2", of: "b"))
            try await world.dial(a, "call")
            await b1.incoming()
            try await world.control.handle(.decline(CallID(trusted: "call")), from: b1.device)
            #expect(await b2.stopped() == .declinedElsewhere)
            #expect(await a.ended() == CallEnded(reason: .declined, by: .peer, seconds: 0, cost: nil))
            #expect(await b1.ended()?.by == .`self`)
            #expect(try await world.history(of: "b").map(\.missed) == [false])
            try await world.expectCleanBooks()
        }
    }

    @Test("Nobody answers for 60 s by the moved clock; the called line missed it")
    func noAnswer() async throws {
        try await CallWorld.run { world in
            let (a, b) = (try await world.phone("A", of: "a"), try await world.phone("B", of: "b"))
            try await world.dial(a, "call")
            await b.incoming()
            await a.next { if case .ringing = $0 { true } else { false } }
            await world.pass(milliseconds: 59_999)
            #expect(try await world.summary().reserved == price * 30)
            await world.pass(milliseconds: 1)
            #expect(await b.stopped() == .noAnswer)
            #expect(await a.ended() == CallEnded(reason: .noAnswer, by: nil, seconds: 0, cost: nil))
            #expect(try await world.history(of: "b").map(\.missed) == [true])
            try await world.expectCleanBooks()
        }
    }

    @Test("The caller gives up; the called line missed it")
    func cancelled() async throws {
        try await CallWorld.run { world in
            let (a, b) = (try await world.phone("A", of: "a"), try await world.phone("B", of: "b"))
            try await world.dial(a, "call")
            await b.incoming()
            try await world.hangUp(a, "call")
            #expect(await b.stopped() == .cancelled)
            #expect(await a.ended() == CallEnded(reason: .cancelled, by: .`self`, seconds: 0, cost: nil))
            #expect(try await world.history(of: "b").map(\.outcome) == [.cancelled])
            await #expect(throws: Fault(.noLongerRings, "")) { try await world.accept(b, "call") }
            try await world.expectCleanBooks()
        }
    }

    @Test("A line in a call is busy; the attempt is recorded as missed there")
    func busy() async throws {
        try await CallWorld.run { world in
            let (a, b, c) = (
                try await world.phone("A", of: "a"), try await world.phone("B", of: "b"), try await world.phone("C", of: "c")
            )
            try await world.talk(a, b, "call")
            await world.pass(seconds: 1)
            try await world.dial(c, "second")
            #expect(await c.ended()?.reason == .busy)
            await #expect(throws: Fault(.deviceBusy, "")) { try await world.dial(a, "third", "6000 0003") }
            try await world.hangUp(a, "call")
            _ = await a.ended()
            #expect(try await world.history(of: "b").map(\.outcome) == [.busy, .hungUp])
            #expect(try await world.history(of: "b").map(\.missed) == [true, false])
        }
    }

    @Test(
        "Attempts that cannot ring end at once with their word and their record",
        arguments: [
            ("6000 0003", CallOutcome.unreachable), ("6000 9999", .unknownNumber), ("119", .emergencyUnavailable),
        ])
    func endsAtOnce(to: String, outcome: CallOutcome) async throws {
        try await CallWorld.run { world in
            let a = try await world.phone("A", of: "a")
            try await world.dial(a, "call", to)
            #expect(await a.ended()?.reason == outcome)
            await world.control.catchUp()
            #expect(try await world.history(of: "a").map(\.outcome) == [outcome])
            #expect(try await world.history(of: "c").map(\.missed) == (outcome == .unreachable ? [true] : []))
            #expect(try await world.summary().available == Money(yuan: 1))
            try await world.expectCleanBooks()
        }
    }

    @Test("Emergency numbers are answered even when the line is held and the database is away")
    func emergency() async throws {
        try await CallWorld.run { world in
            let a = try await world.phone("A", of: "a")
            let line = try #require(world.lines["a"]).id
            try await world.database.write { tx throws(Fault) in
                _ = try placeHold(
                    PlaceHoldRequest(
                        line: line, kind: .misuse, clause: 3, reason: "test", evidence: "test", effect: .all, by: "system"),
                    in: tx,
                    at: noon)
            }
            try await world.dial(a, "held")
            #expect(await a.ended()?.reason == .held)
            world.database.fail(true)
            try await world.dial(a, "sos", "110")
            #expect(await a.ended()?.reason == .emergencyUnavailable)
        }
    }

    @Test("What makes no sense is refused with a fault: one's own number, no number, another's call id, a huge SDP, a stranger")
    func refusals() async throws {
        try await CallWorld.run { world in
            let (a, b, c) = (
                try await world.phone("A", of: "a"), try await world.phone("B", of: "b"), try await world.phone("C", of: "c")
            )
            await #expect(throws: Fault(.ownNumber, "")) { try await world.dial(a, "call", "60000001") }
            await #expect(throws: Fault(.notANumber, "")) { try await world.dial(a, "call", "hello") }
            await #expect(throws: Fault(.notANumber, "")) { try await world.dial(a, "call", String(repeating: "1", count: 1000)) }
            await #expect(throws: Fault(.sdpTooLong, "")) {
                let sdp = String(repeating: "x", count: CallsLimits.sdpBytes + 1)
                try await world.control.handle(
                    .dial(CallID(trusted: "call"), to: "60000002", kind: .video, sdp: sdp), from: a.device)
            }
            await #expect(throws: Fault(.notAttached, "")) { try await world.dial(Phone("X"), "call") }
            await #expect(throws: Fault(.deviceTaken, "")) { try await world.attach(Phone("A"), to: "b") }
            try await world.talk(a, b, "call")
            try await world.dial(a, "call")  // the same dial again is the same call
            await #expect(throws: Fault(.callIDTaken, "")) { try await world.dial(c, "call") }
            await #expect(throws: Fault(.noSuchCall, "")) {
                try await world.control.handle(.offer(CallID(trusted: "call"), sdp: sdp("C")), from: c.device)
            }
            try await world.hangUp(c, "call")
            #expect(await world.control.statistics().connected == 1)
            for _ in 0..<CallsLimits.offersPerMinute {
                try await world.control.handle(.offer(CallID(trusted: "call"), sdp: sdp("A")), from: a.device)
            }
            await #expect(throws: Fault(.tooManyOffers, "")) {
                try await world.control.handle(.offer(CallID(trusted: "call"), sdp: sdp("A")), from: a.device)
            }
            for number in 2...CallsLimits.devicesPerLine { try await world.attach(Phone("B\(number)"), to: "b") }
            await #expect(throws: Fault(.tooManyDevices, "")) { try await world.attach(Phone("B99"), to: "b") }
        }
    }

    @Test("Both dial each other: the call dialled first is connected, each page under its own id, and the first caller pays")
    func glare() async throws {
        try await CallWorld.run { world in
            let (a, b) = (try await world.phone("A", of: "a"), try await world.phone("B", of: "b"))
            let b2 = try await world.phone("B2", of: "b")
            try await world.dial(a, "from-a")
            try await world.dial(b, "from-b", "6000 0001")
            await a.connected()
            let event = await b.next { if case .connected = $0 { true } else { false } }
            guard case .connected(let id, let connected) = event else { return }
            #expect(id.rawValue == "from-b" && !connected.payer && connected.peer.number.digits == "60000001")
            #expect(!a.events.contains { if case .incoming = $0 { true } else { false } })
            await world.pass(seconds: 5)
            try await world.hangUp(b, "from-b")
            #expect(await a.ended() == CallEnded(reason: .hungUp, by: .peer, seconds: 5, cost: price * 5))
            #expect(await b.ended()?.by == .`self`)
            #expect(try await world.history(of: "a").map(\.call.rawValue) == ["from-a"])
            #expect(try await world.history(of: "b").map(\.direction) == [.incoming])
            #expect(!b2.events.contains { if case .connected = $0 { true } else { false } })
            try await world.expectCleanBooks()
        }
    }

    @Test("Glare while it rings: the second dial answers the ringing call")
    func lateGlare() async throws {
        try await CallWorld.run { world in
            let (a, b) = (try await world.phone("A", of: "a"), try await world.phone("B", of: "b"))
            try await world.dial(a, "from-a")
            await b.incoming()
            try await world.dial(b, "from-b", "6000 0001")
            #expect(await b.stopped() == .answeredElsewhere)
            await a.connected()
            await b.connected()
        }
    }

    @Test("Glare whose first call is refused: the second goes its own way")
    func glareOfABarredCaller() async throws {
        try await CallWorld.run { world in
            let (a, b) = (try await world.phone("A", of: "a"), try await world.phone("B", of: "b"))
            let line = try #require(world.lines["a"]).id
            try await world.database.write { tx throws(Fault) in
                _ = try placeHold(
                    PlaceHoldRequest(
                        line: line, kind: .credit, clause: 9, reason: "test", evidence: "test", effect: .outgoing, by: "system"),
                    in: tx, at: noon)
            }
            try await world.dial(a, "from-a")
            try await world.dial(b, "from-b", "6000 0001")
            #expect(await a.ended()?.reason == .held)
            a.rewind()
            await a.incoming()
            try await world.accept(a, "from-b")
            await b.connected()
        }
    }

    @Test("A device that comes while it rings, rings too; one that only reloads keeps the call ringing")
    func lateDevices() async throws {
        try await CallWorld.run { world in
            let (a, b) = (try await world.phone("A", of: "a"), try await world.phone("B", of: "b"))
            await world.control.detach(device: b.device)
            try await world.dial(a, "call")
            await a.next { if case .ringing = $0 { true } else { false } }
            let b2 = try await world.phone("B2", of: "b")
            await b2.incoming()
            await world.control.detach(device: b2.device)
            await world.pass(seconds: 4)
            #expect(try await world.attach(b, to: "b").map(\.state) == [.ringing])
            await world.pass(seconds: 2)
            await world.control.detach(device: b.device)
            await world.pass(seconds: 5)
            #expect(await a.ended()?.reason == .unreachable)
        }
    }
}
