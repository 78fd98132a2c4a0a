import RTC
import Testing

@Suite("Codecs and payload types")
struct CodecTests {
    @Test(
        arguments: [
            ("opus", 48000, 2, "", Codec.opus), ("OPUS", 48000, 2, "stereo=1", .opus), ("opus", 48000, 1, "", nil),
            ("opus", 16000, 2, "", nil),
            ("red", 48000, 2, "111/111", .red), ("red", 90000, 1, "", nil), ("PCMU", 8000, 1, "", .pcmu),
            ("PCMU", 16000, 1, "", nil),
            ("PCMA", 8000, 1, "", .pcma), ("G722", 8000, 1, "", .g722),
            ("telephone-event", 8000, 1, "0-15", .telephoneEvent(clockRate: 8000)),
            ("telephone-event", 48000, 1, "", .telephoneEvent(clockRate: 48000)), ("telephone-event", 16000, 1, "", nil),
            ("VP8", 90000, 1, "max-fs=12288;max-fr=60", .vp8), ("VP8", 48000, 1, "", nil), ("VP9", 90000, 1, "", .vp9),
            ("VP9", 90000, 1, "profile-id=0", .vp9), ("VP9", 90000, 1, "profile-id=2", nil), ("AV1", 90000, 1, "", .av1),
            ("AV1", 90000, 1, "profile=1", nil), ("H264", 90000, 1, "profile-level-id=42e01f", .h264(packetizationMode: 0)),
            ("H264", 90000, 1, "profile-level-id=42e01f;packetization-mode=1", .h264(packetizationMode: 1)),
            ("H264", 90000, 1, "profile-level-id=42e01f;packetization-mode=2", nil),
            ("H264", 90000, 1, "packetization-mode=1", nil),
            ("H265", 90000, 1, "", nil), ("rtx", 90000, 1, "apt=96", nil), ("ulpfec", 90000, 1, "", nil), ("", 0, 1, "", nil),
        ] as [(String, UInt32, UInt8, String, Codec?)])
    func `a description means one codec or none`(
        name: String, clock: UInt32, channels: UInt8, parameters: String, expected: Codec?
    ) {
        let description = CodecDescription(
            payloadType: 96, name: name, clockRate: clock, channels: channels, parameters: parameters)
        #expect(Codec(description) == expected)
    }

    @Test func `parameters are found whatever their case and blanks`() {
        let description = CodecDescription(
            payloadType: 96, name: "x", clockRate: 1, parameters: "A=1; b = 2 ;c;=4;d=;e=5=6;;")
        #expect(description.parameter("a") == "1" && description.parameter("b") == "2" && description.parameter("e") == "5=6")
        #expect(description.parameter("c") == nil && description.parameter("d") == nil && description.parameter("x") == nil)
    }

    @Test func `feedback is a set of what we know`() {
        let known = CodecFeedback(texts: ["nack", "nack pli", "ccm fir", "goog-remb", "transport-cc", "ccm tmmbr", "nack rpsi"])
        #expect(known == [.nack, .pictureLoss, .fullIntraRequest, .bitrateEstimate, .transport])
        #expect(CodecFeedback(texts: known.texts) == known && CodecFeedback(texts: []) == [])
        #expect(CodecFeedback(texts: ["nack pli"]) == .pictureLoss, "asking for key frames is not asking for packets")
    }

    @Test func `a payload map is a table of 128 places`() {
        var map = PayloadMap()
        for payloadType in UInt8(0)...127 {
            #expect(map[payloadType] == nil)
            map[payloadType] = 127 - payloadType
        }
        for payloadType in UInt8(0)...127 { #expect(map[payloadType] == 127 - payloadType) }
        #expect(map[128] == 127, "the marker's bit is no part of a payload type")
        let full = map
        map[5] = nil
        #expect(map[5] == nil && map != full)
        map[5] = 122
        #expect(map == full)
    }

    @Test func `one description gives each codec one payload type`() {
        let offer = Negotiation.offer([.audio, .video], capabilities: MediaCapabilities(), local: NegotiationTests.local)
        let payloadTypes = offer.media.flatMap { $0.codecs.map(\.payloadType) }
        // Seven for sound, five for pictures and five for their retransmissions.
        #expect(payloadTypes.count == 17 && Set(payloadTypes).count == 17)
        #expect(
            Negotiation.offer([.video], capabilities: MediaCapabilities(retransmits: false), local: NegotiationTests.local)
                .media[0].codecs.count == 5)
    }

    @Test func `directions are pairs of halves`() {
        for direction in MediaDirection.allCases {
            #expect(MediaDirection(sends: direction.sends, receives: direction.receives) == direction)
            #expect(direction.reversed.reversed == direction)
            #expect(direction.intersection(.both) == direction && direction.intersection(.inactive) == .inactive)
        }
        #expect(MediaDirection.sendOnly.intersection(.receiveOnly) == .inactive)
    }
}
