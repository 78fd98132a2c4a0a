/// Writes a compound of RTCP packets into a slot. What does not fit is not written at all, and the method says false.
public struct RTCPWriter {
    private let base: UnsafeMutableRawPointer?
    private let capacity: Int
    /// Where the packet that may still grow begins.
    private var open = 0
    /// How many bytes are written; always whole packets.
    public private(set) var length = 0

    /// Writes at most `RTCLimits.rtcpBytes` into the slot.
    public init(_ slot: UnsafeMutableRawBufferPointer) {
        base = slot.baseAddress
        capacity = min(slot.count, RTCLimits.rtcpBytes) & ~3
    }

    /// Nothing is written yet.
    public var isEmpty: Bool { length == 0 }
    /// How many bytes still fit.
    public var room: Int { capacity - length }

    // MARK: Reports

    /// A sender report; its blocks follow by `append(_ block:)`.
    @discardableResult
    public mutating func senderReport(
        ssrc: UInt32, ntpTime: UInt64, rtpTimestamp: UInt32, packetCount: UInt32, octetCount: UInt32
    ) -> Bool {
        guard let at = begin(RTCPPacket.Kind.senderReport, count: 0, length: 28) else { return false }
        at.store32(ssrc, 4)
        at.store64(ntpTime, 8)
        at.store32(rtpTimestamp, 16)
        at.store32(packetCount, 20)
        at.store32(octetCount, 24)
        return true
    }

    /// A receiver report; its blocks follow by `append(_ block:)`.
    @discardableResult
    public mutating func receiverReport(ssrc: UInt32) -> Bool {
        guard let at = begin(RTCPPacket.Kind.receiverReport, count: 0, length: 8) else { return false }
        at.store32(ssrc, 4)
        return true
    }

    /// One more block of the report that was begun last; false when the report is full at 31.
    @discardableResult
    public mutating func append(_ block: ReportBlock) -> Bool {
        guard isOpen(RTCPPacket.Kind.senderReport) || isOpen(RTCPPacket.Kind.receiverReport) else { return false }
        guard openCount < 31, let at = grow(by: ReportBlock.length) else { return false }
        block.write(at, 0)
        openCount += 1
        return true
    }

    /// The CNAME of a source; at most 255 bytes of it.
    @discardableResult
    public mutating func cname(_ name: [UInt8], of ssrc: UInt32) -> Bool {
        let count = min(name.count, 255)
        // Source, type, length, text, then at least one zero up to a whole word.
        let total = (4 + 4 + 2 + count + 4) & ~3
        guard let at = begin(RTCPPacket.Kind.sourceDescription, count: 1, length: total) else { return false }
        at.store32(ssrc, 4)
        at.store8(SourceDescription.Item.cname, 8)
        at.store8(UInt8(count), 9)
        name.withUnsafeBytes { text in
            UnsafeMutableRawBufferPointer(start: at + 10, count: total - 10).initializeMemory(as: UInt8.self, repeating: 0)
            UnsafeMutableRawBufferPointer(start: at + 10, count: count).copyMemory(
                from: UnsafeRawBufferPointer(rebasing: text[..<count]))
        }
        return true
    }

    /// A source leaves.
    @discardableResult
    public mutating func goodbye(_ ssrc: UInt32) -> Bool {
        guard let at = begin(RTCPPacket.Kind.goodbye, count: 1, length: 8) else { return false }
        at.store32(ssrc, 4)
        return true
    }

    // MARK: Feedback

    /// A missing packet. Ascending numbers of one source that lie near each other share a packet and a mask.
    @discardableResult
    public mutating func nack(_ sequence: UInt16, sender: UInt32, media: UInt32) -> Bool {
        if let base, isOpen(RTCPPacket.Kind.transportLayerFeedback, RTCPPacket.Format.nack), (base + open).load32(8) == media {
            let last = base + length - 4
            let distance = sequence.distance(from: last.load16(0))
            if (1...16).contains(distance) {
                last.store16(last.load16(2) | 1 << UInt16(distance - 1), 2)
                return true
            }
            guard let at = grow(by: 4) else { return false }
            at.store32(UInt32(sequence) << 16, 0)
            return true
        }
        guard let at = beginFeedback(.nack, sender: sender, media: media, length: 16) else { return false }
        at.store32(UInt32(sequence) << 16, 12)
        return true
    }

