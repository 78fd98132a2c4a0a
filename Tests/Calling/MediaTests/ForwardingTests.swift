import Basics
import Media
import RTC
import Testing

/// Two real devices (ICE, DTLS, SRTP on loopback sockets) through the media server.
@Suite(.serialized) struct ForwardingTests {
    @Test func `each device is sent what the other sends, in unbroken numbers`() async throws {
        let call = try await TestCall.connected()
        for number in UInt32(1)...50 {
            call.a.send(.video, number: number)
            call.a.send(.audio, number: 1000 + number)
            call.b.send(.video, number: 2000 + number)
            if number % 10 == 0 { await call.run(seconds: 0.01) }
        }
        #expect(await call.run { call.b.seen.count == 100 && call.a.seen.count == 50 })
        let video = call.b.seen.filter { $0.kind == .video }
        #expect(video.map(\.number) == Array(1...50))
        #expect(call.b.seen.filter { $0.kind == .audio }.map(\.number) == Array(1001...1050))
        #expect(call.a.seen.map(\.number) == Array(2001...2050))
        #expect(Set(video.map(\.ssrc)) == [try #require(call.b.session?[.video]?.remoteSources?.main)])
        // The sender's numbers begin just before the wrap; the receiver sees one step each time.
        let steps = zip(video, video.dropFirst()).map { $1.sequence &- $0.sequence }
        #expect(steps.allSatisfy { $0 == 1 })
        let clock = zip(video, video.dropFirst()).map { $1.timestamp &- $0.timestamp }
        #expect(clock.allSatisfy { $0 == 3000 })
        await call.end()
    }

    @Test func `both legs report in order: connected, then flowing`() async throws {
        let call = try await TestCall.connected()
        var connected: Set<LegID> = []
        for _ in 0..<2 {
            if case .connected(let leg) = await call.nextEvent() { connected.insert(leg) }
        }
        #expect(connected == [call.legA, call.legB])
        call.a.send(.audio, number: 1)
        #expect(await call.nextEvent() == .mediaFlowing(call.legA))
        await call.end()
    }

    @Test func `what is lost on the way to a device is sent again when it asks`() async throws {
        let call = try await TestCall.connected()
        var lost: [UInt16] = []
        call.b.loses = { packet in
            guard packet.kind == .video, !packet.isRepair, packet.number % 7 == 0 else { return false }
            lost.append(packet.sequence)
            return true
        }
        for number in UInt32(1)...35 { call.a.send(.video, number: number) }
        #expect(await call.run { call.b.seen.count == 30 && lost.count == 5 })
        let media = try #require(call.b.session?[.video]?.remoteSources?.main)
        call.b.sendControl { writer in
            writer.receiverReport(ssrc: 2000)
            for sequence in lost { writer.nack(sequence, sender: 2000, media: media) }
        }
        #expect(await call.run { call.b.seen.count == 35 })
        let repairs = call.b.seen.filter(\.isRepair)
        #expect(repairs.map(\.sequence) == lost)
        #expect(repairs.map(\.number) == [7, 14, 21, 28, 35])
        #expect(await call.server.statistics().retransmitted == 5)
        await call.end()
    }

    @Test func `holes in what a device sends are asked for soon and reported`() async throws {
        let call = try await TestCall.connected()
        let first = call.a.send(.video, number: 1)
        call.a.losesOutgoing = [first &+ 3, first &+ 4]
        for number in UInt32(2)...20 { call.a.send(.video, number: number) }
        let asked = TestDevice.now
        #expect(await call.run { call.a.nacked == [first &+ 3, first &+ 4] })
        #expect(TestDevice.now - asked < .milliseconds(200))
        #expect(await call.run { call.a.receiverReports.contains { $0.ssrc == 1001 && $0.cumulativeLost == 2 } })
        #expect(call.a.transportFeedbacks > 0)
        await call.end()
    }

    @Test func `wishes for key frames reach the sender at most every half second`() async throws {
        let call = try await TestCall.connected()
        call.a.send(.video, number: 1)  // a frame that begins with 0x10: VP8, not a key frame's first byte
        await call.run(seconds: 0.7)
        let before = call.a.pictureLosses.count
        let media = try #require(call.b.session?[.video]?.remoteSources?.main)
        let start = TestDevice.now
        for _ in 0..<40 {
            call.b.sendControl { $0.pictureLoss(sender: 2000, media: media) }
            await call.run(seconds: 0.025)
        }
        // One request per half second of wishing, whatever a busy machine made of the 40 x 25 ms, and one at either end.
        let most = Int((TestDevice.now - start).milliseconds / 500) + 2
        #expect((1...most).contains(call.a.pictureLosses.count - before))
        await call.end()
    }

    @Test func `sender reports pass on with the receiver's timeline`() async throws {
        let call = try await TestCall.connected()
        call.a.send(.video, number: 5)
        #expect(await call.run { call.b.seen.count == 1 })
        // Packet 5 has timestamp 15000; the report speaks of 90 clock ticks later.
        call.a.sendControl {
            $0.senderReport(ssrc: 1001, ntpTime: 7 << 32, rtpTimestamp: 15090, packetCount: 1, octetCount: 200)
        }
        #expect(await call.run { call.b.senderReports == [call.b.seen[0].timestamp &+ 90] })
        await call.end()
    }

    @Test func `closing a leg tells its device and counts what it carried`() async throws {
        let call = try await TestCall.connected()
        for number in UInt32(1)...10 {
            call.a.send(.video, number: number)
            call.a.send(.audio, number: number, bytes: 100)
        }
        #expect(await call.run { call.b.seen.count == 20 })
        let totals = await call.server.closeLeg(call.legA)
        #expect(totals.videoFromDevice.packets == 10)
        #expect(totals.audioFromDevice.packets == 10)
        // A header of 12 bytes, 12 bytes of extension, and the payload.
        #expect(totals.audioFromDevice.bytes == 10 * (24 + 100))
        #expect(totals.videoFromDevice.lost == 0)
        #expect(await call.run { call.a.isClosed })
        let others = await call.server.closeLeg(call.legB)
        #expect(others.videoToDevice.packets == 10)
        #expect(others.audioToDevice.packets == 10)
        #expect(await call.server.statistics().legs == 0)
        #expect(await call.server.closeLeg(call.legA) == LegTotals(), "a second closing carries nothing and is no fault")
        await call.end()
    }
}
