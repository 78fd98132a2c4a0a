/// From the payload types of one leg to those of another: what a forwarder does to each packet.
public struct PayloadMap: Equatable, Sendable {
    private static let none: UInt8 = 0xFF
    private var table = InlineArray<128, UInt8>(repeating: 0xFF)

    /// Nothing is mapped.
    public init() {}

    /// Maps every codec that both legs speak.
    public init(from sender: NegotiatedMedia, to receiver: NegotiatedMedia) {
        for codec in sender.codecs {
            guard let other = receiver.codecs.first(where: { $0.codec == codec.codec }) else { continue }
            self[codec.payloadType] = other.payloadType
        }
    }

    /// The payload types of one leg to those of their retransmissions on the same leg.
    public init(retransmissionsOf media: NegotiatedMedia) {
        for codec in media.codecs { self[codec.payloadType] = codec.retransmissionPayloadType }
    }

    /// The other payload type; nil when it is not mapped.
    public subscript(_ payloadType: UInt8) -> UInt8? {
        get {
            let mapped = table[Int(payloadType & 0x7F)]
            return mapped == Self.none ? nil : mapped
        }
        set { table[Int(payloadType & 0x7F)] = newValue.map { $0 & 0x7F } ?? Self.none }
    }

    /// Equal tables.
    public static func == (a: PayloadMap, b: PayloadMap) -> Bool {
        (0..<128).allSatisfy { a.table[$0] == b.table[$0] }
    }
}

extension Negotiation {
    /// What two legs must do before one can hear and see the other.
    public enum Bridging: Equatable, Sendable {
        /// All that the sender will send can be forwarded.
        case ready
        /// The sender must negotiate again with these codecs only.
        case renegotiate([Codec])
        /// They have no codec of this kind in common.
        case impossible
    }

    /// Whether one leg's media of a kind can go to another as it is. A sender uses the first codec of what we answered it.
    public static func bridging(from sender: NegotiatedMedia, to receiver: NegotiatedMedia) -> Bridging {
        let common = sender.codecs.map(\.codec).filter { codec in receiver.codecs.contains { $0.codec == codec } }
        guard common.contains(where: { !$0.isAuxiliary }) else { return .impossible }
        return sender.codecs.first?.codec == common.first ? .ready : .renegotiate(common)
    }
}
