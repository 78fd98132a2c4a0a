/// What one synchronisation source has used of its keys.
struct SRTPStream {
    var ssrc: UInt32 = 0
    /// RTP indices: rollover counter and sequence number, 48 bits.
    var rtp = ReplayWindow()
    /// SRTCP indices, 31 bits.
    var rtcp = ReplayWindow()

    /// The index of a sequence number: that nearest to the highest seen (RFC 3711 section 3.3.1). Nil before the first rollover's start.
    func index(of sequence: UInt16) -> UInt64? {
        if rtp.isEmpty { return UInt64(sequence) }
        let distance = Int16(truncatingIfNeeded: Int32(sequence) &- Int32(UInt16(truncatingIfNeeded: rtp.highest)))
        let index = Int64(bitPattern: rtp.highest) &+ Int64(distance)
        return index < 0 || index >> 48 != 0 ? nil : UInt64(index)
    }
}

/// A bounded table of streams: room for all is taken at the start, looking up is a scan that begins where the last one ended.
struct SRTPStreamTable: ~Copyable {
    private let streams: UnsafeMutablePointer<SRTPStream>
    private var ssrcs: UnsafeMutablePointer<UInt32>
    private(set) var count = 0
    private var latest = 0

    init() {
        streams = .allocate(capacity: RTCLimits.srtpStreams)
        streams.initialize(repeating: SRTPStream(), count: RTCLimits.srtpStreams)
        ssrcs = .allocate(capacity: RTCLimits.srtpStreams)
        ssrcs.initialize(repeating: 0, count: RTCLimits.srtpStreams)
    }

    deinit {
        streams.deallocate()
        ssrcs.deallocate()
    }

    var isFull: Bool { count == RTCLimits.srtpStreams }

    /// The stream of a source that was committed before.
    mutating func find(_ ssrc: UInt32) -> UnsafeMutablePointer<SRTPStream>? {
        if latest < count, ssrcs[latest] == ssrc { return streams + latest }
        for index in 0..<count where ssrcs[index] == ssrc {
            latest = index
            return streams + index
        }
        return nil
    }

    /// The place of a source, new if need be; nil when the table is full.
    mutating func findOrAdd(_ ssrc: UInt32) -> UnsafeMutablePointer<SRTPStream>? {
        if let known = find(ssrc) { return known }
        guard !isFull else { return nil }
        latest = count
        ssrcs[count] = ssrc
        streams[count].ssrc = ssrc
        count += 1
        return streams + latest
    }
}
