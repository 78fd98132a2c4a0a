import Basics
import RTC
import Testing

@Suite("Offer and answer")
struct NegotiationTests {
    static let fingerprint: CertificateFingerprint = {
        guard let fingerprint = CertificateFingerprint(.sha256, [UInt8](repeating: 7, count: 32)) else {
            preconditionFailure("32 bytes")
        }
        return fingerprint
    }()

    static let local = LocalDescription(
        sessionID: "42", version: 1, ice: ICECredentials(fragment: "srvr", password: "0123456789abcdefghijkl"),
        fingerprint: fingerprint, isICELite: true,
        candidates: [CandidateDescription(foundation: "1", priority: 100, host: "192.0.2.1", port: 40_000)], cname: "jianmian",
        sources: [.audio: StreamSources(main: 1), .video: StreamSources(main: 2, retransmission: 3)])

    func answer(
        _ offer: SessionDescription, _ capabilities: MediaCapabilities = MediaCapabilities()
    ) throws(Fault) -> (answer: SessionDescription, session: NegotiatedSession) {
        try Negotiation.answer(offer, capabilities: capabilities, local: Self.local)
    }

    func fault(_ text: String) -> Fault? {
        do throws(Fault) {
            _ = try answer(SessionDescription(parsing: text))
            return nil
        } catch {
            return error
        }
    }

    @Test func `Chromium's offer is answered in full`() throws {
        let (answer, session) = try answer(SessionDescription(parsing: fixture("chromium/video-offer.sdp")))
        #expect(
            answer.isICELite && answer.bundle == ["0", "1"]
                && answer.media.allSatisfy { $0.setup == .passive && $0.port == 9 })
        #expect(!session.beginsDTLS && session.remoteICE.fragment == "MTk/")

