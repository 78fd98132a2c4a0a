internal import Basics
internal import RTC

/// How offers are answered: pure functions around RTC's negotiation.
enum Answering {
    /// Everything that we forward. What both ends of a call understand is settled when they are bridged.
    static let capabilities = MediaCapabilities()

    /// A new leg's own half of a session. Its ICE credentials are replaced by those of the leg's transport, once there is one.
    static func localDescription(
        of leg: LegID, candidates: [TransportAddress], fingerprint: CertificateFingerprint
    ) -> LocalDescription {
        LocalDescription(
            sessionID: "\(UInt64.random(in: 1...UInt64(Int64.max)))", version: 1, ice: ICECredentials.random(),
            fingerprint: fingerprint, isICELite: true, candidates: describe(candidates), cname: leg.rawValue,
            sources: [
                .audio: StreamSources(main: freshSource()),
                .video: StreamSources(main: freshSource(), retransmission: freshSource()),
            ])
    }

    private static func freshSource() -> UInt32 { .random(in: 1...UInt32.max) }

    /// Host candidates: the first address is preferred, IPv6 or IPv4 as configured.
    private static func describe(_ candidates: [TransportAddress]) -> [CandidateDescription] {
        candidates.prefix(RTCLimits.sdpCandidates).enumerated().map { index, address in
            // RFC 8445 section 5.1.2.1: type preference 126 for hosts, then local preference, then component 1.
            let priority = UInt32(126) << 24 | UInt32(65535 - index) << 8 | 255
            return CandidateDescription(
                foundation: "\(index + 1)", priority: priority, host: address.host, port: address.port)
        }
    }

    /// Answers an offer; codecs are restricted to what the peer understands, kind by kind, once there is a peer.
    static func answer(
        _ offer: String, local: LocalDescription, peer: NegotiatedSession?
    ) throws(Fault) -> (answer: SessionDescription, session: NegotiatedSession) {
        guard offer.utf8.count <= MediaLimits.offerBytes else {
            throw Fault(
                .offerRefused, "an offer of more than \(MediaLimits.offerBytes) bytes", ["limit": "\(MediaLimits.offerBytes)"])
        }
        var capabilities = capabilities
        if let peer {
            for media in peer.media {
                let understood = Set(media.codecs.map(\.codec))
                capabilities.codecs.removeAll { $0.kind == media.kind && !understood.contains($0) }
            }
        }
        return try Negotiation.answer(SessionDescription(parsing: offer), capabilities: capabilities, local: local)
    }

    /// The answer's text with the transport's own credentials.
    static func text(_ answer: SessionDescription, _ credentials: ICECredentials) -> String {
        var answer = answer
        for index in answer.media.indices where answer.media[index].ice != nil { answer.media[index].ice = credentials }
        return answer.text
    }

    /// Whether the first leg must offer again, so that it sends what the second understands.
    static func mustRenegotiate(_ sender: NegotiatedSession, to receiver: NegotiatedSession) -> Bool {
        TrackKind.allCases.contains { kind in
            guard let from = sender[kind.media], let to = receiver[kind.media] else { return false }
            if case .renegotiate = Negotiation.bridging(from: from, to: to) { return true }
            return false
        }
    }
}
