import Basics
import RTC
import Testing

@Suite("Session descriptions, any")
struct SDPRoundTripTests {
    @Test func `an answer is written as browsers read it`() throws {
        let offer = try SessionDescription(
            parsing: """
                v=0
                o=- 7 1 IN IP4 127.0.0.1
                s=-
                t=0 0
                a=group:BUNDLE a
                m=audio 9 UDP/TLS/RTP/SAVPF 111 0
                a=mid:a
                a=ice-ufrag:abcd
                a=ice-pwd:0123456789abcdefghijkl
                a=fingerprint:sha-256 \(NegotiationTests.fingerprint.text)
                a=setup:actpass
                a=rtcp-mux
                a=recvonly
                a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid
                a=rtpmap:111 opus/48000/2

                """)
        let (answer, _) = try Negotiation.answer(offer, capabilities: MediaCapabilities(), local: NegotiationTests.local)
        let lines = """
            v=0
            o=- 42 1 IN IP4 127.0.0.1
            s=-
            t=0 0
            a=group:BUNDLE a
            a=ice-lite
            m=audio 9 UDP/TLS/RTP/SAVPF 111 0
            c=IN IP4 0.0.0.0
            a=mid:a
            a=ice-ufrag:srvr
            a=ice-pwd:0123456789abcdefghijkl
            a=fingerprint:sha-256 \(NegotiationTests.fingerprint.text)
            a=setup:passive
            a=rtcp-mux
            a=candidate:1 1 udp 100 192.0.2.1 40000 typ host
            a=end-of-candidates
            a=sendonly
            a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid
            a=msid:jianmian audio
            a=rtpmap:111 opus/48000/2
            a=fmtp:111 minptime=10;useinbandfec=1
            a=rtpmap:0 PCMU/8000
            a=ssrc:1 cname:jianmian
            a=ssrc:1 msid:jianmian audio

            """
        #expect(answer.text == lines.replacing("\n", with: "\r\n"))
    }

    @Test func `any description comes back as it was written`() throws {
        for seed in UInt64(1)...200 {
            var random = SeededGenerator(seed: seed)
            let description = Self.description(&random)
            #expect(try SessionDescription(parsing: description.text) == description, "seed \(seed)")
        }
    }

    @Test func `damaged offers are answered or refused, and every answer can be read`() throws {
        for (seed, name) in [(UInt64(1), "chromium/video-offer.sdp"), (2, "firefox/video-offer.sdp")] {
            var random = SeededGenerator(seed: seed)
            let lines = try fixture(name).split(separator: "\r\n").map(String.init)
            var answered = 0
            for _ in 0..<150 {
                var damaged = lines
                for _ in 0..<Int.random(in: 1...6, using: &random) { Self.damage(&damaged, &random) }
                guard let offer = try? SessionDescription(parsing: damaged.joined(separator: "\n")),
                    let (answer, session) = try? Negotiation.answer(
                        offer, capabilities: MediaCapabilities(), local: NegotiationTests.local)
                else { continue }
                answered += 1
                #expect(answer.media.count == offer.media.count && !session.media.isEmpty)
                #expect(session.media.allSatisfy { !$0.codecs.isEmpty })
                #expect(try SessionDescription(parsing: answer.text) == answer)
                _ = try? Negotiation.accept(answer, to: offer, capabilities: MediaCapabilities())
            }
            #expect(answered > 10)
        }
    }

    /// Lines are lost, doubled, exchanged, or get another's value.
    private static func damage(_ lines: inout [String], _ random: inout SeededGenerator) {
        let (a, b) = (Int.random(in: 1..<lines.count, using: &random), Int.random(in: 1..<lines.count, using: &random))
        switch Int.random(in: 0..<4, using: &random) {
        case 0: lines.remove(at: a)
        case 1: lines.insert(lines[a], at: b)
        case 2: lines.swapAt(a, b)
        default:
            let name = lines[a].prefix { $0 != ":" }
            lines[a] = String(name) + lines[b].drop { $0 != ":" }
        }
    }

