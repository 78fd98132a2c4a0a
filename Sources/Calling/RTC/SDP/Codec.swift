/// What a payload type means, as far as two ends must agree on it: equal codecs can be forwarded from one to the other unchanged.
public enum Codec: Hashable, Sendable {
    /// Opus (RFC 7587).
    case opus
    /// Redundant Opus (RFC 2198).
    case red
    /// G.711 µ-law.
    case pcmu
    /// G.711 A-law.
    case pcma
    /// G.722; its RTP clock says 8000 for historical reasons.
    case g722
    /// Keys as events (RFC 4733), at the clock of the codec they accompany.
    case telephoneEvent(clockRate: UInt32)
    /// VP8 (RFC 7741).
    case vp8
    /// H.264 constrained baseline (RFC 6184) of one packetisation mode.
    case h264(packetizationMode: UInt8)
    /// VP9 profile 0 (RFC 9628).
    case vp9
    /// AV1 main profile.
    case av1

    /// What carries it.
    public var kind: MediaKind {
        switch self {
        case .opus, .red, .pcmu, .pcma, .g722, .telephoneEvent: .audio
        case .vp8, .h264, .vp9, .av1: .video
        }
    }

    /// It cannot carry a conversation alone.
    public var isAuxiliary: Bool {
        switch self {
        case .red, .telephoneEvent: true
        default: false
        }
    }

    /// What a description means; nil when we do not speak it, or not this profile of it.
    public init?(_ description: CodecDescription) {
        switch (description.name.lowercased(), description.clockRate, description.channels) {
        case ("opus", 48000, 2): self = .opus
        case ("red", 48000, 2): self = .red
        case ("pcmu", 8000, 1): self = .pcmu
        case ("pcma", 8000, 1): self = .pcma
        case ("g722", 8000, 1): self = .g722
        case ("telephone-event", let rate, 1) where rate == 8000 || rate == 48000: self = .telephoneEvent(clockRate: rate)
        case ("vp8", 90000, 1): self = .vp8
        case ("h264", 90000, 1):
            guard let mode = Self.constrainedBaselineMode(description) else { return nil }
            self = .h264(packetizationMode: mode)
        case ("vp9", 90000, 1):
            guard description.parameter("profile-id") ?? "0" == "0" else { return nil }
            self = .vp9
        case ("av1", 90000, 1):
            guard description.parameter("profile") ?? "0" == "0" else { return nil }
            self = .av1
        default: return nil
        }
    }

    /// The packetisation mode of H.264 that is constrained baseline; nil when it is another profile or interleaved.
    private static func constrainedBaselineMode(_ description: CodecDescription) -> UInt8? {
        // Without profile-level-id it is baseline level 1, which is not constrained baseline.
        guard let level = description.parameter("profile-level-id"), H264Profile(level)?.isConstrainedBaseline == true else {
            return nil
        }
        switch description.parameter("packetization-mode") ?? "0" {
        case "0": return 0
        case "1": return 1
        default: return nil
        }
    }
}

/// The three bytes of `profile-level-id` (RFC 6184 section 8.1).
struct H264Profile {
    let profile: UInt8
    let constraints: UInt8
    let level: UInt8

    init?(_ text: Substring) {
        guard text.utf8.count == 6, !text.hasPrefix("+"), let value = UInt32(text, radix: 16) else { return nil }
        profile = UInt8(truncatingIfNeeded: value >> 16)
        constraints = UInt8(truncatingIfNeeded: value >> 8)
        level = UInt8(truncatingIfNeeded: value)
    }

    /// Table 5 of RFC 6184: three spellings of constrained baseline.
    var isConstrainedBaseline: Bool {
        switch profile {
        case 0x42: constraints & 0x4F == 0x40
        case 0x4D: constraints & 0x8F == 0x80
        case 0x58: constraints & 0xCF == 0xC0
        default: false
        }
    }
}

/// What an end may ask of the sender of a codec by RTCP.
public struct CodecFeedback: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt8

    /// From bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Send packets again.
    public static let nack = CodecFeedback(rawValue: 1)
    /// Send a key frame.
    public static let pictureLoss = CodecFeedback(rawValue: 2)
    /// Send a key frame, counted.
    public static let fullIntraRequest = CodecFeedback(rawValue: 4)
    /// Keep to a bit rate.
    public static let bitrateEstimate = CodecFeedback(rawValue: 8)
    /// Look when each packet arrived.
    public static let transport = CodecFeedback(rawValue: 16)

    private static let words: [(CodecFeedback, String)] = [
        (.bitrateEstimate, "goog-remb"), (.transport, "transport-cc"), (.fullIntraRequest, "ccm fir"), (.nack, "nack"),
        (.pictureLoss, "nack pli"),
    ]

    /// From the texts of `rtcp-fb`.
    public init(texts: [String]) {
        self = Self.words.reduce(into: []) { if texts.contains($1.1) { $0.insert($1.0) } }
    }

    /// As texts of `rtcp-fb`.
    public var texts: [String] { Self.words.filter { contains($0.0) }.map(\.1) }
}
