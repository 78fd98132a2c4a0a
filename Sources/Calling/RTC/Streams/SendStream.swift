/// The sending side of one stream: whatever source feeds it, its numbers and times go on without a break.
public struct SendStream: Sendable {
    /// How what comes in is shifted to what goes out.
    private struct Source {
        let ssrc: UInt32
        /// Nothing before it belongs to this stream.
        let first: Int64
        let sequenceShift: Int64
        let timestampShift: UInt32
        var unwrapper: SequenceUnwrapper

        /// The packet goes on where the source was. What a receiving stream lets through from further back is a new beginning.
        func continues(with packet: RTPPacket) -> Bool {
            guard packet.ssrc == ssrc, let newest = unwrapper.newest else { return false }
            return unwrapper.extended(packet.sequence) > newest - Int64(RTCLimits.nackWindow)
        }
    }

    /// A sender report that went out: receivers tell how long they kept it.
    private struct SentReport {
        var compactNTP: UInt32 = 0
        var at: MonotonicTime?
    }

    /// The sources under which it sends.
    public let sources: StreamSources
    /// The clock's rate, for the time between two sources.
    public let clockRate: UInt32
    /// Packets sent, without retransmissions.
    public private(set) var packetCount: UInt32 = 0
    /// Payload bytes sent, without retransmissions.
    public private(set) var octetCount: UInt32 = 0
    /// Packets sent again.
    public private(set) var retransmittedCount: UInt32 = 0

    private var source: Source?
    private var highest: Int64
    private var lastTimestamp: UInt32
    private var lastSent: MonotonicTime?
    private var retransmissionSequence: UInt16
    private var reports = InlineArray<4, SentReport>(repeating: SentReport())
    private var nextReport = 0

    /// A stream that has sent nothing. The first numbers should be random (RFC 3550 section 5.1); the caller has the generator.
    public init(
        sources: StreamSources, clockRate: UInt32, firstSequence: UInt16, firstTimestamp: UInt32, firstRetransmission: UInt16 = 0
    ) {
        self.sources = sources
        self.clockRate = max(1, clockRate)
        highest = 0x1_0000 + Int64(firstSequence) - 1
        lastTimestamp = firstTimestamp
        retransmissionSequence = firstRetransmission
    }

    // MARK: Packets

    /// Rewrites a packet in place for this stream; false when it must not be sent, because it is older than its source's first one here.
    public mutating func rewrite(_ packet: RTPPacket, payloadType: UInt8, now: MonotonicTime) -> Bool {
        if source?.continues(with: packet) != true { change(to: packet, now) }
        guard let extended = source?.unwrapper.unwrap(packet.sequence), let source, extended >= source.first else { return false }
        let outgoing = extended + source.sequenceShift
        let timestamp = packet.timestamp &+ source.timestampShift
        packet.sequence = UInt16(truncatingIfNeeded: outgoing)
        packet.timestamp = timestamp
        packet.ssrc = sources.main
        packet.payloadType = payloadType
        count(packet)
        if outgoing > highest {
            highest = outgoing
            lastTimestamp = timestamp
            lastSent = now
        }
        return true
    }

    /// The next source goes on one number after the last packet, and at the time that has passed since it.
    private mutating func change(to packet: RTPPacket, _ now: MonotonicTime) {
        var unwrapper = SequenceUnwrapper()
        let first = unwrapper.unwrap(packet.sequence)
        let timestamp = lastSent == nil ? lastTimestamp : lastTimestamp &+ max(1, clockSince(lastSent, now))
        source = Source(
            ssrc: packet.ssrc, first: first, sequenceShift: highest + 1 - first, timestampShift: timestamp &- packet.timestamp,
            unwrapper: unwrapper)
    }

    private mutating func count(_ packet: RTPPacket) {
        packetCount &+= 1
        octetCount &+= UInt32(truncatingIfNeeded: packet.payloadEnd - packet.payloadOffset)
    }

    private func clockSince(_ time: MonotonicTime?, _ now: MonotonicTime) -> UInt32 {
        guard let time else { return 0 }
        // A day is more than any call's silence, and keeps the product within its bits.
        let passed = min(max((now - time).microseconds, 0), 86_400_000_000)
        return UInt32(truncatingIfNeeded: passed * Int64(clockRate) / 1_000_000)
    }

    // MARK: Sending again

    /// Puts a packet that a receiver asks for again into the slot and gives its length: as a retransmission where the codec has a payload
    /// type for it, then with the time of this sending; else bit for bit as it was, because its SRTP nonce must not cover two texts.
    /// Nil when it is forgotten or was sent again less than `spacing` ago.
    public mutating func retransmit(
        _ sequence: UInt16, from cache: PacketCache, payloadTypes: PayloadMap, into slot: UnsafeMutableRawBufferPointer,
        now: MonotonicTime, spacing: MonotonicTime.Interval, absoluteSendTimeID: UInt8 = 0
    ) -> Int? {
        guard let length = cache.copy(sequence, into: slot, now: now, spacing: spacing),
            let packet = RTPPacket(slot, length: length)
        else { return nil }
        retransmittedCount &+= 1
        guard let ssrc = sources.retransmission, let payloadType = payloadTypes[packet.payloadType] else { return length }
        defer { retransmissionSequence &+= 1 }
        packet.setAbsoluteSendTime(absoluteSendTimeID, microseconds: now.microseconds)
        return Retransmission.wrap(slot, length: length, payloadType: payloadType, ssrc: ssrc, sequence: retransmissionSequence)
    }

    // MARK: Reports

    /// Writes the source's report as a report of this stream. The source's wall clock is kept, so that sound and pictures of one sender
    /// stay together; false when the report is of another source than the present one, or does not fit.
    public mutating func forward(_ report: SenderReport, into writer: inout RTCPWriter, now: MonotonicTime) -> Bool {
        guard let source, source.ssrc == report.ssrc else { return false }
        return write(report.ntpTime, report.rtpTimestamp &+ source.timestampShift, into: &writer, now)
    }

    /// Writes a report of our own, for a stream that we make ourselves.
    public mutating func report(ntpTime: UInt64, into writer: inout RTCPWriter, now: MonotonicTime) -> Bool {
        guard lastSent != nil else { return false }
        return write(ntpTime, lastTimestamp &+ clockSince(lastSent, now), into: &writer, now)
    }

    private mutating func write(_ ntpTime: UInt64, _ timestamp: UInt32, into writer: inout RTCPWriter, _ now: MonotonicTime)
        -> Bool
    {
        guard
            writer.senderReport(
                ssrc: sources.main, ntpTime: ntpTime, rtpTimestamp: timestamp, packetCount: packetCount, octetCount: octetCount)
        else { return false }
        reports[nextReport] = SentReport(compactNTP: UInt32(truncatingIfNeeded: ntpTime >> 16), at: now)
        nextReport = (nextReport + 1) % reports.count
        return true
    }

    /// The time to the receiver and back, from its report about this stream; nil when it answers none of the last four reports.
    public func roundTrip(_ block: ReportBlock, now: MonotonicTime) -> MonotonicTime.Interval? {
        guard block.ssrc == sources.main, block.lastSenderReport != 0 else { return nil }
        for index in reports.indices where reports[index].compactNTP == block.lastSenderReport {
            guard let at = reports[index].at else { continue }
            let kept = Int64(block.delaySinceLastSenderReport) * 1_000_000 / 65_536
            return .microseconds(max(0, (now - at).microseconds - kept))
        }
        return nil
    }
}
