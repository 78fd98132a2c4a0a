import Basics
import Foundation
import Media
import RTC
import Testing

/// Offers, answers and what becomes of legs when they are renegotiated.
@Suite(.serialized) struct SignallingTests {
    @Test func `a captured offer of Chromium is answered with what a browser needs`() async throws {
        let call = try TestCall()
        let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "RTCTests/Fixtures/chromium/video-offer.sdp")
        let offer = try String(contentsOf: path, encoding: .utf8)
        let answer = try SessionDescription(parsing: await call.server.openLeg(call.legA, in: call.call, offer: offer))
        #expect(answer.isICELite)
        #expect(answer.bundle == ["0", "1"])
        #expect(answer.media.map(\.setup) == [.passive, .passive])
        #expect(answer.media.map(\.direction) == [.both, .both])
        #expect(answer.media[0].codecs.first?.name == "opus")
        #expect(answer.media[1].codecs.first?.name == "VP8")
        #expect(answer.media[1].sourceGroups.first?.sources.count == 2)
        #expect(answer.media[0].candidates.map(\.port) == [UInt16(call.server.ports[0])])
        #expect(answer.media[0].ice != nil)
        await call.end()
    }

    @Test func `bad offers are faults, and leave nothing behind`() async throws {
        let call = try TestCall()
        let noICE = call.a.offer().split(separator: "\r\n").filter { !$0.hasPrefix("a=ice") }.joined(separator: "\r\n") + "\r\n"
        for offer in ["", "hello", "v=0\r\n", String(repeating: "a", count: 1_000_000), noICE] {
            await #expect(throws: Fault.self) { try await call.server.openLeg(call.legA, in: call.call, offer: offer) }
        }
        #expect(await call.server.statistics().legs == 0)
        _ = try await call.server.openLeg(call.legA, in: call.call, offer: call.a.offer())
        await #expect(throws: Fault(.legExists, "")) {
            try await call.server.openLeg(call.legA, in: call.call, offer: call.b.offer())
        }
        await #expect(throws: Fault(.legUnknown, "")) { try await call.server.renegotiate(call.legB, offer: call.b.offer()) }
        await #expect(throws: Fault(.bridgeRefused, "")) { try await call.server.bridge(call.legA, call.legA) }
        await call.end()
    }

    @Test func `an ICE restart keeps the call's numbers going`() async throws {
        let call = try await TestCall.connected()
        call.a.send(.video, number: 1)
        #expect(await call.run { call.b.seen.count == 1 })
        call.a.transport.beginRestart()
        try call.a.accept(await call.server.renegotiate(call.legA, offer: call.a.offer()), restart: true)
        await call.run(seconds: 0.3)
        call.a.send(.video, number: 2)
        call.b.send(.video, number: 3)
        #expect(await call.run { call.b.seen.count == 2 && call.a.seen.count == 1 })
        #expect(call.b.seen[1].sequence == call.b.seen[0].sequence &+ 1)
        await call.end()
    }

    @Test func `a reloaded page takes its leg over, and the other device's stream goes on`() async throws {
        let call = try await TestCall.connected()
        call.a.send(.video, number: 1)
        #expect(await call.run { call.b.seen.count == 1 })
        let reloaded = try TestDevice(first: 5000)
        try reloaded.accept(await call.server.renegotiate(call.legA, offer: reloaded.offer()))
        #expect(
            await call.run {
                reloaded.step()
                return reloaded.isConnected
            })
        reloaded.send(.video, number: 2)
        call.b.send(.audio, number: 3)
        #expect(
            await call.run {
                reloaded.step()
                return call.b.seen.count == 2 && reloaded.seen.count == 1
            })
        #expect(call.b.seen[1].sequence == call.b.seen[0].sequence &+ 1)
        #expect(call.b.seen[1].ssrc == call.b.seen[0].ssrc)
        let totals = await call.server.closeLeg(call.legA)
        #expect(totals.videoFromDevice.packets == 2, "what the page sent before it was reloaded counts")
        await call.end()
    }

    @Test func `a device that sends what the other cannot decode must renegotiate`() async throws {
        let call = try TestCall()
        call.a.capabilities = MediaCapabilities(codecs: [.opus, .vp8, .vp9])
        call.b.capabilities = MediaCapabilities(codecs: [.opus, .vp9])
        try call.a.accept(await call.server.openLeg(call.legA, in: call.call, offer: call.a.offer()))
        try call.b.accept(await call.server.openLeg(call.legB, in: call.call, offer: call.b.offer()))
        #expect(try await call.server.bridge(call.legA, call.legB) == .mustRenegotiate([call.legA]))
        let answer = try SessionDescription(parsing: await call.server.renegotiate(call.legA, offer: call.a.offer()))
        #expect(answer.media[1].codecs.first?.name == "VP9")
        #expect(try await call.server.bridge(call.legA, call.legB) == .ready)
        await call.end()
    }
}
