/// Packets to send again (RFC 4585 section 6.2.1): iterate the sequence numbers.
public struct NACK: Sequence, IteratorProtocol {
    /// Who asks.
    public let sender: UInt32
    /// Whose packets are missing.
    public let media: UInt32
    private let base: UnsafeRawPointer
    private var offset = 12
    private let end: Int
    private var sequence: UInt16 = 0
    private var mask: UInt16 = 0

    init?(_ body: RTCPBody) {
        guard body.length >= 16 else { return nil }
        sender = body.base.load32(4)
        media = body.base.load32(8)
        base = body.base
        end = body.length
    }

    /// The next missing sequence number.
    public mutating func next() -> UInt16? {
        if mask != 0 {
            let skipped = mask.trailingZeroBitCount
            mask >>= UInt16(skipped)
            // The mask's lowest bit stands for the number after `sequence`; what was skipped is behind us now.
            sequence = sequence &+ UInt16(skipped)
            defer {
                mask >>= 1
                sequence = sequence &+ 1
            }
            return sequence &+ 1
        }
        guard offset + 4 <= end else { return nil }
        sequence = base.load16(offset)
        mask = base.load16(offset + 2)
        offset += 4
        return sequence
    }
}

/// A key frame, please (RFC 4585 section 6.3.1).
public struct PictureLoss {
    /// Who asks.
    public let sender: UInt32
    /// Of which source.
    public let media: UInt32

    init(_ body: RTCPBody) {
        sender = body.base.load32(4)
        media = body.base.load32(8)
    }
}

/// A key frame, please, with a number that tells a repeat from a new wish (RFC 5104 section 4.3.1).
public struct FullIntraRequest: Sequence, IteratorProtocol {
    /// One wish.
    public struct Entry: Equatable, Sendable {
        /// Of which source.
        public let media: UInt32
        /// Counts the wishes.
        public let number: UInt8
    }

    /// Who asks.
    public let sender: UInt32
    private let base: UnsafeRawPointer
    private var offset = 12
    private let end: Int

    init?(_ body: RTCPBody) {
        guard body.length >= 20 else { return nil }
        sender = body.base.load32(4)
        base = body.base
        end = body.length
    }

    /// The next wish.
    public mutating func next() -> Entry? {
        guard offset + 8 <= end else { return nil }
        defer { offset += 8 }
        return Entry(media: base.load32(offset), number: base.load8(offset + 4))
    }
}

/// The receiver's estimated maximum bit rate (draft-alvestrand-rmcat-remb).
public struct BitrateEstimate {
    static let identifier: UInt32 = 0x5245_4D42  // "REMB"

    /// Who estimates.
    public let sender: UInt32
    /// Bits per second; saturates.
    public let bitsPerSecond: UInt64
    /// The sources that share it.
    public let sources: RTCPWords

    static func isOne(_ body: RTCPBody) -> Bool { body.length >= 20 && body.base.load32(12) == identifier }

    init?(_ body: RTCPBody) {
        let word = body.base.load32(16)
        guard let sources = RTCPWords(body, at: 20, count: Int(word >> 24)) else { return nil }
        sender = body.base.load32(4)
        let exponent = UInt64(word >> 18) & 0x3F
        let mantissa = UInt64(word & 0x3_FFFF)
        bitsPerSecond = exponent > UInt64(mantissa.leadingZeroBitCount) ? .max : mantissa << exponent
        self.sources = sources
    }
}
