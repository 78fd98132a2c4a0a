/// The packets of one RTCP datagram (RFC 3550 section 6), compound or reduced-size (RFC 5506).
///
/// The lengths are walked once when it is made, so that half of a broken datagram is never obeyed. Iterating allocates nothing; the
/// views must not outlive the datagram.
public struct RTCPCompound: Sequence {
    private let bytes: UnsafeRawBufferPointer

    /// Looks at a decrypted datagram; nil when its packets' lengths do not add up.
    public init?(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress, bytes.count >= 4 else { return nil }
        var offset = 0
        while offset < bytes.count {
            guard offset + 4 <= bytes.count else { return nil }
            let first = base.load8(offset)
            let end = offset + 4 + 4 * Int(base.load16(offset + 2))
            guard first & 0xC0 == 0x80, end <= bytes.count else { return nil }
            // Only the last packet may be padded.
            guard first & 0x20 == 0 || end == bytes.count else { return nil }
            offset = end
        }
        self.bytes = bytes
    }

    /// Walks the packets.
    public func makeIterator() -> Iterator { Iterator(rest: bytes) }

    /// Yields one packet after the other.
    public struct Iterator: IteratorProtocol {
        fileprivate var rest: UnsafeRawBufferPointer

        /// The next packet; nil at the end.
        public mutating func next() -> RTCPPacket? {
            guard let base = rest.baseAddress, rest.count >= 4 else { return nil }
            let end = Swift.min(4 + 4 * Int(base.load16(2)), rest.count)
            let packet = RTCPPacket(UnsafeRawBufferPointer(rebasing: rest[..<end]))
            rest = UnsafeRawBufferPointer(rebasing: rest[end...])
            return packet
        }
    }
}

/// One packet of a compound, as a view.
public enum RTCPPacket {
    /// What a sender has sent, and how it receives.
    case senderReport(SenderReport)
    /// How a receiver receives.
    case receiverReport(ReceiverReport)
    /// Who a source is.
    case sourceDescription(SourceDescription)
    /// Sources that leave.
    case goodbye(Goodbye)
    /// Packets to send again.
    case nack(NACK)
    /// A key frame, please.
    case pictureLoss(PictureLoss)
    /// A key frame, please, counted.
    case fullIntraRequest(FullIntraRequest)
    /// The receiver's estimate of the bit rate.
    case bitrateEstimate(BitrateEstimate)
    /// When each packet of a leg arrived.
    case transportFeedback(TransportFeedback)
    /// A type that we do not use.
    case other(type: UInt8)
    /// Its lengths are right but its content is not.
    case malformed(type: UInt8)

    enum Kind {
        static let senderReport: UInt8 = 200
        static let receiverReport: UInt8 = 201
        static let sourceDescription: UInt8 = 202
        static let goodbye: UInt8 = 203
        static let transportLayerFeedback: UInt8 = 205
        static let payloadFeedback: UInt8 = 206
    }

    enum Format {
        static let nack: UInt8 = 1
        static let transportFeedback: UInt8 = 15
        static let pictureLoss: UInt8 = 1
        static let fullIntraRequest: UInt8 = 4
        static let application: UInt8 = 15
    }

    /// Reads one packet whose header is there and whose length is `bytes.count`.
    init(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress, bytes.count >= 4 else {
            self = .malformed(type: 0)
            return
        }
        let type = base.load8(1)
        var count = bytes.count
        if base.load8(0) & 0x20 != 0 {
            let padding = Int(base.load8(count - 1))
            guard padding > 0, padding % 4 == 0, padding <= count - 4 else {
                self = .malformed(type: type)
                return
            }
            count -= padding
        }
        let body = RTCPBody(base: base, length: count, count: Int(base.load8(0) & 0x1F))
        self = Self.read(body, type: type) ?? .malformed(type: type)
    }

    private static func read(_ body: RTCPBody, type: UInt8) -> RTCPPacket? {
        switch type {
        case Kind.senderReport: SenderReport(body).map(RTCPPacket.senderReport)
        case Kind.receiverReport: ReceiverReport(body).map(RTCPPacket.receiverReport)
        case Kind.sourceDescription: .sourceDescription(SourceDescription(body))
        case Kind.goodbye: Goodbye(body).map(RTCPPacket.goodbye)
        case Kind.transportLayerFeedback: readTransportLayer(body)
        case Kind.payloadFeedback: readPayloadSpecific(body)
        default: .other(type: type)
        }
    }

    private static func readTransportLayer(_ body: RTCPBody) -> RTCPPacket? {
        guard body.length >= 12 else { return nil }
        switch UInt8(body.count) {
        case Format.nack: return NACK(body).map(RTCPPacket.nack)
        case Format.transportFeedback: return TransportFeedback(body).map(RTCPPacket.transportFeedback)
        default: return .other(type: Kind.transportLayerFeedback)
        }
    }

    private static func readPayloadSpecific(_ body: RTCPBody) -> RTCPPacket? {
        guard body.length >= 12 else { return nil }
        switch UInt8(body.count) {
        case Format.pictureLoss: return .pictureLoss(PictureLoss(body))
        case Format.fullIntraRequest: return FullIntraRequest(body).map(RTCPPacket.fullIntraRequest)
        case Format.application:
            guard BitrateEstimate.isOne(body) else { return .other(type: Kind.payloadFeedback) }
            return BitrateEstimate(body).map(RTCPPacket.bitrateEstimate)
        default: return .other(type: Kind.payloadFeedback)
        }
    }
}

/// The bytes of one packet without padding; `count` is the five bits of its header.
struct RTCPBody {
    let base: UnsafeRawPointer
    let length: Int
    let count: Int

    /// The bytes from an offset to the end; empty when there are none.
    func bytes(from offset: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: base + min(offset, length), count: max(0, length - offset))
    }
}
