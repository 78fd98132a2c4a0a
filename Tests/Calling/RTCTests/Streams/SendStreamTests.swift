import RTC
import Testing

@Suite("Sending a stream")
struct SendStreamTests {
    func at(_ milliseconds: Int64) -> MonotonicTime { MonotonicTime(microseconds: milliseconds * 1000) }

    func stream(retransmission: UInt32? = 101) -> SendStream {
        SendStream(
            sources: StreamSources(main: 100, retransmission: retransmission), clockRate: 90_000, firstSequence: 65_534,
            firstTimestamp: 5000, firstRetransmission: 65_535)
    }

    func packet(ssrc: UInt32, _ sequence: UInt16, _ timestamp: UInt32, payload: [UInt8] = [1, 2, 3], padding: UInt8 = 0)
        -> [UInt8]
    {
        var slot = [UInt8](repeating: 0, count: 12)
        slot.withUnsafeMutableBytes { buffer in
            var writer = RTPHeaderWriter(
                buffer, payloadType: 96, marker: true, sequence: sequence, timestamp: timestamp, ssrc: ssrc)
            _ = writer?.finish()
        }
        guard padding > 0 else { return slot + payload }
        slot[0] |= 0x20
        return slot + payload + [UInt8](repeating: 0, count: Int(padding) - 1) + [padding]
    }

    /// Rewrites and gives sequence and timestamp that go out; nil when it must not be sent.
    func send(_ stream: inout SendStream, _ bytes: [UInt8], now: MonotonicTime, cache: PacketCache? = nil) -> [UInt32]? {
        var bytes = bytes
        return bytes.withUnsafeMutableBytes { slot in
            guard let packet = RTPPacket(slot, length: slot.count), stream.rewrite(packet, payloadType: 120, now: now) else {
                return nil
            }
            #expect(packet.ssrc == 100 && packet.payloadType == 120 && packet.marker)
            cache?.store(packet)
            return [UInt32(packet.sequence), packet.timestamp]
        }
    }

    @Test func `one source is shifted as a whole, its holes and late packets too`() {
        var stream = stream()
        #expect(send(&stream, packet(ssrc: 1, 10, 1000), now: at(0)) == [65_534, 5000])
        #expect(send(&stream, packet(ssrc: 1, 12, 4000), now: at(33)) == [0, 8000])
        #expect(send(&stream, packet(ssrc: 1, 11, 1000), now: at(40)) == [65_535, 5000])
        #expect(send(&stream, packet(ssrc: 1, 9, 500), now: at(41)) == nil, "before the first one there is no number for it")
        #expect(stream.packetCount == 3 && stream.octetCount == 9)
    }

    @Test func `another source goes on one number and the time that has passed later`() {
        var stream = stream()
        _ = send(&stream, packet(ssrc: 1, 10, 1000), now: at(0))
        // 100 ms at 90 kHz are 9000.
        #expect(send(&stream, packet(ssrc: 2, 60_000, 77), now: at(100)) == [65_535, 14_000])
        #expect(send(&stream, packet(ssrc: 2, 60_001, 3077), now: at(133)) == [0, 17_000])
        // The same instant still moves time on, so that two frames never share a timestamp.
        #expect(send(&stream, packet(ssrc: 3, 0, 0), now: at(133)) == [1, 17_001])
    }

    @Test func `a late packet does not turn back where the next source begins`() {
        var stream = stream()
        for sequence: UInt16 in [10, 12, 11] { _ = send(&stream, packet(ssrc: 1, sequence, UInt32(sequence) * 3000), now: at(0)) }
        // 65534, 65535 and 0 are used up, and the newest timestamp is 5000 + 2 × 3000.
        #expect(send(&stream, packet(ssrc: 2, 500, 0), now: at(10)) == [1, 11_900])
    }

    @Test func `a source that begins its numbers anew goes on too`() {
        var stream = stream()
        for index in UInt16(0)..<10 { _ = send(&stream, packet(ssrc: 1, 5000 + index, 0), now: at(0)) }
        #expect(send(&stream, packet(ssrc: 1, 20, 0), now: at(100)) == [8, 14_000])
        #expect(send(&stream, packet(ssrc: 1, 21, 0), now: at(100))?.first == 9)
    }

