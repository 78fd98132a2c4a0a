import Basics
import RTC
import Testing

@Suite("Session descriptions, reading and writing")
struct SDPParserTests {
    func fault(_ text: String) -> Fault? {
        do throws(Fault) {
            _ = try SessionDescription(parsing: text)
            return nil
        } catch {
            return error
        }
    }

    static let head = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"
    static let audio = head + "m=audio 9 UDP/TLS/RTP/SAVPF 111 0\r\n"

    @Test func `Chromium's offer is understood`() throws {
        let offer = try SessionDescription(parsing: fixture("chromium/video-offer.sdp"))
        #expect(offer.sessionID == "5453465878163840776" && offer.version == 2)
        #expect(offer.bundle == ["0", "1"] && offer.allowsMixedExtensions && !offer.isICELite)
        #expect(offer.media.map(\.kind) == [.audio, .video])
        let video = offer.media[1]
        #expect(video.ice == ICECredentials(fragment: "MTk/", password: "qxGWCNUddd4KMT9MZPaXfJzp"))
        #expect(video.fingerprints.map(\.algorithm) == [.sha256] && video.fingerprints.first?.bytes.first == 0xFC)
        #expect(video.setup == .either && video.multiplexesRTCP && video.reducesRTCP && video.direction == .both)
        #expect(video.codecs.count == 23 && video.codecs.first?.name == "VP8")
        #expect(video.codecs.first?.feedback == ["goog-remb", "transport-cc", "ccm fir", "nack", "nack pli"])
        #expect(video.codecs[1].parameter("apt") == "96")
        #expect(video.extensions.contains(ExtensionDescription(id: 13, uri: RTPExtensionKind.videoOrientation.uri)))
        #expect(video.sourceGroups == [SourceGroup(semantics: "FID", sources: [1_403_120_645, 290_972_430])])
        #expect(video.sources.map(\.ssrc) == [1_403_120_645, 290_972_430] && video.sources[0].cname == "BzSaRUkcL8VIGWB0")
        #expect(offer.media[0].codecs.map(\.payloadType) == [111, 63, 9, 0, 8, 13, 110, 126])
        #expect(offer.media[0].codecs[1].parameters == "111/111")
    }

    @Test func `what stands at the session level holds for every section`() throws {
        let offer = try SessionDescription(parsing: fixture("firefox/video-offer.sdp"))
        #expect(offer.media.count == 2)
        for section in offer.media {
            #expect(section.fingerprints.first?.bytes.prefix(3) == [0x0A, 0x1B, 0x2C])
            #expect(section.iceOptions == ["trickle"])
        }
        #expect(offer.media[0].extensions.map(\.id) == [1, 2, 3])
    }

    @Test(arguments: ["chromium/video-offer.sdp", "chromium/audio-offer.sdp", "firefox/video-offer.sdp"])
    func `what is read and written is read again as the same`(name: String) throws {
        let offer = try SessionDescription(parsing: fixture(name))
        #expect(try SessionDescription(parsing: offer.text) == offer)
    }

    @Test func `lines may end in LF alone, and blank lines may follow`() throws {
        let text = try fixture("chromium/audio-offer.sdp")
        let lines = text.split(separator: "\r\n").joined(separator: "\n")
        #expect(try SessionDescription(parsing: lines + "\n\n") == SessionDescription(parsing: text))
    }

