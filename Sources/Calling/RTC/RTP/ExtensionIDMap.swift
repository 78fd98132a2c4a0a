/// The header extensions that we forward or act on.
public enum RTPExtensionKind: Int, CaseIterable, Sendable {
    /// Which media section a packet belongs to (RFC 8843).
    case mid
    /// When it left the sender, for REMB.
    case absoluteSendTime
    /// The sequence number over all streams of a leg, for transport-wide feedback.
    case transportSequence
    /// How loud it is (RFC 6464).
    case audioLevel
    /// How the picture must be turned (3GPP TS 26.114).
    case videoOrientation

    /// The name in `a=extmap`.
    public var uri: String {
        switch self {
        case .mid: "urn:ietf:params:rtp-hdrext:sdes:mid"
        case .absoluteSendTime: "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"
        case .transportSequence: "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"
        case .audioLevel: "urn:ietf:params:rtp-hdrext:ssrc-audio-level"
        case .videoOrientation: "urn:3gpp:video-orientation"
        }
    }

    /// The kind of a name in `a=extmap`.
    public init?(uri: String) {
        guard let kind = Self.allCases.first(where: { $0.uri == uri }) else { return nil }
        self = kind
    }
}

/// The ids that one leg negotiated for one media section; zero where it did not.
public struct ExtensionIDs: Equatable, Sendable {
    private var packed: UInt64 = 0

    /// No extension at all.
    public init() {}

    /// The id of a kind, 1 to 14, or zero.
    public subscript(_ kind: RTPExtensionKind) -> UInt8 {
        get { UInt8(truncatingIfNeeded: packed >> UInt64(kind.rawValue * 8)) }
        set {
            let shift = UInt64(kind.rawValue * 8)
            packed = packed & ~(0xFF << shift) | UInt64(newValue) << shift
        }
    }
}

/// From the ids of one leg to the ids of another, for ids 1 to 14; sixteen nibbles in one word.
public struct ExtensionIDMap: Equatable, Sendable {
    private var nibbles: UInt64 = 0

    /// Everything becomes padding.
    public init() {}

    /// Maps what both legs negotiated. What belongs to one leg alone (`mid`) is left out: its value would be wrong on the other.
    public init(from incoming: ExtensionIDs, to outgoing: ExtensionIDs) {
        for kind in RTPExtensionKind.allCases where kind != .mid {
            self[incoming[kind]] = outgoing[kind]
        }
    }

    /// The other leg's id, or zero. Ids that one byte cannot carry stay zero.
    public subscript(_ id: UInt8) -> UInt8 {
        get { id < 15 ? UInt8(truncatingIfNeeded: nibbles >> UInt64(id * 4)) & 0x0F : 0 }
        set {
            guard (1...14).contains(id), newValue < 15 else { return }
            let shift = UInt64(id * 4)
            nibbles = nibbles & ~(0x0F << shift) | UInt64(newValue) << shift
        }
    }
}