    // MARK: Any description

    private static func description(_ random: inout SeededGenerator) -> SessionDescription {
        var description = SessionDescription(
            sessionID: "\(UInt64.random(in: 0...UInt64.max, using: &random))",
            version: .random(in: 0...UInt64.max, using: &random))
        description.isICELite = .random(using: &random)
        description.allowsMixedExtensions = .random(using: &random)
        for index in 0..<Int.random(in: 0...4, using: &random) {
            description.media.append(section(index, &random))
            if Bool.random(using: &random) { description.bundle.append("\(index)") }
        }
        return description
    }

    private static func section(_ index: Int, _ random: inout SeededGenerator) -> MediaDescription {
        var section = MediaDescription(kind: [.audio, .video, .other("text")].randomElement(using: &random) ?? .audio)
        section.mid = "\(index)"
        section.port = .random(in: 0...UInt16.max, using: &random)
        section.isBundleOnly = .random(using: &random)
        if Bool.random(using: &random) {
            section.ice = ICECredentials(fragment: token(4...256, &random), password: token(22...256, &random))
        }
        section.iceOptions = Bool.random(using: &random) ? ["ice2", "trickle"] : []
        section.fingerprints = CertificateFingerprint.Algorithm.allCases.filter { _ in Bool.random(using: &random) }.compactMap {
            kind in
            CertificateFingerprint(kind, (0..<kind.length).map { _ in UInt8.random(in: 0...255, using: &random) })
        }
        section.setup = [nil, .active, .passive, .either].randomElement(using: &random) ?? nil
        section.multiplexesRTCP = .random(using: &random)
        section.reducesRTCP = .random(using: &random)
        section.direction = MediaDirection.allCases.randomElement(using: &random) ?? .both
        let payloadTypes = (0...127).shuffled(using: &random).prefix(Int.random(in: 1...30, using: &random))
        section.codecs = payloadTypes.map { codec(UInt8($0), &random) }
        section.extensions = (1...255).shuffled(using: &random).prefix(Int.random(in: 0...20, using: &random)).map {
            ExtensionDescription(id: UInt8($0), uri: "urn:" + token(1...40, &random))
        }
        section.candidates = (0..<Int.random(in: 0...5, using: &random)).map { _ in candidate(&random) }
        section.isEndOfCandidates = .random(using: &random)
        section.sources = (0..<UInt32.random(in: 0...5, using: &random)).map {
            SourceLine(ssrc: $0, cname: token(1...20, &random), stream: "\(token(1...20, &random)) \(token(1...20, &random))")
        }
        if section.sources.count > 1 { section.sourceGroups = [SourceGroup(semantics: "FID", sources: [0, 1])] }
        return section
    }

    private static func codec(_ payloadType: UInt8, _ random: inout SeededGenerator) -> CodecDescription {
        CodecDescription(
            payloadType: payloadType, name: token(1...20, &random), clockRate: .random(in: 1...UInt32.max, using: &random),
            channels: .random(in: 1...UInt8.max, using: &random), parameters: Bool.random(using: &random) ? "a=1;b = 2" : "",
            feedback: Bool.random(using: &random) ? ["nack", "nack pli"] : [])
    }

    private static func candidate(_ random: inout SeededGenerator) -> CandidateDescription {
        CandidateDescription(
            foundation: token(1...32, &random), component: .random(in: 1...2, using: &random),
            transport: Bool.random(using: &random) ? "udp" : "tcp", priority: .random(in: 0...UInt32.max, using: &random),
            host: token(1...40, &random), port: .random(in: 0...UInt16.max, using: &random), type: "srflx")
    }

    private static func token(_ length: ClosedRange<Int>, _ random: inout SeededGenerator) -> String {
        let characters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+")
        return String((0..<Int.random(in: length, using: &random)).map { _ in characters.randomElement(using: &random) ?? "a" })
    }
}