    @Test func `sequence numbers are continuous over random sources, losses and wraps`() {
        var random = SeededGenerator(seed: 23)
        var stream = stream()
        var expected: UInt16 = 65_534
        for source in UInt32(1)...50 {
            var sequence = UInt16.random(in: 0...UInt16.max, using: &random)
            for index in 0..<Int.random(in: 1...3000, using: &random) {
                let gap =
                    index > 0 && Int.random(in: 0..<50, using: &random) == 0 ? UInt16.random(in: 1...100, using: &random) : 0
                sequence &+= gap
                expected &+= gap
                #expect(send(&stream, packet(ssrc: source, sequence, 0), now: at(Int64(index)))?.first == UInt32(expected))
                sequence &+= 1
                expected &+= 1
            }
        }
    }

    @Test func `reports follow the outgoing timeline and give the round trip`() throws {
        var stream = stream()
        _ = send(&stream, packet(ssrc: 1, 10, 1000), now: at(0))
        var slot = [UInt8](repeating: 0, count: 200)
        let report = hex("80 C8 0006 00000001 11112222 33334444 000007D0 00000063 00000063")
        let foreign = hex("80 C8 0006 00000009 11112222 33334444 000007D0 00000063 00000063")
        let length = slot.withUnsafeMutableBytes { buffer in
            var writer = RTCPWriter(buffer)
            for (bytes, isOurs) in [(report, true), (foreign, false)] {
                bytes.withUnsafeBytes {
                    guard let compound = RTCPCompound($0), case .senderReport(let report)? = Array(compound).first else {
                        return fail("SR")
                    }
                    #expect(stream.forward(report, into: &writer, now: at(50)) == isOurs)
                }
            }
            return writer.length
        }
        // 2000 + 4000 of shift; one packet of three bytes.
        #expect(Array(slot[..<length]) == hex("80 C8 0006 00000064 11112222 33334444 00001770 00000001 00000003"))

        var block = ReportBlock(
            ssrc: 100, fractionLost: 0, cumulativeLost: 0, highestSequence: 0, jitter: 0, lastSenderReport: 0x2222_3333,
            delaySinceLastSenderReport: 65_536 / 10)
        // Sent at 50, kept 99.99 ms, answered at 230: 80 ms on the way.
        #expect(try #require(stream.roundTrip(block, now: at(230))).milliseconds == 80)
        #expect(stream.roundTrip(block, now: at(100)) == .zero, "a receiver that claims to have kept it longer")
        block.lastSenderReport = 5
        #expect(stream.roundTrip(block, now: at(230)) == nil)
    }

    @Test func `our own reports extrapolate the timeline`() {
        var stream = stream()
        var slot = [UInt8](repeating: 0, count: 200)
        slot.withUnsafeMutableBytes { buffer in
            var writer = RTCPWriter(buffer)
            #expect(stream.report(ntpTime: 1, into: &writer, now: at(0)) == false, "nothing was sent yet")
            _ = send(&stream, packet(ssrc: 1, 10, 1000), now: at(0))
            #expect(stream.report(ntpTime: 1, into: &writer, now: at(10)) == true)
            let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<writer.length])
            guard let compound = RTCPCompound(bytes), case .senderReport(let report)? = Array(compound).first else {
                return fail("SR")
            }
            #expect(report.rtpTimestamp == 5900)
        }
    }

    @Test func `what is asked for again goes out as a retransmission with its own numbers`() {
        var stream = stream()
        let cache = PacketCache(packets: 64, bytes: 10_000)
        for index in UInt16(0)..<10 {
            _ = send(&stream, packet(ssrc: 1, index, 0, payload: [9, UInt8(index)], padding: 4), now: at(0), cache: cache)
        }
        var map = PayloadMap()
        map[120] = 121
        var slot = [UInt8](repeating: 0, count: 1600)
        slot.withUnsafeMutableBytes { buffer in
            func again(_ sequence: UInt16, _ now: Int64) -> [UInt8]? {
                let length = stream.retransmit(
                    sequence, from: cache, payloadTypes: map, into: buffer, now: at(now), spacing: .milliseconds(50))
                return length.map { Array(buffer[..<$0]) }
            }
            // The second packet went out as 65535; the retransmission is number 65535 of source 101, type 121, marked, without padding.
            let header = hex("80 F9 FFFF 00001388 00000065 FFFF 09 01")
            #expect(again(65_535, 100) == header)
            #expect(again(65_535, 149) == nil, "the last one is still on its way")
            #expect(again(65_535, 150)?[2...3] == hex("0000")[...])
            #expect(again(100, 100) == nil)
            #expect(Retransmission.unwrap(buffer, length: header.count, payloadType: 120, ssrc: 100) == 14)
            #expect(Array(buffer[..<14]) == hex("80 F8 FFFF 00001388 00000064 09 01"))
        }
        #expect(stream.retransmittedCount == 2)
    }

    @Test func `without retransmission the same packet goes out again, bit for bit`() {
        var stream = stream(retransmission: nil)
        let cache = PacketCache(packets: 64, bytes: 10_000)
        _ = send(&stream, packet(ssrc: 1, 7, 0, padding: 4), now: at(0), cache: cache)
        var slot = [UInt8](repeating: 0, count: 1600)
        slot.withUnsafeMutableBytes { buffer in
            let length = stream.retransmit(
                65_534, from: cache, payloadTypes: PayloadMap(), into: buffer, now: at(1), spacing: .milliseconds(50))
            #expect(length.map { Array(buffer[..<$0]) } == hex("A0 F8 FFFE 00001388 00000064 010203 00000004"))
        }
    }

    @Test func `a retransmission that carries nothing is dropped`() {
        var probe = hex("B0 61 678D 00000000 1157E30E BEDE0001 10000000 00000004")
        var damaged = packet(ssrc: 1, 7, 0, payload: [1, 2])
        #expect(probe.withUnsafeMutableBytes { Retransmission.unwrap($0, length: $0.count, payloadType: 96, ssrc: 1) } == nil)
        #expect(damaged.withUnsafeMutableBytes { Retransmission.unwrap($0, length: $0.count, payloadType: 96, ssrc: 1) } == nil)
        #expect(
            damaged.withUnsafeMutableBytes { Retransmission.wrap($0, length: $0.count, payloadType: 97, ssrc: 1, sequence: 0) }
                == nil)
    }
}

