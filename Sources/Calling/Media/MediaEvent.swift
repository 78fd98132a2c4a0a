public import Basics

/// The owner of a leg's id: one device's media connection in a call.
public enum MediaLeg {}
/// The id of a leg, chosen by who opens it.
public typealias LegID = Identifier<MediaLeg>
/// The owner of a call's id as this room sees it: legs of one call live on one worker.
public enum MediaCall {}
/// The id of a call as this room sees it.
public typealias MediaCallID = Identifier<MediaCall>

/// What the media server tells call control, in the order in which it happened on a leg.
public enum MediaEvent: Sendable, Equatable {
    /// ICE and DTLS are done and the fingerprint is right: media can flow.
    case connected(LegID)
    /// The leg's first valid media packet has arrived.
    case mediaFlowing(LegID)
    /// Nothing valid has come from the leg for a while; it may come back.
    case disconnected(LegID, DisconnectReason)
    /// The leg is back after ``disconnected(_:_:)``.
    case recovered(LegID)
    /// The leg will never work (again): close it.
    case failed(LegID, FailureReason)
    /// How the leg fares; sent when the level changes.
    case quality(LegID, LegQuality)
}

/// Why a leg counts as disconnected.
public enum DisconnectReason: String, Sendable, Equatable {
    /// No valid packet for some seconds.
    case silent
    /// The other side no longer answers or sends consent checks (RFC 7675).
    case consentLost
    /// The other side closed its DTLS session, as a page does when it is left.
    case closedByPeer
}

/// Why a leg can never work.
public enum FailureReason: String, Sendable, Equatable {
    /// The DTLS certificate is not the one that was signalled.
    case wrongFingerprint
    /// DTLS failed otherwise.
    case handshake
    /// No ICE check arrived in time.
    case unreachable
}

/// How good a leg is, in the terms of clause 4: what its user would notice.
public struct LegQuality: Sendable, Equatable {
    /// In plain words.
    public enum Level: Int, Sendable, Comparable {
        /// Nothing to notice.
        case bad, poor, good
        /// Worse or better.
        public static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
    }
    /// In plain words.
    public var level: Level
    /// Packets lost on the way to the server in the last second, in thousandths, before retransmission.
    public var lostFromDevice: Int
    /// Packets lost on the way to the device, in thousandths, as the device reports.
    public var lostToDevice: Int
    /// Jitter of what the device sends.
    public var jitterMilliseconds: Int
    /// The time there and back between server and device, when it is known.
    public var roundTripMilliseconds: Int?

    /// A judgement with its measures.
    public init(level: Level, lostFromDevice: Int, lostToDevice: Int, jitterMilliseconds: Int, roundTripMilliseconds: Int?) {
        self.level = level
        self.lostFromDevice = lostFromDevice
        self.lostToDevice = lostToDevice
        self.jitterMilliseconds = jitterMilliseconds
        self.roundTripMilliseconds = roundTripMilliseconds
    }
}

/// Totals of one direction of a leg.
public struct FlowTotals: Sendable, Equatable {
    /// RTP packets.
    public var packets: Int64 = 0
    /// Bytes of RTP packets, headers included, encryption not.
    public var bytes: Int64 = 0
    /// Packets that never arrived: counted here from the device, reported by the device towards it.
    public var lost: Int64 = 0
    /// Packets sent again on request.
    public var repaired: Int64 = 0

    /// Nothing yet.
    public init() {}

    static func += (a: inout FlowTotals, b: FlowTotals) {
        a.packets &+= b.packets
        a.bytes &+= b.bytes
        a.lost &+= b.lost
        a.repaired &+= b.repaired
    }
}

/// What a leg has carried, for the call's record.
public struct LegTotals: Sendable, Equatable {
    /// Audio from the device.
    public var audioFromDevice = FlowTotals()
    /// Video from the device.
    public var videoFromDevice = FlowTotals()
    /// Audio to the device.
    public var audioToDevice = FlowTotals()
    /// Video to the device.
    public var videoToDevice = FlowTotals()
    /// Seconds with poor quality.
    public var poorSeconds: Int = 0
    /// Seconds with bad quality.
    public var badSeconds: Int = 0

    /// Nothing yet.
    public init() {}
}

/// What a bridge needs.
public enum BridgeOutcome: Sendable, Equatable {
    /// Media flows as soon as both legs are connected.
    case ready
    /// These legs must offer again: what they would send, the other cannot decode.
    case mustRenegotiate([LegID])
}

/// Counters of the whole server since it started, and what it holds now.
public struct MediaStatistics: Sendable, Equatable {
    /// Legs open now.
    public var legs = 0
    /// Datagrams received.
    public var received: UInt64 = 0
    /// Datagrams sent.
    public var sent: UInt64 = 0
    /// Bytes received.
    public var receivedBytes: UInt64 = 0
    /// Bytes sent.
    public var sentBytes: UInt64 = 0
    /// RTP packets passed from a leg to its peer.
    public var forwarded: UInt64 = 0
    /// Packets sent again on request.
    public var retransmitted: UInt64 = 0
    /// Datagrams of strangers that were dropped unread or unanswered.
    public var strangers: UInt64 = 0
    /// Datagrams of known addresses that were not valid: failed authentication, replayed, malformed, of no known stream.
    public var invalid: UInt64 = 0
    /// Datagrams that the kernel would not send.
    public var unsent: UInt64 = 0
    /// System calls for receiving and sending.
    public var systemCalls: UInt64 = 0

    /// Nothing yet.
    public init() {}

    /// Sums the counters of two workers.
    public static func + (a: MediaStatistics, b: MediaStatistics) -> MediaStatistics {
        var sum = a
        sum.legs += b.legs
        sum.received &+= b.received
        sum.sent &+= b.sent
        sum.receivedBytes &+= b.receivedBytes
        sum.sentBytes &+= b.sentBytes
        sum.forwarded &+= b.forwarded
        sum.retransmitted &+= b.retransmitted
        sum.strangers &+= b.strangers
        sum.invalid &+= b.invalid
        sum.unsent &+= b.unsent
        sum.systemCalls &+= b.systemCalls
        return sum
    }
}
