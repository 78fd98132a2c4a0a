/// One media section: an `m=` line and all that belongs to it.
public struct MediaDescription: Equatable, Sendable {
    /// What it carries.
    public var kind: MediaKind
    /// The port; zero refuses the section (or bundles it, with `isBundleOnly`), nine says "see the candidates".
    public var port: UInt16 = 9
    /// The transport protocol, such as `UDP/TLS/RTP/SAVPF`.
    public var transport: String
    /// The formats of a section that is not RTP, such as `webrtc-datachannel`.
    public var otherFormats: [String] = []
    /// The section's id.
    public var mid = ""
    /// It has no transport of its own.
    public var isBundleOnly = false
    /// ICE credentials, once each end has sent them.
    public var ice: ICECredentials?
    /// Such as `trickle`, `ice2`, `renomination`.
    public var iceOptions: [String] = []
    /// The hashes of the DTLS certificate, of functions that we know.
    public var fingerprints: [CertificateFingerprint] = []
    /// Who begins the DTLS handshake.
    public var setup: SetupRole?
    /// RTCP goes over the port of RTP (RFC 5761).
    public var multiplexesRTCP = false
    /// RTCP may be reduced in size (RFC 5506).
    public var reducesRTCP = false
    /// Which way media flows.
    public var direction = MediaDirection.both
    /// The codecs in order of preference.
    public var codecs: [CodecDescription] = []
    /// The header extensions.
    public var extensions: [ExtensionDescription] = []
    /// The stream and track that it sends, as `stream track`.
    public var streams: [String] = []
    /// The sources that it sends.
    public var sources: [SourceLine] = []
    /// Which sources belong together.
    public var sourceGroups: [SourceGroup] = []
    /// Several encodings are offered; we take the first and say nothing of the rest.
    public var offersSimulcast = false
    /// Where it can be reached.
    public var candidates: [CandidateDescription] = []
    /// No more candidates will come.
    public var isEndOfCandidates = false

    /// A section that carries RTP over DTLS unless told otherwise.
    public init(kind: MediaKind, transport: String = "UDP/TLS/RTP/SAVPF") {
        self.kind = kind
        self.transport = transport
    }

    /// It is RTP with SRTP keys from DTLS.
    public var isSecureRTP: Bool { transport == "UDP/TLS/RTP/SAVPF" || transport == "TCP/TLS/RTP/SAVPF" }
    /// It is refused.
    public var isRefused: Bool { port == 0 && !isBundleOnly }
}

/// A codec under its payload type: `rtpmap`, `fmtp` and `rtcp-fb` together.
public struct CodecDescription: Equatable, Sendable {
    /// The payload type, 0 to 127.
    public var payloadType: UInt8
    /// The encoding's name as written.
    public var name: String
    /// The clock's rate.
    public var clockRate: UInt32
    /// Channels of audio; one when not said.
    public var channels: UInt8
    /// The text of `fmtp`.
    public var parameters: String
    /// The texts of `rtcp-fb`, such as `nack pli`.
    public var feedback: [String]

    /// A codec with all its lines.
    public init(
        payloadType: UInt8, name: String, clockRate: UInt32, channels: UInt8 = 1, parameters: String = "", feedback: [String] = []
    ) {
        self.payloadType = payloadType
        self.name = name
        self.clockRate = clockRate
        self.channels = channels
        self.parameters = parameters
        self.feedback = feedback
    }

    /// One value of `fmtp`, whose keys are compared without regard to case.
    public func parameter(_ key: String) -> Substring? {
        for pair in parameters.split(separator: ";") {
            let halves = pair.split(separator: "=", maxSplits: 1)
            guard halves.count == 2, trimmed(halves[0]).lowercased() == key else { continue }
            return trimmed(halves[1])
        }
        return nil
    }

    private func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return text
    }
}

/// A header extension under its id: `extmap`.
public struct ExtensionDescription: Equatable, Sendable {
    /// The id, 1 to 255.
    public var id: UInt8
    /// The extension's name.
    public var uri: String

    /// An extension.
    public init(id: UInt8, uri: String) {
        self.id = id
        self.uri = uri
    }
}

/// A source that a section sends: `ssrc`.
public struct SourceLine: Equatable, Sendable {
    /// The source.
    public var ssrc: UInt32
    /// The name that its sender's sources share.
    public var cname: String
    /// `stream track`, or empty.
    public var stream: String

    /// A source.
    public init(ssrc: UInt32, cname: String = "", stream: String = "") {
        self.ssrc = ssrc
        self.cname = cname
        self.stream = stream
    }
}

/// Sources that belong together: `ssrc-group`.
public struct SourceGroup: Equatable, Sendable {
    /// `FID` for a stream and its retransmissions, `SIM` for encodings.
    public var semantics: String
    /// The sources, the main one first.
    public var sources: [UInt32]

    /// A group.
    public init(semantics: String, sources: [UInt32]) {
        self.semantics = semantics
        self.sources = sources
    }
}

/// A place where a section can be reached (RFC 8839): `candidate`.
public struct CandidateDescription: Equatable, Sendable {
    /// Equal for candidates of one base and kind.
    public var foundation: String
    /// One; two would be RTCP without multiplexing.
    public var component: UInt16
    /// `udp` or `tcp`, in lower case.
    public var transport: String
    /// The higher, the rather.
    public var priority: UInt32
    /// An address or a name ending in `.local`.
    public var host: String
    /// The port.
    public var port: UInt16
    /// `host`, `srflx`, `prflx` or `relay`.
    public var type: String

    /// A candidate; by default a host's over UDP.
    public init(
        foundation: String, component: UInt16 = 1, transport: String = "udp", priority: UInt32, host: String, port: UInt16,
        type: String = "host"
    ) {
        self.foundation = foundation
        self.component = component
        self.transport = transport
        self.priority = priority
        self.host = host
        self.port = port
        self.type = type
    }
}
