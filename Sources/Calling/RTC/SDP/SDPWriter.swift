extension SessionDescription {
    /// The description as text, lines ended by CR LF.
    public var text: String {
        var lines = ["v=0", "o=- \(sessionID) \(version) IN IP4 127.0.0.1", "s=-", "t=0 0"]
        if !bundle.isEmpty { lines.append("a=group:BUNDLE " + bundle.joined(separator: " ")) }
        if isICELite { lines.append("a=ice-lite") }
        if allowsMixedExtensions { lines.append("a=extmap-allow-mixed") }
        for section in media { section.write(to: &lines) }
        return lines.joined(separator: "\r\n") + "\r\n"
    }
}

extension MediaDescription {
    func write(to lines: inout [String]) {
        let formats = otherFormats + codecs.map { "\($0.payloadType)" }
        // A refused section still needs a format (RFC 3264 section 6).
        lines.append("m=\(kind.name) \(port) \(transport) " + (formats.isEmpty ? "0" : formats.joined(separator: " ")))
        lines.append("c=IN IP4 0.0.0.0")
        writeTransport(to: &lines)
        lines.append("a=" + direction.rawValue)
        for element in extensions { lines.append("a=extmap:\(element.id) \(element.uri)") }
        for stream in streams { lines.append("a=msid:" + stream) }
        for codec in codecs { codec.write(to: &lines) }
        for group in sourceGroups {
            lines.append("a=ssrc-group:\(group.semantics) " + group.sources.map(String.init).joined(separator: " "))
        }
        for source in sources {
            lines.append("a=ssrc:\(source.ssrc)" + (source.cname.isEmpty ? "" : " cname:\(source.cname)"))
            if !source.stream.isEmpty { lines.append("a=ssrc:\(source.ssrc) msid:\(source.stream)") }
        }
    }

    private func writeTransport(to lines: inout [String]) {
        if !mid.isEmpty { lines.append("a=mid:" + mid) }
        if isBundleOnly { lines.append("a=bundle-only") }
        if let ice {
            if !ice.fragment.isEmpty { lines.append("a=ice-ufrag:" + ice.fragment) }
            if !ice.password.isEmpty { lines.append("a=ice-pwd:" + ice.password) }
        }
        if !iceOptions.isEmpty { lines.append("a=ice-options:" + iceOptions.joined(separator: " ")) }
        for fingerprint in fingerprints {
            lines.append("a=fingerprint:\(fingerprint.algorithm.rawValue) \(fingerprint.text)")
        }
        if let setup { lines.append("a=setup:" + setup.rawValue) }
        if multiplexesRTCP { lines.append("a=rtcp-mux") }
        if reducesRTCP { lines.append("a=rtcp-rsize") }
        for candidate in candidates {
            lines.append(
                "a=candidate:\(candidate.foundation) \(candidate.component) \(candidate.transport) \(candidate.priority) "
                    + "\(candidate.host) \(candidate.port) typ \(candidate.type)")
        }
        if isEndOfCandidates { lines.append("a=end-of-candidates") }
    }
}

extension CodecDescription {
    func write(to lines: inout [String]) {
        guard !name.isEmpty else { return }
        lines.append("a=rtpmap:\(payloadType) \(name)/\(clockRate)" + (channels == 1 ? "" : "/\(channels)"))
        for kind in feedback { lines.append("a=rtcp-fb:\(payloadType) \(kind)") }
        if !parameters.isEmpty { lines.append("a=fmtp:\(payloadType) \(parameters)") }
    }
}

extension CertificateFingerprint {
    /// The hash as SDP writes it: pairs of upper-case digits with colons.
    public var text: String {
        bytes.map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return byte < 16 ? "0" + digits : digits
        }.joined(separator: ":")
    }
}
