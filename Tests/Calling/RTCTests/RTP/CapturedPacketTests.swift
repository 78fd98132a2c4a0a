import RTC
import Testing

@Suite("Packets captured from Chromium")
struct CapturedPacketTests {
    /// What the offer of the captured call says.
    private func session() throws -> NegotiatedSession {
        let offer = try SessionDescription(parsing: fixture("chromium/video-offer.sdp"))
        return try Negotiation.answer(offer, capabilities: MediaCapabilities(), local: NegotiationTests.local).session
    }

    @Test func `every RTP packet is understood with the ids of its offer`() throws {
        let session = try session()
        let (audio, video) = (try #require(session[.audio]), try #require(session[.video]))
        var counts = (audio: 0, video: 0, probes: 0, repeats: 0)
        var stream = ReceiveStream(ssrc: try #require(video.remoteSources).main, clockRate: 90_000, asksAgain: true)
        for bytes in try packetFixture("chromium/rtp.hex") {
            var bytes = bytes
            try bytes.withUnsafeMutableBytes { slot in
                let packet = try #require(RTPPacket(slot, length: slot.count))
                #expect(packet.extensionForm == .oneByte)
                let media = audio.codec(ofPayloadType: packet.payloadType) != nil ? audio : video
                let mid = packet.mid(media.extensionIDs[.mid]).map { String(decoding: $0, as: UTF8.self) }
                #expect(mid == nil || mid == media.mid)
                if let codec = video.codec(ofRetransmission: packet.payloadType) {
                    // Chromium probes the path with retransmissions, of nothing at first and then of packets that have arrived.
                    let length = Retransmission.unwrap(
                        slot, length: slot.count, payloadType: codec.payloadType, ssrc: stream.ssrc)
                    guard let length, let original = RTPPacket(slot, length: length) else { return counts.probes += 1 }
                    counts.repeats += 1
                    let arrival = stream.receive(
                        sequence: original.sequence, timestamp: original.timestamp, now: .zero, isRetransmission: true)
                    #expect(arrival == .duplicate && codec.codec.mark(original.payload) != .middle)
                    return
                }
                #expect(media.codec(ofPayloadType: packet.payloadType) != nil)
                if media.kind == .audio {
                    counts.audio += 1
                    #expect(packet.audioLevel(media.extensionIDs[.audioLevel]) != nil)
                } else {
                    counts.video += 1
                    #expect(stream.receive(sequence: packet.sequence, timestamp: packet.timestamp, now: .zero) == .newest)
                    #expect(packet.absoluteSendTime(media.extensionIDs[.absoluteSendTime]) != nil)
                }
            }
        }
        #expect(counts.audio > 20 && counts.video > 20 && counts.probes > 0 && counts.repeats > 0)
        #expect(stream.lostCount == 0)
    }

    @Test func `a forwarded call has no gaps, no foreign ids and grows no packet`() throws {
        let incoming = try #require(try session()[.video])
        var outgoing = ExtensionIDs()
        outgoing[.absoluteSendTime] = 7
        let map = ExtensionIDMap(from: incoming.extensionIDs, to: outgoing)
        var stream = SendStream(
            sources: StreamSources(main: 100), clockRate: 90_000, firstSequence: 1, firstTimestamp: 1)
        var expected: UInt16 = 1
        for (index, bytes) in try packetFixture("chromium/rtp.hex").enumerated() where bytes[1] & 0x7F == 96 {
            var bytes = bytes
            let before = bytes
            bytes.withUnsafeMutableBytes { slot in
                guard let packet = RTPPacket(slot, length: slot.count) else { return fail("not RTP") }
                packet.remapElements(map)
                #expect(stream.rewrite(packet, payloadType: 120, now: MonotonicTime(microseconds: Int64(index) * 5000)) == true)
                #expect(packet.setAbsoluteSendTime(7, microseconds: 0))
                #expect(packet.sequence == expected && packet.mid(incoming.extensionIDs[.mid]) == nil)
                #expect(packet.element(incoming.extensionIDs[.transportSequence]) == nil)
                #expect(packet.payload.elementsEqual(before[packet.payloadOffset..<packet.payloadEnd]))
                expected &+= 1
            }
        }
        #expect(expected > 20)
    }

    @Test func `every RTCP datagram is understood`() throws {
        var reports = 0
        for bytes in try packetFixture("chromium/rtcp.hex") {
            try bytes.withUnsafeBytes { bytes in
                for packet in try #require(RTCPCompound(bytes)) {
                    switch packet {
                    case .senderReport(let report):
                        reports += 1
                        #expect([0x53A1_EC05, 0x7724_CA23].contains(report.ssrc) && report.packetCount > 0)
                    case .receiverReport(let report): #expect(Array(report.blocks).isEmpty)
                    case .sourceDescription(let items):
                        #expect(Array(items).map { String(decoding: $0.text, as: UTF8.self) } == ["BzSaRUkcL8VIGWB0"])
                    default: Issue.record("\(packet)")
                    }
                }
            }
        }
        #expect(reports > 10)
    }
}
