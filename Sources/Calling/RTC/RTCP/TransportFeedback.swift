/// When each packet of a leg arrived (draft-holmer-rmcat-transport-wide-cc-extensions-01): iterate the statuses.
///
/// The chunks and the deltas are walked when it is made, so that iterating never runs out of bytes.
public struct TransportFeedback: Sequence {
    /// One packet's fate.
    public struct Status: Equatable, Sendable {
        /// Its transport-wide sequence number.
        public let sequence: UInt16
        /// When it arrived, in steps of 250 µs on the reporter's clock; nil when it did not.
        public let arrival: Int64?
    }

    /// Who reports.
    public let sender: UInt32
    /// Of which source; of no meaning, as it is about the whole leg.
    public let media: UInt32
    /// The first sequence number.
    public let baseSequence: UInt16
    /// How many statuses follow.
    public let statusCount: Int
    /// The reporter's clock at the first delta, in steps of 64 ms, signed 24 bits.
    public let referenceTime: Int32
    /// Counts the feedback packets.
    public let feedbackCount: UInt8
    private let base: UnsafeRawPointer
    private let deltaOffset: Int
    private let end: Int

    static let headerLength = 20
    /// Steps of 250 µs in one step of the reference time.
    static let ticksPerReference: Int64 = 256

    init?(_ body: RTCPBody) {
        guard body.length >= Self.headerLength + 2 else { return nil }
        sender = body.base.load32(4)
        media = body.base.load32(8)
        baseSequence = body.base.load16(12)
        statusCount = Int(body.base.load16(14))
        referenceTime = Int32(bitPattern: body.base.load24(16) << 8) >> 8
        feedbackCount = body.base.load8(19)
        base = body.base
        end = body.length
        guard statusCount > 0, statusCount <= RTCLimits.transportFeedbackStatuses else { return nil }

        // Where the chunks end is where the deltas begin; then every delta must be there.
        var chunks = Chunks(base: base, offset: Self.headerLength, end: end)
        var deltaBytes = 0
        for _ in 0..<statusCount {
            guard let symbol = chunks.next(), symbol != .reserved else { return nil }
            deltaBytes += symbol.deltaLength
        }
        guard chunks.offset + deltaBytes <= end else { return nil }
        deltaOffset = chunks.offset
    }

    /// Walks the statuses.
    public func makeIterator() -> Iterator {
        Iterator(
            chunks: Chunks(base: base, offset: Self.headerLength, end: end), deltaOffset: deltaOffset, left: statusCount,
            sequence: baseSequence, time: Int64(referenceTime) * Self.ticksPerReference)
    }

    /// What two bits of a chunk say.
    enum Symbol: UInt8 {
        case missing = 0
        case small = 1
        case large = 2
        case reserved = 3

        /// How many bytes its delta takes.
        var deltaLength: Int { self == .reserved ? 0 : Int(rawValue) }
    }

    /// Walks the symbols of run-length and status vector chunks.
    struct Chunks {
        let base: UnsafeRawPointer
        var offset: Int
        let end: Int
        private var left = 0
        private var run: Symbol?
        private var vector: UInt16 = 0
        private var width: UInt16 = 1

        init(base: UnsafeRawPointer, offset: Int, end: Int) {
            self.base = base
            self.offset = offset
            self.end = end
        }

        mutating func next() -> Symbol? {
            while left == 0 {
                guard offset + 2 <= end else { return nil }
                let chunk = base.load16(offset)
                offset += 2
                open(chunk)
            }
            left -= 1
            if let run { return run }
            // The next symbol is at the top of the vector.
            let symbol = UInt8(truncatingIfNeeded: vector >> (16 - width))
            vector <<= width
            return Symbol(rawValue: symbol)
        }

        private mutating func open(_ chunk: UInt16) {
            if chunk & 0x8000 == 0 {
                run = Symbol(rawValue: UInt8(chunk >> 13))
                left = Int(chunk & 0x1FFF)
            } else {
                run = nil
                width = chunk & 0x4000 == 0 ? 1 : 2
                left = chunk & 0x4000 == 0 ? 14 : 7
                vector = chunk << 2
            }
        }
    }

    /// Yields one status after the other.
    public struct Iterator: IteratorProtocol {
        fileprivate var chunks: Chunks
        fileprivate var deltaOffset: Int
        fileprivate var left: Int
        fileprivate var sequence: UInt16
        fileprivate var time: Int64

        /// The next status.
        public mutating func next() -> Status? {
            guard left > 0, let symbol = chunks.next() else { return nil }
            defer {
                left -= 1
                sequence = sequence &+ 1
                deltaOffset += symbol.deltaLength
            }
            switch symbol {
            case .small: time += Int64(chunks.base.load8(deltaOffset))
            case .large: time += Int64(Int16(bitPattern: chunks.base.load16(deltaOffset)))
            case .missing, .reserved: return Status(sequence: sequence, arrival: nil)
            }
            return Status(sequence: sequence, arrival: time)
        }
    }
}