@Suite("Packet cache")
struct PacketCacheTests {
    @Test func `the newest packets are kept whole and older ones forgotten`() {
        var random = SeededGenerator(seed: 29)
        let cache = PacketCache(packets: 32, bytes: 20_000)
        var sent: [(UInt16, [UInt8])] = []
        var slot = [UInt8](repeating: 0, count: 1600)
        for step in 0..<600 {
            let sequence = UInt16(truncatingIfNeeded: 65_300 + step)
            var bytes = hex("80 60") + [UInt8(sequence >> 8), UInt8(sequence & 0xFF)] + [UInt8](repeating: 0, count: 8)
            bytes += [UInt8](repeating: UInt8(step & 0xFF), count: Int.random(in: 0...1400, using: &random))
            bytes.withUnsafeMutableBytes { buffer in
                guard let packet = RTPPacket(buffer, length: buffer.count) else { return fail("not RTP") }
                cache.store(packet)
            }
            sent.append((sequence, bytes))
            for (back, (sequence, bytes)) in sent.suffix(40).reversed().enumerated() {
                slot.withUnsafeMutableBytes { buffer in
                    let length = cache.copy(sequence, into: buffer, now: .zero, spacing: .zero)
                    if back < 12 { #expect(length == bytes.count) }
                    if back >= 32 { #expect(length == nil) }
                    if let length { #expect(buffer[..<length].elementsEqual(bytes)) }
                }
            }
        }
        cache.removeAll()
        #expect(slot.withUnsafeMutableBytes { cache.copy(sent[599].0, into: $0, now: .zero, spacing: .zero) } == nil)
    }
}

@Suite("Key frame requests")
struct KeyFrameRequestTests {
    func at(_ milliseconds: Int64) -> MonotonicTime { MonotonicTime(microseconds: 5_000_000 + milliseconds * 1000) }

    @Test func `at most one goes out per 500 ms, until a key frame comes`() {
        var requests = KeyFrameRequests()
        #expect(requests.take(now: at(0)) == false)
        requests.want()
        #expect(requests.take(now: at(0)) == true)
        requests.want()
        #expect(requests.take(now: at(499)) == false)
        #expect(requests.deadline == at(500))
        #expect(requests.take(now: at(500)) == true)
        requests.keyFrameArrived()
        #expect(requests.deadline == nil)
        #expect(requests.take(now: at(2000)) == false)
        requests.want()
        #expect(requests.take(now: at(2000)) == true)
    }

    @Test func `who joins is served at once`() {
        var requests = KeyFrameRequests()
        requests.want()
        #expect(requests.take(now: at(0)) == true)
        requests.wantAtOnce()
        #expect(requests.take(now: at(1)) == true)
        #expect(requests.take(now: at(2)) == false)
    }

    @Test func `an unanswered wish ends by itself`() {
        var requests = KeyFrameRequests()
        requests.want()
        let sent = (0..<1000).filter { requests.take(now: at(Int64($0) * 100)) }
        #expect(sent.count == 20 && requests.deadline == nil)
    }
}