        let audio = try #require(session[.audio])
        #expect(
            audio.codecs.map(\.codec) == [
                .opus, .g722, .pcmu, .pcma, .red, .telephoneEvent(clockRate: 48000), .telephoneEvent(clockRate: 8000),
            ])
        #expect(audio.codecs[0].payloadType == 111 && audio.codecs[0].retransmissionPayloadType == nil)
        #expect(audio.codecs[0].feedback == .transport)
        #expect(
            audio.extensionIDs[.audioLevel] == 1 && audio.extensionIDs[.mid] == 4 && audio.extensionIDs[.videoOrientation] == 0)
        #expect(audio.remoteSources == StreamSources(main: 1_998_899_747))

        let video = try #require(session[.video])
        #expect(video.codecs.map(\.codec) == [.vp8, .h264(packetizationMode: 1), .h264(packetizationMode: 0), .av1, .vp9])
        // Constrained baseline is 108 and 114; 102 and 104 are baseline, 116 and 39 main, 100 is VP9 profile 2.
        #expect(video.codecs.map(\.payloadType) == [96, 108, 114, 45, 98])
        #expect(video.codecs.map(\.retransmissionPayloadType) == [97, 109, 115, 46, 99])
        #expect(video.codecs[0].feedback == [.nack, .pictureLoss, .fullIntraRequest, .bitrateEstimate, .transport])
        #expect(video.remoteSources == StreamSources(main: 1_403_120_645, retransmission: 290_972_430))
        #expect(video.remoteCNAME == "BzSaRUkcL8VIGWB0" && video.localSources == Self.local.sources[.video])
        #expect(video.extensionIDs[.videoOrientation] == 13 && video.extensionIDs[.transportSequence] == 3)

        let text = answer.text
        #expect(text.contains("a=fmtp:108 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42e01f\r\n"))
        #expect(text.contains("a=fmtp:63 111/111\r\n") && text.contains("a=fmtp:97 apt=96\r\n"))
        #expect(
            text.contains("a=ssrc-group:FID 2 3\r\n") && text.contains("a=candidate:1 1 udp 100 192.0.2.1 40000 typ host\r\n"))
        #expect(try SessionDescription(parsing: text) == answer)
    }

    @Test func `Firefox's offer is answered under its own payload types`() throws {
        let (_, session) = try answer(SessionDescription(parsing: fixture("firefox/video-offer.sdp")))
        #expect(session[.audio]?.codecs.map(\.payloadType) == [109, 9, 0, 8, 101])
        #expect(session[.video]?.codecs.map(\.codec) == [.vp8, .vp9, .h264(packetizationMode: 1), .h264(packetizationMode: 0)])
        #expect(session[.video]?.codecs.map(\.payloadType) == [120, 121, 126, 97])
        #expect(session[.audio]?.reducesRTCP == false && session[.video]?.reducesRTCP == true)
    }

    @Test func `an offer that our own client makes is answered and its answer accepted`() throws {
        let capabilities = MediaCapabilities()
        let offer = Negotiation.offer([.audio, .video], capabilities: capabilities, local: Self.local)
        #expect(try SessionDescription(parsing: offer.text) == offer)
        let (answer, server) = try answer(SessionDescription(parsing: offer.text))
        let client = try Negotiation.accept(SessionDescription(parsing: answer.text), to: offer, capabilities: capabilities)
        #expect(client.beginsDTLS && !server.beginsDTLS && client.remoteIsICELite)
        #expect(client.remoteCandidates == Self.local.candidates)
        for kind in [MediaKind.audio, .video] {
            let (ours, theirs) = (try #require(client[kind]), try #require(server[kind]))
            #expect(ours.codecs == theirs.codecs && ours.codecs.count == (kind == .audio ? 7 : 5))
            #expect(ours.extensionIDs == theirs.extensionIDs)
            #expect(ours.remoteSources == theirs.localSources && ours.localSources == theirs.remoteSources)
        }
    }

    @Test func `directions are reversed and agreed on`() throws {
        var offer = try SessionDescription(parsing: fixture("chromium/video-offer.sdp"))
        let expected: [MediaDirection: MediaDirection] = [
            .both: .both, .sendOnly: .receiveOnly, .receiveOnly: .sendOnly, .inactive: .inactive,
        ]
        for (offered, answered) in expected {
            offer.media[1].direction = offered
            let (answer, session) = try answer(offer)
            #expect(answer.media[1].direction == answered && session[.video]?.direction == answered)
            #expect((session[.video]?.localSources != nil) == answered.sends)
        }
        offer.media[1].direction = .both
        #expect(try self.answer(offer, MediaCapabilities(direction: .receiveOnly)).session[.video]?.direction == .receiveOnly)
    }

    @Test func `a second camera, data channels and what is not bundled are refused politely`() throws {
        let text = try fixture("chromium/video-offer.sdp")
        var offer = try SessionDescription(parsing: text)
        var second = offer.media[1]
        second.mid = "2"
        let data = try SessionDescription(
            parsing: "v=0\r\no=- 1 1 IN IP4 0\r\nt=0 0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:3\r\n"
        ).media[0]
        offer.media += [second, data]
        offer.bundle += ["2", "3"]
        let (answer, session) = try answer(offer)
        #expect(answer.media.map(\.isRefused) == [false, false, true, true] && session.media.count == 2)
        #expect(answer.bundle == ["0", "1"])
        #expect(answer.text.contains("m=application 0 UDP/DTLS/SCTP webrtc-datachannel\r\n"))
        #expect(answer.text.contains("m=video 0 UDP/TLS/RTP/SAVPF 96\r\n"))

        offer.bundle = ["0"]
        #expect(try self.answer(offer).session.media.map(\.kind) == [.audio])
    }

    @Test func `a section that has no port because it is bundled is accepted`() throws {
        let text = try fixture("chromium/video-offer.sdp")
        let offer = try SessionDescription(
            parsing: text.replacing("m=video 9 ", with: "m=video 0 ").replacing(
                "a=mid:1\r\n", with: "a=mid:1\r\na=bundle-only\r\n"))
        let (answer, session) = try answer(offer)
        #expect(session.media.count == 2 && !answer.media[1].isRefused && answer.media[1].port == 9)
    }

    @Test func `video that has no codec in common leaves the sound`() throws {
        let offer = try SessionDescription(parsing: fixture("chromium/video-offer.sdp"))
        let (answer, session) = try answer(offer, MediaCapabilities(codecs: [.opus]))
        #expect(session.media.map(\.kind) == [.audio] && answer.media[1].isRefused)
    }

    @Test func `other kinds of telephony are refused with the reason`() throws {
        let webRTC = try fixture("chromium/audio-offer.sdp")
        let head = "v=0\r\no=- 1 1 IN IP4 0\r\ns=-\r\nt=0 0\r\n"
        let cases: [(String, Fault.Code, String?)] = [
            (head, .sdpNotWebRTC, "media"),
            (head + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n", .sdpNotWebRTC, "media"),
            (head + "m=audio 5004 RTP/AVP 0 8\r\n", .sdpNotWebRTC, "dtls"),
            (head + "m=audio 5004 RTP/SAVP 0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x\r\n", .sdpNotWebRTC, "dtls"),
            (webRTC.replacing("a=rtcp-mux\r\n", with: ""), .sdpNotWebRTC, "rtcp-mux"),
            (webRTC.replacing("a=ice-pwd", with: "a=x-pwd"), .sdpNotWebRTC, "ice"),
            (webRTC.replacing("a=fingerprint", with: "a=x"), .sdpNotWebRTC, "fingerprint"),
            (webRTC.replacing("a=setup:actpass\r\n", with: ""), .sdpNotWebRTC, "setup"),
            (webRTC.replacing("a=setup:actpass", with: "a=setup:passive"), .sdpNotWebRTC, "setup"),
            (webRTC.replacing("opus/48000/2", with: "speex/16000").replacing("111 63 9 0 8", with: "111"), .noCommonCodec, nil),
        ]
        for (text, code, missing) in cases {
            #expect(fault(text)?.code == code && fault(text)?.parameters["missing"] == missing, "\(missing ?? "codec")")
        }
    }

    @Test func `an answer must fit its offer`() throws {
        let offer = Negotiation.offer([.audio, .video], capabilities: MediaCapabilities(), local: Self.local)
        let good = try answer(offer).answer
        func accept(_ change: (inout SessionDescription) -> Void) -> Fault.Code? {
            var answer = good
            change(&answer)
            do throws(Fault) {
                _ = try Negotiation.accept(answer, to: offer, capabilities: MediaCapabilities())
                return nil
            } catch {
                return error.code
            }
        }
        #expect(accept { _ in } == nil)
        #expect(accept { $0.media.removeLast() } == .sdpAnswerMismatch)
        #expect(accept { $0.media.reverse() } == .sdpAnswerMismatch)
        #expect(accept { $0.media[0].codecs[0].payloadType = 125 } == .sdpAnswerMismatch)
        #expect(accept { for index in $0.media.indices { $0.media[index].port = 0 } } == .sdpNotWebRTC)
    }

    @Test(arguments: [
        ("42e01f", true), ("42E034", true), ("42001f", false), ("4d8015", true), ("4d001f", false), ("640c1f", false),
        ("58c01f", true),
        ("58801f", false), ("42f01f", true), ("42e0", false), ("+2e01f", false), ("zze01f", false), ("42e8", false),
        ("42e11f", false),
    ])
    func `constrained baseline is known by all its spellings`(level: String, isOne: Bool) {
        let description = CodecDescription(
            payloadType: 96, name: "h264", clockRate: 90000, parameters: " packetization-mode = 1 ; PROFILE-LEVEL-ID=\(level)")
        #expect((Codec(description) == .h264(packetizationMode: 1)) == isOne)
    }

    @Test func `payload types are mapped by codec, and legs without a first codec in common negotiate again`() throws {
        let chromium = try answer(SessionDescription(parsing: fixture("chromium/video-offer.sdp"))).session
        let firefox = try answer(SessionDescription(parsing: fixture("firefox/video-offer.sdp"))).session
        let (a, b) = (try #require(chromium[.video]), try #require(firefox[.video]))
        let map = PayloadMap(from: a, to: b)
        // VP8, H.264 of both modes and VP9 have partners, AV1 (45) and retransmissions do not.
        #expect([96, 108, 114, 98, 45, 97].map { map[$0] } == [120, 126, 97, 121, nil, nil])
        #expect(PayloadMap(retransmissionsOf: b)[120] == 124 && PayloadMap(retransmissionsOf: b)[109] == nil)
        #expect(Negotiation.bridging(from: a, to: b) == .ready && Negotiation.bridging(from: b, to: a) == .ready)

        var onlyH264 = b
        onlyH264.codecs.removeAll { $0.codec == .vp8 || $0.codec == .vp9 }
        let common: [Codec] = [.h264(packetizationMode: 1), .h264(packetizationMode: 0)]
        #expect(Negotiation.bridging(from: a, to: onlyH264) == .renegotiate(common))
        #expect(Negotiation.bridging(from: onlyH264, to: a) == .ready)
        let again = try answer(
            SessionDescription(parsing: fixture("chromium/video-offer.sdp")),
            MediaCapabilities().restricted(to: common + [.opus])
        ).session
        #expect(Negotiation.bridging(from: try #require(again[.video]), to: onlyH264) == .ready)

        onlyH264.codecs = [NegotiatedCodec(codec: .av1, payloadType: 1, clockRate: 90000, feedback: [])]
        #expect(Negotiation.bridging(from: b, to: onlyH264) == .impossible)
    }
}
