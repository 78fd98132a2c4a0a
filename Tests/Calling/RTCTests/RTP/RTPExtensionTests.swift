import RTC
import Testing

@Suite("RTP header extensions")
struct RTPExtensionTests {
    func edit(_ bytes: [UInt8], _ body: (RTPPacket) -> Void) -> [UInt8] {
        var copy = bytes
        copy.withUnsafeMutableBytes { slot in
            if let packet = RTPPacket(slot, length: slot.count) { body(packet) } else { Issue.record("not a packet") }
        }
        return copy
    }

    static let header = "90 60 0001 00000001 00000001 "

    @Test func `one-byte ids are renamed and unknown ones become padding`() {
        var incoming = ExtensionIDs()
        incoming[.absoluteSendTime] = 2
        incoming[.transportSequence] = 3
        incoming[.mid] = 4
        var outgoing = ExtensionIDs()
        outgoing[.absoluteSendTime] = 5
        outgoing[.transportSequence] = 14
        outgoing[.mid] = 4
        let bytes = edit(hex(Self.header + "BEDE0003 22 AABBCC 31 0007 40 31 71 0102 00 99")) {
            $0.remapElements(ExtensionIDMap(from: incoming, to: outgoing))
        }
        #expect(bytes == hex(Self.header + "BEDE0003 52 AABBCC E1 0007 00 00 00 0000 00 99"))
    }

    @Test func `two-byte elements may be empty, long, and are renamed too`() {
        var map = ExtensionIDMap()
        map[1] = 9
        let bytes = edit(hex(Self.header + "1000 0002 01 00 01 02 AABB 14 00 99")) { packet in
            #expect(packet.element(1)?.length == 0)
            #expect(packet.element(20)?.length == 0)
            packet.remapElements(map)
        }
        #expect(bytes == hex(Self.header + "1000 0002 09 00 09 02 AABB 00 00 99"))
    }

    @Test func `id 15 and id 0 with a length end a one-byte list`() {
        _ = edit(hex(Self.header + "BEDE0002 F0 AA 10 BB 00 00 00 00")) { #expect($0.element(1) == nil) }
        _ = edit(hex(Self.header + "BEDE0002 10 BB F0 AA 20 CC 00 00")) {
            #expect($0.element(1) != nil)
            #expect($0.element(2) == nil)
        }
    }

    @Test func `an unknown extension profile is stepped over`() {
        _ = edit(hex(Self.header + "ABCD0001 10 BB 00 00 99")) {
            #expect($0.extensionForm == .none)
            #expect($0.element(1) == nil)
            #expect(Array($0.payload) == [0x99])
        }
    }

    @Test func `values are set in place where the packet has room for them`() {
        let bytes = edit(hex(Self.header + "BEDE0002 22 000000 31 0000 00")) { packet in
            // 1.5 s is 0x60000 in units of 2^-18 s.
            #expect(packet.setAbsoluteSendTime(2, microseconds: 1_500_000))
            #expect(packet.setTransportSequence(3, 0xBEEF))
            #expect(!packet.setTransportSequence(4, 1))
            #expect(packet.absoluteSendTime(2) == 0x06_0000)
        }
        #expect(bytes == hex(Self.header + "BEDE0002 22 060000 31 BEEF 00"))
    }

    @Test func `the absolute send time wraps every 64 seconds and takes any clock`() {
        #expect(RTPPacket.absoluteSendTime(microseconds: 64_000_000) == 0)
        #expect(RTPPacket.absoluteSendTime(microseconds: 63_999_999) == 0xFF_FFFF)
        #expect(RTPPacket.absoluteSendTime(microseconds: .max) <= 0xFF_FFFF)
        #expect(RTPPacket.absoluteSendTime(microseconds: .min) <= 0xFF_FFFF)
    }

    @Test func `audio level and orientation are understood`() {
        _ = edit(hex(Self.header + "BEDE0001 10 A5 20 07")) { packet in
            // 0xA5: speech, 37 dB below full. 0x07: flipped, three quarter turns.
            #expect(packet.audioLevel(1)?.hasVoice == true)
            #expect(packet.audioLevel(1)?.decibelsBelowFull == 37)
            #expect(packet.videoOrientation(2)?.isFlipped == true)
            #expect(packet.videoOrientation(2)?.isBackCamera == false)
            #expect(packet.videoOrientation(2)?.degrees == 270)
        }
    }

    @Test func `an id map holds ids of one byte only`() {
        var map = ExtensionIDMap()
        map[15] = 1
        map[0] = 1
        map[3] = 15
        map[200] = 1
        #expect(map == ExtensionIDMap())
        for id in UInt8(1)...14 { map[id] = 15 - id }
        for id in UInt8(1)...14 { #expect(map[id] == 15 - id) }
        #expect(map[255] == 0)
    }
}

@Suite("Sequence arithmetic")
struct SequenceArithmeticTests {
    @Test func `newer and older hold across the wrap`() {
        #expect(UInt16(0).isNewer(than: 0xFFFF))
        #expect(!UInt16(0xFFFF).isNewer(than: 0))
        #expect(!UInt16(7).isNewer(than: 7))
        #expect(UInt16(2).distance(from: 0xFFFE) == 4)
        #expect(UInt32(0).distance(from: .max) == 1)
    }

    @Test func `unwrapping follows the order of sending through losses, reordering and wraps`() {
        var random = SeededGenerator(seed: 3)
        var unwrapper = SequenceUnwrapper()
        var truth = Int64(UInt16.random(in: 0...UInt16.max, using: &random)) + 0x1_0000
        #expect(unwrapper.unwrap(UInt16(truncatingIfNeeded: truth)) == truth)
        for _ in 0..<20_000 {
            truth += Int64.random(in: 0...900, using: &random)
            let late = truth - Int64.random(in: 0...5000, using: &random)
            #expect(unwrapper.unwrap(UInt16(truncatingIfNeeded: truth)) == truth)
            #expect(unwrapper.unwrap(UInt16(truncatingIfNeeded: late)) == late)
            #expect(unwrapper.newest == truth)
        }
    }
}
