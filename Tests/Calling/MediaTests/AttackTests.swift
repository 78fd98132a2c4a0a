import Basics
import CMediaShims
import Media
import RTC
import Testing

/// What strangers and broken devices send: counted and dropped, and the call goes on.
@Suite(.serialized) struct AttackTests {
    @Test func `a certificate other than the signalled one ends the leg`() async throws {
        let other = try #require(DTLSIdentity())
        let call = try TestCall(a: TestDevice(first: 1000, signalling: other))
        try call.a.accept(await call.server.openLeg(call.legA, in: call.call, offer: call.a.offer()))
        await call.run { call.a.isClosed || call.a.failure != nil }
        #expect(await call.nextEvent() == .failed(call.legA, .wrongFingerprint))
        await call.end()
    }

    @Test func `a flood of STUN from strangers gets no answer and does no harm`() async throws {
        let call = try await TestCall.connected()
        let before = await call.server.statistics()
        let stranger = try TestDevice(first: 9000)
        // A binding request with a user name of nobody, and one that names nobody at all.
        let requests: [[UInt8]] = [
            [0, 1, 0, 20, 0x21, 0x12, 0xA4, 0x42] + [UInt8](repeating: 7, count: 12) + [0, 6, 0, 13] + Array("nobody12:abcd".utf8)
                + [0, 0, 0],
            [0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42] + [UInt8](repeating: 7, count: 12),
        ]
        let address = TransportAddress(ipv4: 0x7F00_0001, port: UInt16(call.server.ports[0]))
        for index in 0..<2000 { stranger.sendStranger(requests[index % 2], to: address) }
        call.a.send(.video, number: 1)
        #expect(await call.run { call.b.seen.count == 1 })
        await call.run(seconds: 0.2)
        let after = await call.server.statistics()
        #expect(after.strangers - before.strangers > 1000)
        #expect(stranger.receivedDatagrams == 0)
        await call.end()
    }

    @Test func `garbage from a known address is dropped and counted`() async throws {
        let call = try await TestCall.connected()
        let before = await call.server.statistics().invalid
        var generator = Seeded(state: 3)
        for first in [UInt8](0...255) {
            // Every first byte, every length up to forty, random content.
            let length = Int(first) % 40 + 1
            call.a.sendRaw([first] + (1..<length + 1).map { _ in UInt8.random(in: 0...255, using: &generator) })
        }
        call.a.send(.video, number: 1)
        call.a.send(.video, number: 2, payloadType: 77)  // a payload type that was not negotiated
        #expect(await call.run { call.b.seen.count == 1 })
        await call.run(seconds: 0.1)
        #expect(await call.server.statistics().invalid - before > 150)
        call.b.send(.audio, number: 3)
        #expect(await call.run { call.a.seen.count == 1 })
        await call.end()
    }

    @Test func `flipped bits and replays never reach the other device`() async throws {
        let call = try await TestCall.connected()
        let packet = call.a.sealed(.video, number: 1)
        for bit in 0..<64 {
            var flipped = packet
            flipped[(bit * 3) % packet.count] ^= 1 << UInt8(bit % 8)
            call.a.sendRaw(flipped)
        }
        #expect(await call.run(seconds: 0.2) { !call.b.seen.isEmpty } == false)
        for _ in 0..<5 { call.a.sendRaw(packet) }
        #expect(await call.run { call.b.seen.count == 1 })
        await call.run(seconds: 0.1)
        #expect(call.b.seen.count == 1)
        await call.end()
    }

    @Test func `a silent device is reported, and its return too`() async throws {
        let call = try await TestCall.connected()
        _ = await call.nextEvent()
        _ = await call.nextEvent()
        // Only B steps and sends: A sends nothing, not even consent checks.
        let end = TestDevice.now + .seconds(6)
        while TestDevice.now < end {
            call.b.step()
            call.b.send(.audio, number: 1)
            try await Task.sleep(for: .milliseconds(5))
        }
        #expect(await call.nextEvent() == .mediaFlowing(call.legB))
        #expect(await call.nextEvent() == .disconnected(call.legA, .silent))
        call.a.send(.audio, number: 1)
        #expect(await call.nextEvent() == .recovered(call.legA))
        await call.end()
    }
}
