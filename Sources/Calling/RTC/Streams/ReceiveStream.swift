/// The receiving side of one source: what has arrived, what is missing, how regularly, and what to report about it.
public struct ReceiveStream: Sendable {
    /// What a packet is to the stream.
    public enum Arrival: Equatable, Sendable {
        /// The newest so far.
        case newest
        /// Older than the newest, but not seen before.
        case late
        /// Seen before: not to be used again.
        case duplicate
        /// Further back than anybody remembers: not to be used.
        case tooOld
        /// The sender began its numbers anew.
        case restarted
    }

    /// The source.
    public let ssrc: UInt32
    private let clockRate: UInt32
    /// The holes and what is done about them; nil when the sender cannot send again.
    private var holes: PacketHoles?

    private var unwrapper = SequenceUnwrapper()
    private var base: Int64 = 0
    private var strange: UInt16?
    private var received: Int64 = 0
    private var lastTimestamp: UInt32?
    private var lastTransit: UInt32 = 0
    /// Sixteen times the jitter, as RFC 3550 A.8 keeps it.
    private var jitterTimes16: UInt32 = 0
    private var expectedBefore: Int64 = 0
    private var receivedBefore: Int64 = 0
    private var lastReport: (compactNTP: UInt32, arrival: MonotonicTime)?

    /// A stream that has received nothing.
    public init(ssrc: UInt32, clockRate: UInt32, asksAgain: Bool) {
        self.ssrc = ssrc
        self.clockRate = max(1, clockRate)
        holes = asksAgain ? PacketHoles() : nil
    }

    /// Two packets have come in a row, so that its numbers can be believed (RFC 3550 A.1). Authenticated packets are used before that.
    public private(set) var isValidated = false
    /// Packets received, without duplicates and retransmissions.
    public var receivedCount: Int64 { received }
    /// Packets that should have come so far.
    public var expectedCount: Int64 { unwrapper.newest.map { $0 - base + 1 } ?? 0 }
    /// Packets lost on the way so far; negative when the sender repeats packets under new numbers.
    public var lostCount: Int64 { expectedCount - received }
    /// Holes that retransmissions have closed.
    public var recoveredCount: Int { holes?.recoveredCount ?? 0 }
    /// Interarrival jitter in units of the clock.
    public var jitter: UInt32 { jitterTimes16 >> 4 }
    /// Interarrival jitter as time.
    public var jitterTime: MonotonicTime.Interval { .microseconds(Int64(jitter) * 1_000_000 / Int64(clockRate)) }

    /// Takes in a packet. A retransmission closes its hole but is not counted as received, so that reports tell of the network.
    public mutating func receive(
        sequence: UInt16, timestamp: UInt32, now: MonotonicTime, isRetransmission: Bool = false
    ) -> Arrival {
        guard let newest = unwrapper.newest else {
            begin(sequence)
            count(timestamp, now, isNewest: true, isRetransmission)
            return .newest
        }
        let extended = unwrapper.extended(sequence)
        if extended <= newest - Int64(RTCLimits.nackWindow) { return receiveStrange(sequence, timestamp, now) }
        if extended == newest { return .duplicate }
        if extended > newest {
            isValidated = isValidated || extended == newest + 1
            _ = unwrapper.unwrap(sequence)
            holes?.advance(from: newest, to: extended, now: now)
            count(timestamp, now, isNewest: true, isRetransmission)
            return .newest
        }
        guard holes?.fill(extended) ?? true else { return .duplicate }
        base = min(base, extended)
        count(timestamp, now, isNewest: false, isRetransmission)
        return .late
    }

    private mutating func begin(_ sequence: UInt16) {
        unwrapper = SequenceUnwrapper()
        base = unwrapper.unwrap(sequence)
        isValidated = false
        strange = nil
        received = 0
        expectedBefore = 0
        receivedBefore = 0
        holes?.begin(at: base)
    }

    /// A number far back is old, unless its successor follows: then the sender has begun anew (RFC 3550 A.1).
    private mutating func receiveStrange(_ sequence: UInt16, _ timestamp: UInt32, _ now: MonotonicTime) -> Arrival {
        guard sequence == strange else {
            strange = sequence &+ 1
            return .tooOld
        }
        begin(sequence)
        count(timestamp, now, isNewest: true, false)
        return .restarted
    }

    private mutating func count(_ timestamp: UInt32, _ now: MonotonicTime, isNewest: Bool, _ isRetransmission: Bool) {
        guard !isRetransmission else { return }
        received += 1
        // The packets of one frame share a timestamp but leave one after the other: only the first of them tells of the network.
        guard isNewest, timestamp != lastTimestamp else { return }
        let transit = clock(now) &- timestamp
        if lastTimestamp != nil {
            let difference = UInt32(transit.distance(from: lastTransit).magnitude)
            jitterTimes16 = jitterTimes16 &+ difference &- ((jitterTimes16 &+ 8) >> 4)
        }
        lastTransit = transit
        lastTimestamp = timestamp
    }

    private func clock(_ now: MonotonicTime) -> UInt32 {
        UInt32(truncatingIfNeeded: now.microseconds.multipliedReportingOverflow(by: Int64(clockRate)).partialValue / 1_000_000)
    }

    // MARK: Reports

    /// Remembers the sender's report, so that the sender can measure the round trip.
    public mutating func receive(_ report: SenderReport, now: MonotonicTime) {
        lastReport = (report.compactNTP, now)
    }

    /// The next block about this source (RFC 3550 A.3); nil before it is validated.
    public mutating func report(now: MonotonicTime) -> ReportBlock? {
        guard isValidated, let newest = unwrapper.newest else { return nil }
        let expected = expectedCount - expectedBefore
        let lost = expected - (received - receivedBefore)
        expectedBefore = expectedCount
        receivedBefore = received
        let fraction = expected > 0 && lost > 0 ? min(255, lost * 256 / expected) : 0
        let delay = lastReport.map { (now - $0.arrival).microseconds } ?? 0
        return ReportBlock(
            ssrc: ssrc, fractionLost: UInt8(truncatingIfNeeded: fraction),
            cumulativeLost: Int32(truncatingIfNeeded: min(max(lostCount, -0x80_0000), 0x7F_FFFF)),
            // The first cycle is number one here and zero on the wire.
            highestSequence: UInt32(truncatingIfNeeded: newest - 0x1_0000), jitter: jitter,
            lastSenderReport: lastReport?.compactNTP ?? 0,
            delaySinceLastSenderReport: UInt32(truncatingIfNeeded: min(max(delay, 0), 65_535_000_000) * 65_536 / 1_000_000))
    }

    // MARK: Asking again

    /// When `askAgain` or `takeGivenUp` has something to say; nil when nothing is missing.
    public var askAgainDeadline: MonotonicTime? { holes?.deadline }

    /// Writes requests for what is missing and due, and says how many.
    public mutating func askAgain(
        into writer: inout RTCPWriter, sender: UInt32, now: MonotonicTime, roundTrip: MonotonicTime.Interval
    ) -> Int {
        holes?.ask(into: &writer, sender: sender, media: ssrc, now: now, roundTrip: roundTrip) ?? 0
    }

    /// Packets were given up since the last question: only a key frame helps now.
    public mutating func takeGivenUp() -> Bool { holes?.takeGivenUp() ?? false }
}
