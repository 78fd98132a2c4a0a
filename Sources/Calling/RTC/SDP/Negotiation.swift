import Basics

/// Offer and answer (RFC 3264, RFC 8829): pure functions from descriptions to what is settled.
public enum Negotiation {
    /// What a side decides on one media section of the other.
    struct Choice {
        var negotiated: NegotiatedMedia
        /// The codecs to write, with retransmissions, under the other end's payload types.
        var codecs: [CodecDescription]
        var extensions: [ExtensionDescription]
    }

    /// Chooses from what the other end describes; nil when nothing of it is of use to us.
    static func choose(_ remote: MediaDescription, index: Int, capabilities: MediaCapabilities) -> Choice? {
        guard remote.kind == .audio || remote.kind == .video, remote.isSecureRTP, remote.multiplexesRTCP else { return nil }
        let codecs = commonCodecs(remote, capabilities)
        guard codecs.contains(where: { !$0.codec.isAuxiliary }) else { return nil }

        var ids = ExtensionIDs()
        var extensions: [ExtensionDescription] = []
        for element in remote.extensions {
            // Ids above 14 want two-byte elements, which we read but never ask for.
            guard let kind = RTPExtensionKind(uri: element.uri), capabilities.extensions.contains(kind), element.id < 15,
                ids[kind] == 0
            else { continue }
            ids[kind] = element.id
            extensions.append(element)
        }
        let negotiated = NegotiatedMedia(
            index: index, mid: remote.mid, kind: remote.kind, codecs: codecs, extensionIDs: ids,
            direction: remote.direction.reversed.intersection(capabilities.direction), reducesRTCP: remote.reducesRTCP,
            remoteSources: remote.mainSources, remoteCNAME: remote.sources.first?.cname ?? "", localSources: nil)
        let descriptions = codecs.flatMap { codec in
            remote.codecs.first { $0.payloadType == codec.payloadType }.map { codec.descriptions(after: $0, opus: codecs) } ?? []
        }
        return Choice(negotiated: negotiated, codecs: descriptions, extensions: extensions)
    }

    /// The codecs of both, in the other end's order but what carries the conversation before what accompanies it, and Opus first.
    private static func commonCodecs(_ remote: MediaDescription, _ capabilities: MediaCapabilities) -> [NegotiatedCodec] {
        var common: [NegotiatedCodec] = []
        for description in remote.codecs {
            guard let codec = Codec(description), codec.kind == remote.kind, capabilities.codecs.contains(codec),
                !common.contains(where: { $0.codec == codec })
            else { continue }
            common.append(
                NegotiatedCodec(
                    codec: codec, payloadType: description.payloadType,
                    retransmissionPayloadType: capabilities.retransmits
                        ? remote.retransmissionPayloadType(of: description.payloadType) : nil,
                    clockRate: description.clockRate,
                    feedback: CodecFeedback(texts: description.feedback).intersection(capabilities.feedback)))
        }
        // Redundancy without what it repeats says nothing.
        if !common.contains(where: { $0.codec == .opus }) { common.removeAll { $0.codec == .red } }
        return common.filter { $0.codec == .opus } + common.filter { !$0.codec.isAuxiliary && $0.codec != .opus }
            + common.filter(\.codec.isAuxiliary)
    }

    /// What the transport needs of the other end; throws when it is not WebRTC.
    static func transport(of remote: SessionDescription, _ section: MediaDescription) throws(Fault) -> NegotiatedSession {
        guard let ice = section.ice, !ice.fragment.isEmpty, !ice.password.isEmpty else {
            throw Fault(.sdpNotWebRTC, "ice-ufrag or ice-pwd is missing", ["missing": "ice"])
        }
        guard !section.fingerprints.isEmpty else {
            throw Fault(.sdpNotWebRTC, "a fingerprint of sha-256, sha-384 or sha-512 is missing", ["missing": "fingerprint"])
        }
        return NegotiatedSession(
            remoteICE: ice, remoteIsICELite: remote.isICELite, remoteFingerprints: section.fingerprints, beginsDTLS: false,
            remoteCandidates: section.candidates, media: [])
    }

    /// Why nothing of a description is of use to us.
    static func refusal(of remote: SessionDescription) -> Fault {
        let media = remote.media.filter { ($0.kind == .audio || $0.kind == .video) && !$0.isRefused }
        guard let first = media.first else {
            return Fault(.sdpNotWebRTC, "no audio or video section", ["missing": "media"])
        }
        guard media.contains(where: \.isSecureRTP) else {
            return Fault(.sdpNotWebRTC, "\(first.transport) is not DTLS-SRTP", ["missing": "dtls"])
        }
        guard media.contains(where: \.multiplexesRTCP) else {
            return Fault(.sdpNotWebRTC, "rtcp-mux is missing", ["missing": "rtcp-mux"])
        }
        return Fault(.noCommonCodec, "no codec in common for \(media.map(\.kind.name).joined(separator: " and "))")
    }
}

extension NegotiatedCodec {
    /// How it is written, followed by its retransmissions, under the payload types of the other end's description.
    func descriptions(after remote: CodecDescription, opus codecs: [NegotiatedCodec]) -> [CodecDescription] {
        var main = CodecDescription(
            payloadType: payloadType, name: remote.name, clockRate: remote.clockRate, channels: remote.channels,
            feedback: feedback.texts)
        main.parameters = codec.parameters(redundancyOf: codecs.first { $0.codec == .opus }?.payloadType)
        guard let retransmissionPayloadType else { return [main] }
        return [main, .retransmission(payloadType: retransmissionPayloadType, of: payloadType, clockRate: clockRate)]
    }
}

extension CodecDescription {
    /// The payload type of retransmissions (RFC 4588).
    static func retransmission(payloadType: UInt8, of main: UInt8, clockRate: UInt32) -> CodecDescription {
        CodecDescription(payloadType: payloadType, name: "rtx", clockRate: clockRate, parameters: "apt=\(main)")
    }
}

extension Codec {
    /// What we write into `fmtp`: how we wish to be sent to.
    func parameters(redundancyOf opus: UInt8?) -> String {
        switch self {
        case .opus: "minptime=10;useinbandfec=1"
        case .red: opus.map { "\($0)/\($0)" } ?? ""
        case .telephoneEvent: "0-15"
        // Level 3.1: 1280 × 720 at 30 frames a second.
        case .h264(let mode): "level-asymmetry-allowed=1;packetization-mode=\(mode);profile-level-id=42e01f"
        case .vp9: "profile-id=0"
        case .av1: "level-idx=5;profile=0;tier=0"
        case .pcmu, .pcma, .g722, .vp8: ""
        }
    }
}

extension MediaDescription {
    /// The payload type that retransmits another (RFC 4588).
    func retransmissionPayloadType(of payloadType: UInt8) -> UInt8? {
        codecs.first { $0.name.lowercased() == "rtx" && $0.parameter("apt") == "\(payloadType)" }?.payloadType
    }

    /// The first stream's source and, by its FID group, its retransmissions; of several encodings the first.
    var mainSources: StreamSources? {
        let main =
            sourceGroups.first { $0.semantics == "SIM" }?.sources.first
            ?? sourceGroups.first { $0.semantics == "FID" }?.sources.first
        guard let main = main ?? sources.first?.ssrc else { return nil }
        let pair = sourceGroups.first { $0.semantics == "FID" && $0.sources.first == main && $0.sources.count == 2 }
        return StreamSources(main: main, retransmission: pair?.sources.last)
    }
}
