extension MediaDescription {
    /// Takes an attribute in; nil when it is right or of no interest to us.
    mutating func read(attribute name: Substring, _ value: Substring) -> SDPProblem? {
        switch name {
        case "mid": return readMid(value)
        case "ice-ufrag", "ice-pwd": return readICE(name, value)
        case "ice-options": iceOptions = value.split(separator: " ").prefix(16).map(String.init)
        case "fingerprint": return readFingerprint(value)
        case "setup":
            // `holdconn` is of no use to DTLS.
            guard let role = SetupRole(rawValue: String(value)) else { return .malformed("setup is active, passive or actpass") }
            setup = role
        case "rtcp-mux": multiplexesRTCP = true
        case "rtcp-rsize": reducesRTCP = true
        case "bundle-only": isBundleOnly = true
        case "sendrecv", "sendonly", "recvonly", "inactive": direction = MediaDirection(rawValue: String(name)) ?? direction
        case "rtpmap": return readRTPMap(value)
        case "fmtp": return readParameters(value)
        case "rtcp-fb": return readFeedback(value)
        case "extmap": return readExtension(value)
        case "msid":
            guard streams.count < RTCLimits.sdpSources else { return .tooMany("streams", limit: RTCLimits.sdpSources) }
            streams.append(String(value))
        case "ssrc": return readSource(value)
        case "ssrc-group": return readSourceGroup(value)
        case "simulcast": offersSimulcast = true
        case "candidate": return readCandidate(value)
        case "end-of-candidates": isEndOfCandidates = true
        default: break
        }
        return nil
    }

    private mutating func readMid(_ value: Substring) -> SDPProblem? {
        // A header extension must carry it, and one byte's length says 16 at most.
        guard !value.isEmpty, value.utf8.count <= 16, !value.contains(" ") else {
            return .malformed("mid is a token of 1 to 16 characters")
        }
        mid = String(value)
        return nil
    }

    private mutating func readICE(_ name: Substring, _ value: Substring) -> SDPProblem? {
        let isFragment = name == "ice-ufrag"
        guard (isFragment ? 4 : 22)...256 ~= value.utf8.count, value.utf8.allSatisfy(isICECharacter) else {
            return .malformed(isFragment ? "ice-ufrag is 4 to 256 ICE characters" : "ice-pwd is 22 to 256 ICE characters")
        }
        ice =
            isFragment
            ? ICECredentials(fragment: String(value), password: ice?.password ?? "")
            : ICECredentials(fragment: ice?.fragment ?? "", password: String(value))
        return nil
    }

