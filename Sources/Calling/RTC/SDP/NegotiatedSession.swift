/// What offer and answer together have settled, as the transport and the streams need it.
public struct NegotiatedSession: Equatable, Sendable {
    /// The other end's ICE credentials; a change of them is an ICE restart.
    public var remoteICE: ICECredentials
    /// The other end only answers connectivity checks.
    public var remoteIsICELite: Bool
    /// The hashes, one of which the other end's certificate must have.
    public var remoteFingerprints: [CertificateFingerprint]
    /// We begin the DTLS handshake.
    public var beginsDTLS: Bool
    /// Where the other end says it can be reached.
    public var remoteCandidates: [CandidateDescription]
    /// The accepted media sections; at most one of each kind.
    public var media: [NegotiatedMedia]

    /// The section of a kind.
    public subscript(_ kind: MediaKind) -> NegotiatedMedia? { media.first { $0.kind == kind } }
}

/// What is settled for one media section.
public struct NegotiatedMedia: Equatable, Sendable {
    /// Its place among the sections.
    public var index: Int
    /// Its id.
    public var mid: String
    /// Sound or pictures.
    public var kind: MediaKind
    /// The codecs, the preferred first; never empty.
    public var codecs: [NegotiatedCodec]
    /// The header extensions' ids.
    public var extensionIDs: ExtensionIDs
    /// Which way media flows, seen from us.
    public var direction: MediaDirection
    /// RTCP to the other end may be reduced in size.
    public var reducesRTCP: Bool
    /// The sources that the other end says it sends; nil when it does not say.
    public var remoteSources: StreamSources?
    /// The name that the other end's sources share; empty when it does not say.
    public var remoteCNAME: String
    /// Sources that we send.
    public var localSources: StreamSources?

    /// The codec of a payload type.
    public func codec(ofPayloadType payloadType: UInt8) -> NegotiatedCodec? {
        codecs.first { $0.payloadType == payloadType }
    }

    /// The codec whose retransmissions have this payload type.
    public func codec(ofRetransmission payloadType: UInt8) -> NegotiatedCodec? {
        codecs.first { $0.retransmissionPayloadType == payloadType }
    }

    /// The clock's rate of the preferred codec.
    public var clockRate: UInt32 { codecs.first?.clockRate ?? (kind == .audio ? 48000 : 90000) }
}

/// A codec that both ends speak, under the payload types of this leg.
public struct NegotiatedCodec: Equatable, Sendable {
    /// What it is.
    public var codec: Codec
    /// Its payload type.
    public var payloadType: UInt8
    /// The payload type of its retransmissions.
    public var retransmissionPayloadType: UInt8?
    /// The clock's rate.
    public var clockRate: UInt32
    /// What may be asked of its sender.
    public var feedback: CodecFeedback

    /// A codec of a leg.
    public init(
        codec: Codec, payloadType: UInt8, retransmissionPayloadType: UInt8? = nil, clockRate: UInt32, feedback: CodecFeedback
    ) {
        self.codec = codec
        self.payloadType = payloadType
        self.retransmissionPayloadType = retransmissionPayloadType
        self.clockRate = clockRate
        self.feedback = feedback
    }
}
