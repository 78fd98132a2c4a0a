import RTC
import Testing

@Suite("RTCP")
struct RTCPTests {
    func packets(_ bytes: [UInt8], _ body: ([RTCPPacket]?) -> Void) {
        bytes.withUnsafeBytes { body(RTCPCompound($0).map { Array($0) }) }
    }

    func written(_ body: (inout RTCPWriter) -> Void) -> [UInt8] {
        var slot = [UInt8](repeating: 0xEE, count: 1600)
        let length = slot.withUnsafeMutableBytes { buffer in
            var writer = RTCPWriter(buffer)
            body(&writer)
            return writer.length
        }
        return Array(slot[..<length])
    }

    static let block = ReportBlock(
        ssrc: 0x0102_0304, fractionLost: 64, cumulativeLost: -2, highestSequence: 0x0001_FFFE, jitter: 17,
        lastSenderReport: 0xAABB_CCDD, delaySinceLastSenderReport: 0x0001_0000)

    @Test func `a sender report with blocks and a name is written and read`() {
        let bytes = written {
            $0.senderReport(ssrc: 1, ntpTime: 0x0000_0001_8000_0000, rtpTimestamp: 90_000, packetCount: 5, octetCount: 6000)
            $0.append(Self.block)
            $0.cname(Array("peer@1".utf8), of: 1)
        }
        // Version 2 with one block, type 200, 52 bytes = 13 words, less one.
        #expect(bytes[..<4] == hex("81 C8 000C")[...])
        packets(bytes) { packets in
            guard case .senderReport(let report)? = packets?.first else { return fail("no sender report") }
            #expect(report.ssrc == 1 && report.rtpTimestamp == 90_000 && report.packetCount == 5 && report.octetCount == 6000)
            #expect(report.compactNTP == 0x0001_8000)
            #expect(Array(report.blocks) == [Self.block])
            guard case .sourceDescription(let description)? = packets?.last else { return fail("no description") }
            let items = Array(description)
            #expect(items.map(\.ssrc) == [1] && items.map(\.type) == [SourceDescription.Item.cname])
            #expect(items.first.map { Array($0.text) } == Array("peer@1".utf8))
        }
    }

    @Test func `names of every length end at a whole word with at least one zero`() {
        for length in 0...300 {
            let bytes = written { $0.cname([UInt8](repeating: 0x41, count: length), of: 9) }
            #expect(bytes.count % 4 == 0 && bytes.last == 0)
            packets(bytes) { packets in
                guard case .sourceDescription(let description)? = packets?.first else { return fail("no description") }
                #expect(Array(description).map(\.text.count) == [min(length, 255)])
            }
        }
    }

    @Test func `a description's next source begins at the next whole word`() {
        // "ab" ends at a word, so four zeros follow; "abc" leaves room for three. The third source is announced but missing.
        packets(hex("83 CA 0006 00000001 01 02 6162 00000000 00000002 01 03 616263 000000")) { packets in
            guard case .sourceDescription(let description)? = packets?.first else { return fail("no description") }
            let items = Array(description)
            #expect(items.map(\.ssrc) == [1, 2])
            #expect(items.map { String(decoding: $0.text, as: UTF8.self) } == ["ab", "abc"])
        }
    }

