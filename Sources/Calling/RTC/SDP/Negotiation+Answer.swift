public import Basics

extension Negotiation {
    /// Answers an offer: at most one section of sound and one of pictures are accepted, on one transport; the others are refused.
    ///
    /// We leave the DTLS handshake to the offerer, as a server does.
    public static func answer(
        _ offer: SessionDescription, capabilities: MediaCapabilities, local: LocalDescription
    ) throws(Fault) -> (answer: SessionDescription, session: NegotiatedSession) {
        var answer = SessionDescription(sessionID: local.sessionID, version: local.version)
        answer.isICELite = local.isICELite
        answer.allowsMixedExtensions = offer.allowsMixedExtensions
        var session: NegotiatedSession?
        for (index, remote) in offer.media.enumerated() {
            guard !remote.isRefused, session?[remote.kind] == nil, isOnTransport(remote, of: offer, session),
                var choice = choose(remote, index: index, capabilities: capabilities)
            else {
                answer.media.append(refusal(of: remote))
                continue
            }
            if session == nil { session = try transport(of: offer, remote) }
            if choice.negotiated.direction.sends { choice.negotiated.localSources = local.sources[remote.kind] }
            session?.media.append(choice.negotiated)
            answer.media.append(section(for: remote, choice, local))
            if offer.bundle.contains(remote.mid) { answer.bundle.append(remote.mid) }
        }
        guard let session else { throw refusal(of: offer) }
        guard try setup(of: offer, session) != .passive else {
            throw Fault(.sdpNotWebRTC, "the offerer must be ready to begin the DTLS handshake", ["missing": "setup"])
        }
        return (answer, session)
    }

    /// Only one transport is made: a section that is not bundled with the first accepted one has nowhere to go.
    private static func isOnTransport(_ remote: MediaDescription, of offer: SessionDescription, _ session: NegotiatedSession?)
        -> Bool
    {
        guard let first = session?.media.first else { return !remote.isBundleOnly }
        return offer.bundle.contains(first.mid) && offer.bundle.contains(remote.mid)
    }

    private static func setup(of offer: SessionDescription, _ session: NegotiatedSession) throws(Fault) -> SetupRole {
        guard let index = session.media.first?.index, let setup = offer.media[index].setup else {
            throw Fault(.sdpNotWebRTC, "a=setup is missing", ["missing": "setup"])
        }
        return setup
    }

    private static func section(for remote: MediaDescription, _ choice: Choice, _ local: LocalDescription) -> MediaDescription {
        var section = MediaDescription(kind: remote.kind, transport: remote.transport)
        section.mid = remote.mid
        section.describeTransport(local, setup: .passive)
        section.reducesRTCP = remote.reducesRTCP
        section.direction = choice.negotiated.direction
        section.codecs = choice.codecs
        section.extensions = choice.extensions
        if let sources = choice.negotiated.localSources { section.describeSources(sources, local) }
        return section
    }

    private static func refusal(of remote: MediaDescription) -> MediaDescription {
        var section = MediaDescription(kind: remote.kind, transport: remote.transport)
        section.port = 0
        section.mid = remote.mid
        section.direction = .inactive
        section.otherFormats = remote.otherFormats
        section.codecs = remote.codecs.prefix(1).map { CodecDescription(payloadType: $0.payloadType) }
        return section
    }
}

extension MediaDescription {
    mutating func describeTransport(_ local: LocalDescription, setup role: SetupRole) {
        ice = local.ice
        fingerprints = [local.fingerprint]
        setup = role
        multiplexesRTCP = true
        candidates = local.candidates
        isEndOfCandidates = !local.candidates.isEmpty
    }

    mutating func describeSources(_ stream: StreamSources, _ local: LocalDescription) {
        let track = "\(local.cname) \(kind.name)"
        streams = [track]
        sources = [SourceLine(ssrc: stream.main, cname: local.cname, stream: track)]
        guard let retransmission = stream.retransmission, codecs.contains(where: { $0.name == "rtx" }) else { return }
        sources.append(SourceLine(ssrc: retransmission, cname: local.cname, stream: track))
        sourceGroups = [SourceGroup(semantics: "FID", sources: [stream.main, retransmission])]
    }
}