    private func isICECharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        case UInt8(ascii: "+"), UInt8(ascii: "/"): true
        // Not in the grammar, but Firefox once and other ends still write base64url.
        case UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }

    private mutating func readFingerprint(_ value: Substring) -> SDPProblem? {
        let fields = value.split(separator: " ")
        guard fields.count == 2 else { return .malformed("fingerprint wants a function and a hash") }
        // Other functions may stand beside one that we know.
        guard let algorithm = CertificateFingerprint.Algorithm(rawValue: fields[0].lowercased()) else { return nil }
        let octets = fields[1].split(separator: ":", omittingEmptySubsequences: false)
        let bytes = octets.compactMap { $0.utf8.count == 2 && !$0.hasPrefix("+") ? UInt8($0, radix: 16) : nil }
        guard bytes.count == octets.count, let fingerprint = CertificateFingerprint(algorithm, bytes) else {
            return .malformed("fingerprint is not \(algorithm.length) hexadecimal bytes")
        }
        guard fingerprints.count < 4 else { return .tooMany("fingerprints", limit: 4) }
        if !fingerprints.contains(fingerprint) { fingerprints.append(fingerprint) }
        return nil
    }

    private mutating func readRTPMap(_ value: Substring) -> SDPProblem? {
        let fields = value.split(separator: " ", maxSplits: 1)
        guard fields.count == 2, let payloadType: UInt8 = number(fields[0]) else {
            return .malformed("rtpmap wants a payload type")
        }
        let encoding = fields[1].split(separator: "/")
        guard (2...3).contains(encoding.count), let clockRate: UInt32 = number(encoding[1]), clockRate > 0,
            let channels: UInt8 = encoding.count == 3 ? number(encoding[2]) : 1
        else { return .malformed("rtpmap wants name/clock or name/clock/channels") }
        guard let index = index(ofPayloadType: payloadType) else { return nil }
        codecs[index].name = String(encoding[0])
        codecs[index].clockRate = clockRate
        codecs[index].channels = channels
        return nil
    }

    private mutating func readParameters(_ value: Substring) -> SDPProblem? {
        let fields = value.split(separator: " ", maxSplits: 1)
        guard fields.count == 2, let payloadType: UInt8 = number(fields[0]) else {
            return .malformed("fmtp wants a payload type and text")
        }
        guard let index = index(ofPayloadType: payloadType) else { return nil }
        codecs[index].parameters = String(fields[1])
        return nil
    }

    private mutating func readFeedback(_ value: Substring) -> SDPProblem? {
        let fields = value.split(separator: " ", maxSplits: 1)
        guard fields.count == 2 else { return .malformed("rtcp-fb wants a payload type and text") }
        let kind = String(fields[1])
        if fields[0] == "*" {
            for index in codecs.indices { addFeedback(kind, at: index) }
            return nil
        }
        guard let payloadType: UInt8 = number(fields[0]) else { return .malformed("rtcp-fb wants a payload type and text") }
        if let index = index(ofPayloadType: payloadType) { addFeedback(kind, at: index) }
        return nil
    }

    private mutating func addFeedback(_ kind: String, at index: Int) {
        guard codecs[index].feedback.count < 16, !codecs[index].feedback.contains(kind) else { return }
        codecs[index].feedback.append(kind)
    }

    private mutating func readExtension(_ value: Substring) -> SDPProblem? {
        let fields = value.split(separator: " ")
        // The id may carry a direction: `3/sendonly`. We never depend on it.
        guard fields.count >= 2, let id: UInt8 = number(fields[0].prefix { $0 != "/" }), id > 0 else {
            return .malformed("extmap wants an id of 1 to 255 and a name")
        }
        guard extensions.count < 64 else { return .tooMany("header extensions", limit: 64) }
        guard !extensions.contains(where: { $0.id == id }) else { return .malformed("a header extension's id twice") }
        extensions.append(ExtensionDescription(id: id, uri: String(fields[1])))
        return nil
    }

    private mutating func readSource(_ value: Substring) -> SDPProblem? {
        let fields = value.split(separator: " ", maxSplits: 1)
        guard let first = fields.first, let ssrc: UInt32 = number(first) else { return .malformed("ssrc wants a source") }
        var index = sources.firstIndex { $0.ssrc == ssrc }
        if index == nil {
            guard sources.count < RTCLimits.sdpSources else { return .tooMany("sources", limit: RTCLimits.sdpSources) }
            index = sources.endIndex
            sources.append(SourceLine(ssrc: ssrc))
        }
        guard let index, fields.count == 2 else { return nil }
        let attribute = fields[1].split(separator: ":", maxSplits: 1)
        guard attribute.count == 2 else { return nil }
        switch attribute[0] {
        case "cname": sources[index].cname = String(attribute[1])
        case "msid": sources[index].stream = String(attribute[1])
        default: break
        }
        return nil
    }

    private mutating func readSourceGroup(_ value: Substring) -> SDPProblem? {
        let fields = value.split(separator: " ")
        let members: [UInt32] = fields.dropFirst().compactMap { number($0) }
        guard let semantics = fields.first, members.count == fields.count - 1, !members.isEmpty else {
            return .malformed("ssrc-group wants its meaning and sources")
        }
        guard sourceGroups.count < RTCLimits.sdpSources, members.count <= RTCLimits.sdpSources else {
            return .tooMany("sources", limit: RTCLimits.sdpSources)
        }
        sourceGroups.append(SourceGroup(semantics: String(semantics), sources: members))
        return nil
    }

    private mutating func readCandidate(_ value: Substring) -> SDPProblem? {
        let fields = value.split(separator: " ")
        guard fields.count >= 8, let component: UInt16 = number(fields[1]), let priority: UInt32 = number(fields[3]),
            let port: UInt16 = number(fields[5]), fields[6] == "typ"
        else { return .malformed("candidate wants foundation, component, transport, priority, address, port and type") }
        guard candidates.count < RTCLimits.sdpCandidates else { return .tooMany("candidates", limit: RTCLimits.sdpCandidates) }
        candidates.append(
            CandidateDescription(
                foundation: String(fields[0]), component: component, transport: fields[2].lowercased(), priority: priority,
                host: String(fields[4]), port: port, type: String(fields[7])))
        return nil
    }

    private func index(ofPayloadType payloadType: UInt8) -> Int? {
        codecs.firstIndex { $0.payloadType == payloadType }
    }
}

extension CodecDescription {
    /// A payload type that no `rtpmap` has explained yet; the static ones of RFC 3551 need none.
    init(payloadType: UInt8) {
        switch payloadType {
        case 0: self.init(payloadType: 0, name: "PCMU", clockRate: 8000)
        case 8: self.init(payloadType: 8, name: "PCMA", clockRate: 8000)
        case 9: self.init(payloadType: 9, name: "G722", clockRate: 8000)
        default: self.init(payloadType: payloadType, name: "", clockRate: 0)
        }
    }
}