    @Test func `candidates are read and written`() throws {
        let line = "a=candidate:1 1 UDP 2122260223 fd00::1 51000 typ host generation 0 ufrag x\r\na=end-of-candidates\r\n"
        let section = try SessionDescription(parsing: Self.audio + line).media[0]
        #expect(
            section.candidates == [CandidateDescription(foundation: "1", priority: 2_122_260_223, host: "fd00::1", port: 51_000)])
        #expect(section.isEndOfCandidates)
    }

    @Test(arguments: [
        ("", Fault.Code.sdpUnreadable), ("rtmp://example.test/live", .sdpUnreadable), ("{\"type\":\"offer\"}", .sdpUnreadable),
        ("v=1\r\n", .sdpUnreadable), ("v=0\r\n", .sdpMalformed), ("v=0\r\ns=-\r\n", .sdpMalformed),
    ])
    func `text of another kind is told apart`(text: String, code: Fault.Code) {
        #expect(fault(text)?.code == code)
    }

    @Test(arguments: [
        "x", "=", "A=1", "m=audio", "m=audio 70000 UDP/TLS/RTP/SAVPF 0", "m=audio 9 UDP/TLS/RTP/SAVPF 128",
        "m=audio 9 UDP/TLS/RTP/SAVPF 0 0", "m=audio 9 UDP/TLS/RTP/SAVPF -1", "v=0", "o=- 1 2 IN IP4 127.0.0.1",
        "a=rtpmap:111 opus", "a=rtpmap:x opus/48000", "a=rtpmap:111 opus/0", "a=rtpmap:111 opus/48000/two", "a=fmtp:111",
        "a=ice-ufrag:abc", "a=ice-pwd:tooshort", "a=ice-ufrag:with space", "a=setup:both", "a=mid:", "a=mid:a b",
        "a=mid:12345678901234567", "a=fingerprint:sha-256 00", "a=fingerprint:sha-256", "a=extmap:0 urn:x", "a=extmap:1",
        "a=extmap:256 urn:x", "a=ssrc:x cname:y", "a=ssrc:4294967296 cname:y", "a=ssrc-group:FID", "a=ssrc-group:FID 1 x",
        "a=candidate:1 1 udp 1 host 1", "a=candidate:1 1 udp 1 h 65536 typ host", "a=tool:x\u{1}", "a=tool:x\ra=ice-lite",
    ])
    func `a wrong line is named by its number`(line: String) {
        let fault = fault(Self.audio + line + "\r\n")
        #expect(fault?.code == .sdpMalformed, "\(line)")
        #expect(fault?.parameters["line"] == "6", "\(line)")
    }

    @Test(arguments: [
        "a=unknown", "a=unknown:x", "a=ssrc:5", "a=ssrc:5 label:x", "a=fingerprint:md5 00", "b=AS:300", "k=clear:x",
        "a=rtpmap:99 opus/48000/2", "a=simulcast:send 1;2", "a=rid:1 send", "a=rtcp-fb:* nack", "a=fmtp:99 x=y",
    ])
    func `what we do not know is passed over`(line: String) {
        #expect(fault(Self.audio + line + "\r\n") == nil)
    }

    @Test func `every limit is named`() {
        let cases: [(String, String)] = [
            (Self.audio + String(repeating: "a=x\r\n", count: 20_000), "bytes"),
            (Self.audio + String(repeating: "a=x\r\n", count: 3000), "lines"),
            (Self.audio + "a=x:" + String(repeating: "y", count: 5000), "bytes in a line"),
            (Self.head + String(repeating: "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\n", count: 17), "media sections"),
            (Self.audio + (0..<65).map { "a=candidate:\($0) 1 udp 1 h 1 typ host\r\n" }.joined(), "candidates"),
            (Self.audio + (0..<33).map { "a=ssrc:\($0) cname:x\r\n" }.joined(), "sources"),
            (Self.audio + (1...65).map { "a=extmap:\($0) urn:x\r\n" }.joined(), "header extensions"),
        ]
        for (text, what) in cases {
            #expect(fault(text)?.code == .sdpTooLarge && fault(text)?.parameters["what"] == what, "\(what)")
        }
    }

    @Test func `two sections of one id are refused`() {
        let text = Self.audio + "a=mid:0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:0\r\n"
        #expect(fault(text)?.code == .sdpMalformed)
    }

    @Test func `damaged offers never trap, and what is still read can be written and read again`() throws {
        let text = Array(try fixture("chromium/audio-offer.sdp").utf8)
        var readable = 0
        for length in stride(from: 0, to: text.count, by: 7) { damage(Array(text[..<length]), &readable) }
        var random = SeededGenerator(seed: 11)
        for _ in 0..<1500 {
            var damaged = text
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let at = Int.random(in: 0..<damaged.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: damaged[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                case 1: damaged.remove(at: at)
                default: damaged.insert(damaged[Int.random(in: 0..<damaged.count, using: &random)], at: at)
                }
            }
            damage(damaged, &readable)
        }
        #expect(readable > 100, "the damage is so gentle that many offers stay readable")
    }

    private func damage(_ bytes: [UInt8], _ readable: inout Int) {
        guard let description = try? SessionDescription(parsing: String(decoding: bytes, as: UTF8.self)) else { return }
        readable += 1
        if let fault = fault(description.text) { return fail("\(fault): \(description.text.debugDescription)") }
        let again = try? SessionDescription(parsing: description.text)
        #expect(again?.media.count == description.media.count)
        #expect(again?.text == description.text)
    }
}
