public import Basics

extension Fault.Code {
    /// The text passes a limit; the parameters say which.
    public static let sdpTooLarge = Fault.Code("rtc.sdp-too-large", .limited)
    /// The text is no session description at all.
    public static let sdpUnreadable = Fault.Code("rtc.sdp-unreadable", .invalid)
    /// One line of it is wrong; the parameters say which and why.
    public static let sdpMalformed = Fault.Code("rtc.sdp-malformed", .invalid)
    /// A session description of another kind of telephony: without DTLS-SRTP, ICE or multiplexed RTCP, or without sound and picture.
    public static let sdpNotWebRTC = Fault.Code("rtc.sdp-not-webrtc", .invalid)
    /// Nothing that both sides can speak.
    public static let noCommonCodec = Fault.Code("rtc.no-common-codec", .conflict)
    /// An answer that does not fit its offer.
    public static let sdpAnswerMismatch = Fault.Code("rtc.sdp-answer-mismatch", .invalid)
}

extension Fault {
    /// A line that is wrong.
    static func malformedSDP(line: Int, _ why: String) -> Fault {
        Fault(.sdpMalformed, "line \(line): \(why)", ["line": "\(line)", "why": why])
    }

    /// A limit that is passed.
    static func sdpTooLarge(_ what: String, limit: Int) -> Fault {
        Fault(.sdpTooLarge, "more than \(limit) \(what)", ["what": what, "limit": "\(limit)"])
    }
}