    /// A wish for a key frame.
    @discardableResult
    public mutating func pictureLoss(sender: UInt32, media: UInt32) -> Bool {
        beginFeedback(.pictureLoss, sender: sender, media: media, length: 12) != nil
    }

    /// A counted wish for a key frame.
    @discardableResult
    public mutating func fullIntraRequest(sender: UInt32, media: UInt32, number: UInt8) -> Bool {
        guard let at = beginFeedback(.fullIntraRequest, sender: sender, media: 0, length: 20) else { return false }
        at.store32(media, 12)
        at.store32(UInt32(number) << 24, 16)
        return true
    }

    /// The bit rate that the receiver can take from these sources together, rounded down to 18 bits of mantissa.
    @discardableResult
    public mutating func bitrateEstimate(sender: UInt32, bitsPerSecond: UInt64, source: UInt32) -> Bool {
        guard let at = beginFeedback(.bitrateEstimate, sender: sender, media: 0, length: 24) else { return false }
        let exponent = max(0, 46 - bitsPerSecond.leadingZeroBitCount)
        let mantissa = UInt32(truncatingIfNeeded: bitsPerSecond >> UInt64(exponent))
        at.store32(BitrateEstimate.identifier, 12)
        at.store32(1 << 24 | UInt32(exponent) << 18 | mantissa, 16)
        at.store32(source, 20)
        return true
    }

    // MARK: The pieces

    struct FeedbackKind {
        let type: UInt8
        let format: UInt8
        static let nack = FeedbackKind(type: RTCPPacket.Kind.transportLayerFeedback, format: RTCPPacket.Format.nack)
        static let transport = FeedbackKind(
            type: RTCPPacket.Kind.transportLayerFeedback, format: RTCPPacket.Format.transportFeedback)
        static let pictureLoss = FeedbackKind(type: RTCPPacket.Kind.payloadFeedback, format: RTCPPacket.Format.pictureLoss)
        static let fullIntraRequest = FeedbackKind(
            type: RTCPPacket.Kind.payloadFeedback, format: RTCPPacket.Format.fullIntraRequest)
        static let bitrateEstimate = FeedbackKind(type: RTCPPacket.Kind.payloadFeedback, format: RTCPPacket.Format.application)
    }

    mutating func beginFeedback(_ kind: FeedbackKind, sender: UInt32, media: UInt32, length: Int) -> UnsafeMutableRawPointer? {
        guard let at = begin(kind.type, count: kind.format, length: length) else { return nil }
        at.store32(sender, 4)
        at.store32(media, 8)
        return at
    }

    /// Begins a packet of whole words; what follows the header is the caller's to fill.
    private mutating func begin(_ type: UInt8, count: UInt8, length: Int) -> UnsafeMutableRawPointer? {
        guard let base, length <= room else { return nil }
        open = self.length
        self.length += length
        let at = base + open
        at.store8(0x80 | count, 0)
        at.store8(type, 1)
        at.store16(UInt16(length / 4 - 1), 2)
        return at
    }

    /// Makes the open packet longer by whole words.
    mutating func grow(by count: Int) -> UnsafeMutableRawPointer? {
        guard let base, length > 0, count <= room else { return nil }
        let at = base + length
        length += count
        (base + open).store16(UInt16((length - open) / 4 - 1), 2)
        return at
    }

    private func isOpen(_ type: UInt8, _ format: UInt8? = nil) -> Bool {
        guard let base, length > 0, (base + open).load8(1) == type else { return false }
        return format.map { $0 == openCount } ?? true
    }

    private var openCount: UInt8 {
        get { base.map { ($0 + open).load8(0) & 0x1F } ?? 0 }
        set { base.map { ($0 + open).store8(0x80 | newValue & 0x1F, 0) } }
    }
}
