internal import RTC

/// Audio or video as the packet path tells them apart: one byte, no text.
enum TrackKind: UInt8, Sendable, CaseIterable {
    case audio, video

    var media: MediaKind { self == .audio ? .audio : .video }
}

/// What was negotiated for one leg, with a table by payload type for the packet path.
struct LegMedia: Sendable {
    /// What a payload type from the device means.
    struct Payload: Sendable {
        var kind: TrackKind
        /// It repairs packets of `original`; otherwise it is `original`.
        var isRepair: Bool
        var original: UInt8
        var codec: Codec
        var clockRate: UInt32
        /// Its sender repairs holes on request.
        var asksAgain: Bool

        init(_ kind: TrackKind, _ codec: NegotiatedCodec, isRepair: Bool) {
            self.kind = kind
            self.isRepair = isRepair
            original = codec.payloadType & 0x7F
            self.codec = codec.codec
            clockRate = codec.clockRate
            asksAgain = codec.feedback.contains(.nack)
        }
    }

    let session: NegotiatedSession
    private var payloads = InlineArray<128, Payload?>(repeating: nil)

    init(_ session: NegotiatedSession) {
        self.session = session
        for kind in TrackKind.allCases {
            for codec in session[kind.media]?.codecs ?? [] {
                payloads[Int(codec.payloadType & 0x7F)] = Payload(kind, codec, isRepair: false)
                guard let repair = codec.retransmissionPayloadType else { continue }
                payloads[Int(repair & 0x7F)] = Payload(kind, codec, isRepair: true)
            }
        }
    }

    /// What a payload type means; nil when it was not negotiated.
    @inline(__always)
    func payload(_ type: UInt8) -> Payload? { payloads[Int(type & 0x7F)] }

    /// The section of a kind.
    subscript(_ kind: TrackKind) -> NegotiatedMedia? { session[kind.media] }

    /// The id of transport-wide numbers; one id for all sections of a bundle.
    var transportSequenceID: UInt8 {
        for kind in TrackKind.allCases {
            if let id = self[kind]?.extensionIDs[.transportSequence], id != 0 { return id }
        }
        return 0
    }
}