    @Test func `a receiver report takes 31 blocks and no more`() {
        let bytes = written { writer in
            writer.receiverReport(ssrc: 3)
            for index in 0..<40 { #expect(writer.append(Self.block) == (index < 31)) }
        }
        packets(bytes) { packets in
            guard case .receiverReport(let report)? = packets?.first else { return fail("no receiver report") }
            #expect(Array(report.blocks).count == 31)
        }
    }

    @Test func `lost packets are clamped to 24 bits`() {
        var block = Self.block
        for (value, expected) in [(Int32.max, Int32(0x7F_FFFF)), (.min, -0x80_0000), (-1, -1)] {
            block.cumulativeLost = value
            let bytes = written {
                $0.receiverReport(ssrc: 3)
                $0.append(block)
            }
            packets(bytes) { packets in
                guard case .receiverReport(let report)? = packets?.first else { return fail("no receiver report") }
                #expect(Array(report.blocks).first?.cumulativeLost == expected)
            }
        }
    }

    @Test func `a block needs a report before it`() {
        let alone = written { writer in
            let isTaken = writer.append(Self.block)
            #expect(!isTaken)
        }
        #expect(alone.isEmpty)
        _ = written { writer in
            writer.pictureLoss(sender: 1, media: 2)
            let isTaken = writer.append(Self.block)
            #expect(!isTaken)
        }
    }

    @Test func `missing packets near each other share a mask`() {
        // 10, 11 and 26 share: 11 is bit 0, 26 is bit 15. 27 is too far and begins a new entry, 65535 → 0 wraps into one.
        let bytes = written { writer in
            for sequence: UInt16 in [10, 11, 26, 27] { #expect(writer.nack(sequence, sender: 1, media: 2) == true) }
        }
        #expect(bytes == hex("81 CD 0004 00000001 00000002 000A 8001 001B 0000"))
        let wrapped = written { writer in
            for sequence: UInt16 in [65_535, 0, 2] { writer.nack(sequence, sender: 1, media: 2) }
        }
        #expect(wrapped == hex("81 CD 0003 00000001 00000002 FFFF 0005"))
        packets(wrapped) { packets in
            guard case .nack(let nack)? = packets?.first else { return fail("no NACK") }
            #expect(nack.sender == 1 && nack.media == 2 && Array(nack) == [65_535, 0, 2])
        }
    }

    @Test func `any ascending set of missing packets comes back`() {
        var random = SeededGenerator(seed: 5)
        for _ in 0..<300 {
            var sequence = UInt16.random(in: 0...UInt16.max, using: &random)
            var missing: [UInt16] = []
            for _ in 0..<Int.random(in: 1...100, using: &random) {
                missing.append(sequence)
                sequence &+= UInt16.random(in: 1...20, using: &random)
            }
            let bytes = written { writer in missing.forEach { writer.nack($0, sender: 1, media: 2) } }
            packets(bytes) { packets in
                guard packets?.count == 1, case .nack(let nack)? = packets?.first else { return fail("no NACK") }
                #expect(Array(nack) == missing)
            }
        }
    }

    @Test func `missing packets of two sources are kept apart`() {
        let bytes = written {
            $0.nack(10, sender: 1, media: 2)
            $0.nack(11, sender: 1, media: 3)
        }
        packets(bytes) { #expect($0?.count == 2) }
    }

    @Test func `wishes for key frames, estimates and farewells come back`() {
        let bytes = written {
            $0.pictureLoss(sender: 1, media: 2)
            $0.fullIntraRequest(sender: 1, media: 2, number: 7)
            $0.bitrateEstimate(sender: 1, bitsPerSecond: 1_200_000, source: 2)
            $0.goodbye(1)
        }
        packets(bytes) { packets in
            guard let packets, packets.count == 4 else { return fail("not four packets") }
            if case .pictureLoss(let loss) = packets[0] {
                #expect(loss.sender == 1 && loss.media == 2)
            } else {
                Issue.record("PLI")
            }
            if case .fullIntraRequest(let request) = packets[1] {
                let entries = Array(request)
                #expect(entries.map(\.media) == [2] && entries.map(\.number) == [7])
            } else {
                Issue.record("FIR")
            }
            if case .bitrateEstimate(let estimate) = packets[2] {
                // 1,200,000 needs 21 bits: the lowest three are cut, 1,200,000 is a multiple of eight.
                #expect(estimate.bitsPerSecond == 1_200_000 && Array(estimate.sources) == [2])
            } else {
                Issue.record("REMB")
            }
            if case .goodbye(let goodbye) = packets[3] { #expect(Array(goodbye.sources) == [1]) } else { Issue.record("BYE") }
        }
    }

    @Test(arguments: [UInt64(0), 1, 262_143, 262_144, 10_000_001, .max])
    func `an estimate loses less than one part in 2^17`(bitsPerSecond: UInt64) {
        packets(written { $0.bitrateEstimate(sender: 1, bitsPerSecond: bitsPerSecond, source: 2) }) { packets in
            guard case .bitrateEstimate(let estimate)? = packets?.first else { return fail("no estimate") }
            #expect(estimate.bitsPerSecond <= bitsPerSecond && bitsPerSecond - estimate.bitsPerSecond <= bitsPerSecond >> 17)
        }
    }

    @Test func `an estimate beyond 64 bits saturates`() {
        packets(hex("8F CE 0004 00000001 00000000 52454D42 00FFFFFF")) { packets in
            guard case .bitrateEstimate(let estimate)? = packets?.first else { return fail("no estimate") }
            #expect(estimate.bitsPerSecond == .max)
        }
    }

    @Test(arguments: [
        ("empty", ""), ("three bytes", "80 C9 00"), ("longer than the datagram", "80 C9 0002 00000001"),
        ("rest of two bytes", "80 C9 0001 00000001 80C9"), ("version 1", "40 C9 0001 00000001"),
        ("padding before the last packet", "A0 C9 0001 00000001 80 C9 0001 00000001"),
    ])
    func `datagrams whose lengths do not add up are refused`(what: String, text: String) {
        packets(hex(text)) { #expect($0 == nil, "\(what)") }
    }

    @Test(arguments: [
        ("report with a block too many", "81 C9 0001 00000001"), ("sender report too short", "80 C8 0001 00000001"),
        ("goodbye of absent sources", "83 CB 0001 00000001"), ("feedback without media source", "81 CD 0001 00000001"),
        ("NACK without an entry", "81 CD 0002 00000001 00000002"), ("padding beyond the packet", "A0 C9 0001 000000FF"),
        ("estimate of absent sources", "8F CE 0004 00000001 00000000 52454D42 FF000001"),
    ])
    func `packets with wrong content are told apart from unknown ones`(what: String, text: String) {
        packets(hex(text)) { packets in
            if case .malformed? = packets?.first {} else { Issue.record("\(what)") }
        }
    }

    @Test func `types and formats that we do not use are stepped over`() {
        // Extended report, application-defined, an unknown transport feedback format.
        packets(hex("80 CF 0001 00000001 80 CC 0002 00000001 41424344 83 CD 0002 00000001 00000002")) { packets in
            #expect(packets?.count == 3)
            for packet in packets ?? [] { if case .other = packet {} else { Issue.record("\(packet)") } }
        }
    }

    @Test func `what does not fit is not written`() {
        var slot = [UInt8](repeating: 0, count: 30)
        slot.withUnsafeMutableBytes { buffer in
            var writer = RTCPWriter(buffer)
            #expect(writer.receiverReport(ssrc: 1) == true)
            #expect(writer.append(Self.block) == false)
            #expect(writer.length == 8)
            #expect(writer.nack(1, sender: 1, media: 2) == true)
            #expect(writer.nack(100, sender: 1, media: 2) == true)
            #expect(writer.nack(200, sender: 1, media: 2) == false)
            #expect(writer.length == 28)
        }
        var empty: [UInt8] = []
        empty.withUnsafeMutableBytes { buffer in
            var writer = RTCPWriter(buffer)
            #expect(writer.receiverReport(ssrc: 1) == false && writer.isEmpty)
        }
    }

    @Test func `damaged datagrams never trap`() {
        let message =
            written {
                $0.senderReport(ssrc: 1, ntpTime: 2, rtpTimestamp: 3, packetCount: 4, octetCount: 5)
                $0.append(Self.block)
                $0.cname(Array("name".utf8), of: 1)
                $0.nack(1, sender: 1, media: 2)
                $0.nack(40, sender: 1, media: 2)
                $0.fullIntraRequest(sender: 1, media: 2, number: 7)
                $0.bitrateEstimate(sender: 1, bitsPerSecond: 1_200_000, source: 2)
                $0.goodbye(1)
            } + hex("8F CD 0007 00000001 00000002 0005 0007 000002 01 2001 D000 0102 0304 05 000000")
        packets(message) { packets in
            #expect(packets?.count == 7)
            if case .transportFeedback? = packets?.last {} else { Issue.record("no transport feedback") }
        }
        forEachDamage(of: message, seed: 2) { damaged in
            packets(damaged) { packets in
                for packet in packets ?? [] { walk(packet) }
            }
        }
    }

    /// Reads all that a packet offers.
    func walk(_ packet: RTCPPacket) {
        switch packet {
        case .senderReport(let report): #expect(Array(report.blocks).count < 32)
        case .receiverReport(let report): #expect(Array(report.blocks).count < 32)
        case .sourceDescription(let description): #expect(Array(description).count < 1000)
        case .goodbye(let goodbye): #expect(Array(goodbye.sources).count < 32)
        case .nack(let nack): #expect(Array(nack).count <= 17 * 400)
        case .fullIntraRequest(let request): #expect(Array(request).count < 200)
        case .bitrateEstimate(let estimate): #expect(Array(estimate.sources).count < 256)
        case .transportFeedback(let feedback): #expect(Array(feedback).count == feedback.statusCount)
        case .pictureLoss, .other, .malformed: break
        }
    }
}
