/// What this end can do, before it is compared with what the other end offers.
public struct MediaCapabilities: Equatable, Sendable {
    /// The codecs. Of an offer their order is our preference; of an answer the offerer's order counts, but Opus comes first.
    public var codecs: [Codec]
    /// What we ask of senders and obey ourselves.
    public var feedback: CodecFeedback
    /// The header extensions.
    public var extensions: [RTPExtensionKind]
    /// We take and make retransmissions (RFC 4588).
    public var retransmits: Bool
    /// Which way we would let media flow.
    public var direction: MediaDirection

    /// Everything that this room knows.
    public init(
        codecs: [Codec] = MediaCapabilities.everyCodec,
        feedback: CodecFeedback = [.nack, .pictureLoss, .fullIntraRequest, .bitrateEstimate, .transport],
        extensions: [RTPExtensionKind] = RTPExtensionKind.allCases, retransmits: Bool = true, direction: MediaDirection = .both
    ) {
        self.codecs = codecs
        self.feedback = feedback
        self.extensions = extensions
        self.retransmits = retransmits
        self.direction = direction
    }

    /// Every codec that can be forwarded, the best first.
    public static let everyCodec: [Codec] = [
        .opus, .red, .g722, .pcmu, .pcma, .telephoneEvent(clockRate: 48000), .telephoneEvent(clockRate: 8000),
        .vp8, .h264(packetizationMode: 1), .h264(packetizationMode: 0), .vp9, .av1,
    ]

    /// The same with fewer codecs, for a leg that must speak what another leg understands.
    public func restricted(to codecs: [Codec]) -> MediaCapabilities {
        var restricted = self
        restricted.codecs = self.codecs.filter(codecs.contains)
        return restricted
    }
}

/// What this end writes about itself into an offer or answer.
public struct LocalDescription: Equatable, Sendable {
    /// Identifies the session for its whole life: digits.
    public var sessionID: String
    /// Rises with each offer or answer.
    public var version: UInt64
    /// ICE credentials.
    public var ice: ICECredentials
    /// The hash of our DTLS certificate.
    public var fingerprint: CertificateFingerprint
    /// We only answer connectivity checks.
    public var isICELite: Bool
    /// Where we can be reached.
    public var candidates: [CandidateDescription]
    /// The name that our sources share.
    public var cname: String
    /// The sources that we send, per kind of media.
    public var sources: [MediaKind: StreamSources]

    /// What this end is.
    public init(
        sessionID: String, version: UInt64, ice: ICECredentials, fingerprint: CertificateFingerprint, isICELite: Bool,
        candidates: [CandidateDescription], cname: String, sources: [MediaKind: StreamSources]
    ) {
        self.sessionID = sessionID
        self.version = version
        self.ice = ice
        self.fingerprint = fingerprint
        self.isICELite = isICELite
        self.candidates = candidates
        self.cname = cname
        self.sources = sources
    }
}

/// The sources of one stream.
public struct StreamSources: Hashable, Sendable {
    /// The stream itself.
    public var main: UInt32
    /// Its retransmissions.
    public var retransmission: UInt32?

    /// The sources of a stream.
    public init(main: UInt32, retransmission: UInt32? = nil) {
        self.main = main
        self.retransmission = retransmission
    }
}
