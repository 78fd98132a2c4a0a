/// The room's limits on everything from outside, each with a name.
package enum RTCLimits {
    /// A UDP datagram we send or take apart: slots of the media path are this long.
    package static let datagramBytes = 1_600
}

/// STUN, ICE, DTLS, SRTP and the transport over them.
extension RTCLimits {
    /// Attributes in one STUN message; a browser's check has seven.
    package static let stunAttributes = 24
    /// RFC 8489 section 14.3: USERNAME is shorter than 509 bytes.
    package static let stunUsernameBytes = 508
    /// Remote candidates an agent pairs with its socket, learnt ones included. More are ignored.
    package static let candidatePairs = 16
    /// Addresses of one leg that have passed a check and may send; the one that was silent longest makes room for the next.
    package static let validAddresses = 8
    /// Authentic checks remembered against their replay from another address: minutes of a browser's.
    package static let recentChecks = 128
    /// Checks of an agent that may be under way at once.
    package static let openChecks = 64
    /// Datagrams of a machine's own (STUN, DTLS) that wait to be taken; more are lost, as on a network.
    package static let waitingDatagrams = 64
    /// Events that wait to be taken.
    package static let waitingEvents = 64
    /// Synchronisation sources of one direction of one leg that can be told apart; packets of more are dropped.
    package static let srtpStreams = 64
    /// The longest DTLS datagram we send.
    package static let dtlsDatagramBytes = 1_200
    /// A handshake that takes longer has failed.
    package static let dtlsHandshake = MonotonicTime.Interval.seconds(30)
    /// Certificate digests that a description may signal for one leg.
    package static let fingerprints = 8
}

/// RTP and RTCP.
extension RTCLimits {
    /// The largest RTCP compound we make, in bytes, so that it survives every usual path together with its SRTCP trailer.
    package static let rtcpBytes = 1200
    /// More statuses than this in one transport-wide feedback is an attack: a few bytes could ask for 65,535 steps.
    package static let transportFeedbackStatuses = 4096
}

/// SDP.
extension RTCLimits {
    /// The largest session description, in bytes. A browser's offer for one call is about 8 kB.
    package static let sdpBytes = 65_536
    /// The longest line, in bytes.
    package static let sdpLineBytes = 4096
    /// The most lines.
    package static let sdpLines = 2048
    /// The most media sections; a call has two.
    package static let sdpMedia = 16
    /// The most payload types in one media section: all that RTP can tell apart.
    package static let sdpPayloadTypes = 128
    /// The most candidates in one media section.
    package static let sdpCandidates = 64
    /// The most signalled synchronisation sources in one media section.
    package static let sdpSources = 32
}

/// Streams.
extension RTCLimits {
    /// How many packets back a hole can still be asked for; a power of two.
    package static let nackWindow = 1024
    /// A hole wider than this is not mended packet by packet: a new key frame is cheaper.
    package static let nackGap = 256
    /// How often one packet is asked for before it is given up.
    package static let nackRetries = 10
    /// How long the transport-wide feedback remembers, in packets; a power of two.
    package static let transportFeedbackWindow = 1024
    /// The most statuses in one transport-wide feedback that we make.
    package static let transportFeedbackStatusesMade = 384
    /// The most packets that a cache for retransmission holds; a power of two.
    package static let cachedPackets = 1024
    /// The bytes of a cache for retransmission: about 1.5 s of 1.2 Mbit/s video.
    package static let cachedBytes = 262_144
}
