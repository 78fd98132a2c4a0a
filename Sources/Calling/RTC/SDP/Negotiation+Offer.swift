public import Basics

extension Negotiation {
    /// Makes an offer for our own client, as a browser would: one section per kind, bundled, either DTLS role.
    public static func offer(_ kinds: [MediaKind], capabilities: MediaCapabilities, local: LocalDescription) -> SessionDescription
    {
        var offer = SessionDescription(sessionID: local.sessionID, version: local.version)
        offer.isICELite = local.isICELite
        var payloadTypes = PayloadTypes()
        for kind in kinds {
            var section = MediaDescription(kind: kind)
            section.mid = "\(offer.media.count)"
            section.describeTransport(local, setup: .either)
            section.reducesRTCP = true
            section.direction = capabilities.direction
            section.codecs = payloadTypes.describe(capabilities.codecs.filter { $0.kind == kind }, capabilities)
            section.extensions = capabilities.extensions.filter { $0.suits(kind) }.map {
                // One id means the same in every section of a bundle.
                ExtensionDescription(id: UInt8($0.rawValue + 1), uri: $0.uri)
            }
            if let sources = local.sources[kind], section.direction.sends { section.describeSources(sources, local) }
            offer.bundle.append(section.mid)
            offer.media.append(section)
        }
        return offer
    }

    /// Takes the answer to our own offer.
    public static func accept(
        _ answer: SessionDescription, to offer: SessionDescription, capabilities: MediaCapabilities
    ) throws(Fault) -> NegotiatedSession {
        guard answer.media.count == offer.media.count else {
            throw Fault(.sdpAnswerMismatch, "\(answer.media.count) media sections answer \(offer.media.count)")
        }
        var session: NegotiatedSession?
        for (index, (remote, ours)) in zip(answer.media, offer.media).enumerated() where !remote.isRefused {
            guard remote.kind == ours.kind, remote.mid == ours.mid else {
                throw Fault(.sdpAnswerMismatch, "media section \(index) is another than was offered")
            }
            guard var choice = choose(remote, index: index, capabilities: capabilities) else { continue }
            guard choice.negotiated.codecs.allSatisfy({ codec in ours.offers(codec) }) else {
                throw Fault(.sdpAnswerMismatch, "media section \(index) answers with payload types that were not offered")
            }
            if session == nil {
                session = try transport(of: answer, remote)
                session?.beginsDTLS = remote.setup != .active
            }
            choice.negotiated.localSources = choice.negotiated.direction.sends ? ours.mainSources : nil
            session?.media.append(choice.negotiated)
        }
        guard let session else { throw refusal(of: answer) }
        return session
    }

    /// Hands out payload types: the static ones where they exist, else from the dynamic range.
    private struct PayloadTypes {
        private var next: UInt8 = 96

        mutating func describe(_ codecs: [Codec], _ capabilities: MediaCapabilities) -> [CodecDescription] {
            var descriptions: [CodecDescription] = []
            for codec in codecs {
                var main = codec.template
                if main.payloadType >= 96 { main.payloadType = take() }
                let opus = descriptions.first { $0.name == "opus" }?.payloadType
                main.parameters = codec.parameters(redundancyOf: opus)
                main.feedback = codec.usualFeedback.intersection(capabilities.feedback).texts
                descriptions.append(main)
                if codec.kind == .video, capabilities.retransmits {
                    descriptions.append(.retransmission(payloadType: take(), of: main.payloadType, clockRate: main.clockRate))
                }
            }
            return descriptions
        }

        private mutating func take() -> UInt8 {
            defer { next = min(next + 1, 127) }
            return next
        }
    }
}

extension MediaDescription {
    /// We offered this codec under this payload type.
    func offers(_ codec: NegotiatedCodec) -> Bool {
        codecs.contains { $0.payloadType == codec.payloadType && Codec($0) == codec.codec }
    }
}

extension RTPExtensionKind {
    /// It makes sense for this kind of media.
    func suits(_ kind: MediaKind) -> Bool {
        switch self {
        case .mid, .absoluteSendTime, .transportSequence: true
        case .audioLevel: kind == .audio
        case .videoOrientation: kind == .video
        }
    }
}

extension Codec {
    /// Name and clock; the payload type is the static one, or 96 for "any".
    var template: CodecDescription {
        switch self {
        case .opus: CodecDescription(payloadType: 96, name: "opus", clockRate: 48000, channels: 2)
        case .red: CodecDescription(payloadType: 96, name: "red", clockRate: 48000, channels: 2)
        case .pcmu: CodecDescription(payloadType: 0)
        case .pcma: CodecDescription(payloadType: 8)
        case .g722: CodecDescription(payloadType: 9)
        case .telephoneEvent(let clockRate): CodecDescription(payloadType: 96, name: "telephone-event", clockRate: clockRate)
        case .vp8: CodecDescription(payloadType: 96, name: "VP8", clockRate: 90000)
        case .h264: CodecDescription(payloadType: 96, name: "H264", clockRate: 90000)
        case .vp9: CodecDescription(payloadType: 96, name: "VP9", clockRate: 90000)
        case .av1: CodecDescription(payloadType: 96, name: "AV1", clockRate: 90000)
        }
    }

    /// What an offer asks for.
    var usualFeedback: CodecFeedback {
        if kind == .video { return [.nack, .pictureLoss, .fullIntraRequest, .bitrateEstimate, .transport] }
        return self == .opus ? [.transport] : []
    }
}
