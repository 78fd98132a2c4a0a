/// One block of a sender or receiver report: how one source is received.
public struct ReportBlock: Equatable, Sendable {
    static let length = 24

    /// The source that it is about.
    public var ssrc: UInt32
    /// The part lost since the last report, in 256ths.
    public var fractionLost: UInt8
    /// All that were lost so far, less duplicates: 24 bits, may be negative.
    public var cumulativeLost: Int32
    /// The highest sequence number with its cycles above it.
    public var highestSequence: UInt32
    /// The interarrival jitter in the codec's clock.
    public var jitter: UInt32
    /// The middle 32 bits of the last sender report's NTP time; zero when there was none.
    public var lastSenderReport: UInt32
    /// The time from that report's arrival to this block, in 65,536ths of a second.
    public var delaySinceLastSenderReport: UInt32

    /// A block with all its values.
    public init(
        ssrc: UInt32, fractionLost: UInt8, cumulativeLost: Int32, highestSequence: UInt32, jitter: UInt32,
        lastSenderReport: UInt32, delaySinceLastSenderReport: UInt32
    ) {
        self.ssrc = ssrc
        self.fractionLost = fractionLost
        self.cumulativeLost = cumulativeLost
        self.highestSequence = highestSequence
        self.jitter = jitter
        self.lastSenderReport = lastSenderReport
        self.delaySinceLastSenderReport = delaySinceLastSenderReport
    }

    /// Reads the 24 bytes at an offset that the caller has checked.
    init(_ base: UnsafeRawPointer, _ at: Int) {
        ssrc = base.load32(at)
        fractionLost = base.load8(at + 4)
        cumulativeLost = Int32(bitPattern: base.load24(at + 5) << 8) >> 8
        highestSequence = base.load32(at + 8)
        jitter = base.load32(at + 12)
        lastSenderReport = base.load32(at + 16)
        delaySinceLastSenderReport = base.load32(at + 20)
    }

    func write(_ base: UnsafeMutableRawPointer, _ at: Int) {
        base.store32(ssrc, at)
        base.store8(fractionLost, at + 4)
        base.store24(UInt32(bitPattern: min(max(cumulativeLost, -0x80_0000), 0x7F_FFFF)) & 0xFF_FFFF, at + 5)
        base.store32(highestSequence, at + 8)
        base.store32(jitter, at + 12)
        base.store32(lastSenderReport, at + 16)
        base.store32(delaySinceLastSenderReport, at + 20)
    }
}

/// The blocks of a report.
public struct ReportBlocks: Sequence, IteratorProtocol {
    private let base: UnsafeRawPointer
    private var offset: Int
    private let end: Int

    init?(_ body: RTCPBody, at offset: Int) {
        let end = offset + body.count * ReportBlock.length
        guard end <= body.length else { return nil }
        base = body.base
        self.offset = offset
        self.end = end
    }

    /// The next block.
    public mutating func next() -> ReportBlock? {
        guard offset < end else { return nil }
        defer { offset += ReportBlock.length }
        return ReportBlock(base, offset)
    }
}

/// A sender report (RFC 3550 section 6.4.1).
public struct SenderReport {
    /// The sender's source.
    public let ssrc: UInt32
    /// The sender's wall clock as NTP: seconds since 1900 and 2^-32 parts.
    public let ntpTime: UInt64
    /// The same instant in the source's RTP timeline.
    public let rtpTimestamp: UInt32
    /// Packets sent so far.
    public let packetCount: UInt32
    /// Payload bytes sent so far.
    public let octetCount: UInt32
    /// How the sender receives others.
    public let blocks: ReportBlocks

    init?(_ body: RTCPBody) {
        guard body.length >= 28, let blocks = ReportBlocks(body, at: 28) else { return nil }
        ssrc = body.base.load32(4)
        ntpTime = body.base.load64(8)
        rtpTimestamp = body.base.load32(16)
        packetCount = body.base.load32(20)
        octetCount = body.base.load32(24)
        self.blocks = blocks
    }

    /// The middle 32 bits of the NTP time, as receivers return them.
    public var compactNTP: UInt32 { UInt32(truncatingIfNeeded: ntpTime >> 16) }
}

/// A receiver report (RFC 3550 section 6.4.2).
public struct ReceiverReport {
    /// The reporter's source.
    public let ssrc: UInt32
    /// How it receives others.
    public let blocks: ReportBlocks

    init?(_ body: RTCPBody) {
        guard body.length >= 8, let blocks = ReportBlocks(body, at: 8) else { return nil }
        ssrc = body.base.load32(4)
        self.blocks = blocks
    }
}

/// A list of 32-bit words, such as sources.
public struct RTCPWords: Sequence, IteratorProtocol {
    private let base: UnsafeRawPointer
    private var offset: Int
    private let end: Int

    init?(_ body: RTCPBody, at offset: Int, count: Int) {
        guard offset + 4 * count <= body.length else { return nil }
        base = body.base
        self.offset = offset
        end = offset + 4 * count
    }

    /// The next word.
    public mutating func next() -> UInt32? {
        guard offset < end else { return nil }
        defer { offset += 4 }
        return base.load32(offset)
    }
}

/// Sources that leave (RFC 3550 section 6.6); the reason's text is not read.
public struct Goodbye {
    /// Who leaves.
    public let sources: RTCPWords

    init?(_ body: RTCPBody) {
        guard let sources = RTCPWords(body, at: 4, count: body.count) else { return nil }
        self.sources = sources
    }
}

/// Who sources are (RFC 3550 section 6.5): walks every item of every chunk.
public struct SourceDescription: Sequence, IteratorProtocol {
    /// One item of a source.
    public struct Item {
        /// CNAME: which sources belong to one sender and one clock.
        public static let cname: UInt8 = 1

        /// The source.
        public let ssrc: UInt32
        /// The item's type.
        public let type: UInt8
        /// Its text, in UTF-8 if the sender is honest.
        public let text: UnsafeRawBufferPointer
    }

    private let base: UnsafeRawPointer
    private let end: Int
    private var offset = 4
    private var chunksLeft: Int
    private var ssrc: UInt32?

    init(_ body: RTCPBody) {
        base = body.base
        end = body.length
        chunksLeft = body.count
    }

    /// The next item; nil at the end or where it is malformed.
    public mutating func next() -> Item? {
        while true {
            if ssrc == nil, !beginChunk() { return nil }
            guard let ssrc, offset < end else { return nil }
            let type = base.load8(offset)
            if type == 0 {
                // A chunk ends with one to four zeros, at a whole word.
                offset = (offset + 4) & ~3
                self.ssrc = nil
                continue
            }
            guard offset + 2 <= end else { return nil }
            let length = Int(base.load8(offset + 1))
            guard offset + 2 + length <= end else { return nil }
            defer { offset += 2 + length }
            return Item(ssrc: ssrc, type: type, text: UnsafeRawBufferPointer(start: base + offset + 2, count: length))
        }
    }

    private mutating func beginChunk() -> Bool {
        guard chunksLeft > 0, offset + 4 <= end else { return false }
        chunksLeft -= 1
        ssrc = base.load32(offset)
        offset += 4
        return true
    }
}
