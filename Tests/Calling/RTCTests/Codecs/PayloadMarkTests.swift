import RTC
import Testing

@Suite("Frames in payloads")
struct PayloadMarkTests {
    func mark(_ codec: Codec, _ text: String) -> PayloadMark { hex(text).withUnsafeBytes { codec.mark($0) } }

    static let start = PayloadMark(startsFrame: true, startsKeyFrame: false)
    static let key = PayloadMark(startsFrame: true, startsKeyFrame: true)

    @Test(arguments: [
        ("plain descriptor, key", "10 00", key), ("plain descriptor, predicted", "10 01", start),
        ("second partition", "11 00", .middle), ("continuation", "00 00", .middle),
        ("short picture id", "90 80 05 00", key), ("long picture id", "90 80 85 05 00", key),
        ("long picture id, predicted", "90 80 85 05 01", start), ("picture id, level and layer", "90 F0 85 05 07 20 00", key),
        ("layer only", "90 20 20 01", start), ("descriptor without frame", "10", .middle),
        ("cut in the picture id", "90 80", .middle), ("cut in the levels", "90 F0 05 07", .middle),
    ])
    func `VP8`(what: String, text: String, expected: PayloadMark) {
        #expect(mark(.vp8, text) == expected, "\(what)")
    }

    @Test(arguments: [
        ("IDR slice, first macroblock", "65 88", key), ("IDR slice, a later one", "65 40", .middle), ("slice", "61 9A", start),
        ("sequence parameters", "67 42", key), ("picture parameters", "68 CE", start), ("filler", "0C FF", .middle),
        ("aggregate of both parameters and IDR", "78 0002 6742 0002 68CE 0002 6588", key),
        ("aggregate of slices", "78 0002 419A", start),
        ("aggregate whose length lies", "78 00FF 6742", .middle), ("first fragment of IDR", "7C 85 88", key),
        ("next fragment of IDR", "7C 05 88", .middle), ("last fragment", "7C 45 88", .middle),
        ("first fragment of slice", "7C 81 9A", start),
        ("fragment cut short", "7C 85", .middle),
    ])
    func `H 264`(what: String, text: String, expected: PayloadMark) {
        #expect(mark(.h264(packetizationMode: 1), text) == expected, "\(what)")
    }

    @Test(arguments: [
        ("beginning, key", "08", key), ("beginning, predicted", "48", start), ("end of a frame", "04", .middle),
        ("short picture id, layer 0", "A8 05 00 00", key), ("long picture id, layer 0", "A8 85 05 01 00", key),
        ("upper spatial layer", "A8 05 02 00", .middle), ("cut in the layer", "A8 05", .middle), ("cut in the id", "A8", .middle),
    ])
    func `VP9`(what: String, text: String, expected: PayloadMark) {
        #expect(mark(.vp9, text) == expected, "\(what)")
    }

    @Test(arguments: [
        ("new sequence", "18 0A", key), ("new temporal unit", "10 0A", start), ("continuation", "90 0A", .middle),
        ("continuation that claims a new sequence", "98 0A", .middle),
    ])
    func `AV1`(what: String, text: String, expected: PayloadMark) {
        #expect(mark(.av1, text) == expected, "\(what)")
    }

    @Test func `sound can be decoded from any packet, and nothing begins with nothing`() {
        #expect(mark(.opus, "FC") == Self.key)
        for codec in MediaCapabilities.everyCodec { #expect(mark(codec, "") == .middle) }
    }

    @Test func `damaged payloads never trap`() {
        var random = SeededGenerator(seed: 13)
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0...8, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
            for codec in MediaCapabilities.everyCodec {
                let mark = bytes.withUnsafeBytes { codec.mark($0) }
                #expect(mark.startsFrame || !mark.startsKeyFrame)
            }
        }
    }

    @Test func `Chromium's first VP8 frame is a key frame and every timestamp has one beginning`() throws {
        var beginnings: [UInt32: Int] = [:]
        var first: PayloadMark?
        var mediaTimestamps: Set<UInt32> = []
        for bytes in try packetFixture("chromium/rtp.hex") {
            var bytes = bytes
            bytes.withUnsafeMutableBytes { slot in
                guard let packet = RTPPacket(slot, length: slot.count) else { return fail("not RTP") }
                guard packet.payloadType == 96, !packet.payload.isEmpty else { return }
                let mark = Codec.vp8.mark(packet.payload)
                first = first ?? mark
                mediaTimestamps.insert(packet.timestamp)
                if mark.startsFrame { beginnings[packet.timestamp, default: 0] += 1 }
            }
        }
        #expect(first == Self.key)
        #expect(mediaTimestamps.count > 3 && mediaTimestamps.allSatisfy { beginnings[$0] == 1 })
    }
}

@Suite("Redundant audio")
struct RedundancyTests {
    func remap(_ payload: String, _ map: PayloadMap) -> (Bool, [UInt8]) {
        var bytes = hex("80 3F 0001 00000001 00000001" + payload)
        let isDone = bytes.withUnsafeMutableBytes { RTPPacket($0, length: $0.count)?.remapRedundancy(map) ?? false }
        return (isDone, Array(bytes[12...]))
    }

    @Test func `payload types inside are renamed, or nothing is`() {
        var map = PayloadMap()
        map[111] = 109
        // One redundant block of type 111 (0xEF with the bit for "more"), then the main block 0x6F.
        #expect(remap("EF 000802 6F AA BB CC", map) == (true, hex("ED 000802 6D AA BB CC")))
        #expect(remap("EF 000802 60 AA BB CC", map) == (false, hex("EF 000802 60 AA BB CC")))
        #expect(remap("EF 000802", map) == (false, hex("EF 000802")))
        #expect(remap("", map).0 == false)
    }
}
