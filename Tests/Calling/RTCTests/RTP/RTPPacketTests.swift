import RTC
import Testing

@Suite("RTP packets")
struct RTPPacketTests {
    /// Version 2, marker, payload type 96, sequence 0x1234, timestamp 0x01020304, source 0xAABBCCDD, three bytes of payload.
    static let plain = hex("80 E0 1234 01020304 AABBCCDD 112233")

    /// The same with two contributors, a one-byte extension of two words (mid "1" as id 4, transport sequence 7 as id 3, padding)
    /// and four bytes of padding.
    static let full = hex("B2 E0 1234 01020304 AABBCCDD 00000001 00000002 BEDE0002 40 31 31 0007 000000 112233 00000004")

    func parse<Result>(_ bytes: [UInt8], _ body: (RTPPacket?) -> Result) -> Result {
        var copy = bytes
        return copy.withUnsafeMutableBytes { body(RTPPacket($0, length: $0.count)) }
    }

    @Test func `a plain packet's fields are read`() throws {
        parse(Self.plain) { packet in
            #expect(packet?.marker == true)
            #expect(packet?.payloadType == 96)
            #expect(packet?.sequence == 0x1234)
            #expect(packet?.timestamp == 0x0102_0304)
            #expect(packet?.ssrc == 0xAABB_CCDD)
            #expect(packet?.payloadOffset == 12)
            #expect(packet.map { Array($0.payload) } == [0x11, 0x22, 0x33])
        }
    }

    @Test func `contributors, extension and padding are stepped over`() {
        parse(Self.full) { packet in
            // 12 fixed + 2 × 4 contributors + 4 + 2 × 4 extension.
            #expect(packet?.payloadOffset == 32)
            #expect(packet.map { Array($0.payload) } == [0x11, 0x22, 0x33])
            #expect(packet?.length == Self.full.count)
            #expect(packet?.mid(4).map { Array($0) } == Array("1".utf8))
            #expect(packet?.transportSequence(3) == 7)
            #expect(packet?.transportSequence(5) == nil)
            #expect(packet?.element(0) == nil)
        }
    }

    @Test func `fields are changed in place and nothing else is`() {
        var bytes = Self.plain
        bytes.withUnsafeMutableBytes { slot in
            guard let packet = RTPPacket(slot, length: slot.count) else { return }
            packet.payloadType = 111
            packet.sequence = 0xFFFF
            packet.timestamp = 0
            packet.ssrc = 1
            packet.marker = false
        }
        #expect(bytes == hex("80 6F FFFF 00000000 00000001 112233"))
    }

    @Test(arguments: [
        ("no version 2", "40 E0 1234 01020304 AABBCCDD"),
        ("eleven bytes", "80 E0 1234 01020304 AABBCC"),
        ("a contributor that is not there", "81 E0 1234 01020304 AABBCCDD"),
        ("an extension header cut in two", "90 E0 1234 01020304 AABBCCDD BEDE"),
        ("an extension that is longer than the packet", "90 E0 1234 01020304 AABBCCDD BEDE0001"),
        ("padding of zero bytes", "A0 E0 1234 01020304 AABBCCDD 00"),
        ("padding that reaches into the header", "A0 E0 1234 01020304 AABBCCDD 02"),
    ])
    func `malformed packets are refused`(what: String, text: String) {
        #expect(parse(hex(text)) { $0 == nil }, "\(what)")
    }

    @Test func `a length beyond the slot is refused`() {
        var bytes = Self.plain
        #expect(bytes.withUnsafeMutableBytes { RTPPacket($0, length: $0.count + 1) } == nil)
    }

    @Test func `damaged packets never trap and stay within the slot`() {
        for message in [Self.plain, Self.full, hex("90 60 0001 00000001 00000001 1000 0002 01 01 FF 02 00 03 02 AABB 99")] {
            forEachDamage(of: message, seed: 1) { damaged in
                parse(damaged) { packet in
                    guard let packet else { return }
                    #expect(packet.payloadEnd <= damaged.count && packet.payloadOffset <= packet.payloadEnd)
                    var cursor = 0
                    while let element = packet.nextElement(after: &cursor) {
                        #expect(element.offset + element.length <= packet.payloadOffset)
                    }
                    packet.remapElements(ExtensionIDMap())
                    #expect(packet.element(3) == nil)
                }
            }
        }
    }

    @Test func `headers that we write are read back`() {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<500 {
            var slot = [UInt8](repeating: 0xEE, count: 200)
            let sequence = UInt16.random(in: 0...UInt16.max, using: &random)
            let timestamp = UInt32.random(in: 0...UInt32.max, using: &random)
            let marker = Bool.random(using: &random)
            let values = (1...Int.random(in: 1...5, using: &random)).map { _ in
                (0..<Int.random(in: 1...16, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
            }
            slot.withUnsafeMutableBytes { buffer in
                var writer = RTPHeaderWriter(
                    buffer, payloadType: 100, marker: marker, sequence: sequence, timestamp: timestamp, ssrc: 5)
                for (index, value) in values.enumerated() {
                    value.withUnsafeBytes { _ = writer?.append(UInt8(index + 1), $0) }
                }
                let length = writer?.finish() ?? 0
                let packet = RTPPacket(buffer, length: length + 3)
                #expect(packet?.payloadOffset == length && length % 4 == 0)
                #expect(packet?.sequence == sequence && packet?.timestamp == timestamp && packet?.marker == marker)
                for (index, value) in values.enumerated() {
                    let element = packet?.element(UInt8(index + 1))
                    #expect(element.flatMap { packet?.value(of: $0) }.map { Array($0) } == value)
                }
            }
        }
    }

    @Test func `a header writer refuses what does not fit`() {
        var small = [UInt8](repeating: 0, count: 20)
        small.withUnsafeMutableBytes { buffer in
            var writer = RTPHeaderWriter(buffer, payloadType: 0, marker: false, sequence: 0, timestamp: 0, ssrc: 0)
            #expect(writer?.append(15, 1, count: 1) == false)
            #expect(writer?.append(1, 1, count: 5) == false)
            #expect(
                writer?.append(1, 0xABCDEF, count: 2) == false, "16 bytes are needed before the value, 20 are there, 3 kept back")
            #expect(writer?.finish() == 12)
        }
        var tiny = [UInt8](repeating: 0, count: 11)
        let writer = tiny.withUnsafeMutableBytes {
            RTPHeaderWriter($0, payloadType: 0, marker: false, sequence: 0, timestamp: 0, ssrc: 0)
        }
        #expect(writer == nil)
    }
}
