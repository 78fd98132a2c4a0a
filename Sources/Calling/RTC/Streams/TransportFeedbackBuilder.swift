/// Remembers when each packet of a leg arrived and reports it to the sender's congestion control
/// (draft-holmer-rmcat-transport-wide-cc-extensions-01). One per leg, over all its streams.
public struct TransportFeedbackBuilder: Sendable {
    private static let none: Int64 = -1
    private static let mask = Int64(RTCLimits.transportFeedbackWindow - 1)
    /// A packet that comes later than this many others is not reported any more.
    private static let reordering: Int64 = 100
    /// Microseconds in a delta's step.
    private static let tick: Int64 = 250

    /// Arrivals in steps of 250 µs, by sequence number.
    private var arrivals = [Int64](repeating: none, count: RTCLimits.transportFeedbackWindow)
    private var unwrapper = SequenceUnwrapper()
    /// The number after the last one that was too old: if it comes next, the sender has begun anew, as a reloaded page does.
    private var strange: UInt16?
    /// The first packet that is not yet reported.
    private var base: Int64 = 0
    private var feedbackCount: UInt8 = 0

    /// Nothing has arrived.
    public init() {}

    /// Something has arrived since the last report.
    public var hasNews: Bool { unwrapper.newest.map { base <= $0 } ?? false }

    /// A packet has arrived.
    public mutating func record(_ sequence: UInt16, at now: MonotonicTime) {
        let arrival = max(0, now.microseconds) / Self.tick
        guard let newest = unwrapper.newest, sequence != strange else { return begin(sequence, arrival) }
        let extended = unwrapper.unwrap(sequence)
        guard extended > newest - Self.reordering else {
            strange = sequence &+ 1
            return
        }
        strange = nil
        forget(after: newest, before: extended)
        // One that was reported as missing is reported again; one that came twice stays as it was.
        base = extended < base ? extended : max(base, extended - Self.mask)
        guard extended > newest || arrivals[Int(extended & Self.mask)] == Self.none else { return }
        arrivals[Int(extended & Self.mask)] = arrival
    }

    private mutating func begin(_ sequence: UInt16, _ arrival: Int64) {
        strange = nil
        unwrapper = SequenceUnwrapper()
        base = unwrapper.unwrap(sequence)
        for index in arrivals.indices { arrivals[index] = Self.none }
        arrivals[Int(base & Self.mask)] = arrival
    }

    private mutating func forget(after newest: Int64, before extended: Int64) {
        guard extended > newest + 1 else { return }
        for sequence in max(newest + 1, extended - Self.mask)..<extended { arrivals[Int(sequence & Self.mask)] = Self.none }
    }

    /// Writes one report; false when there is nothing to say or no room for it. While `hasNews`, another may follow.
    public mutating func write(into writer: inout RTCPWriter, sender: UInt32, media: UInt32) -> Bool {
        guard let newest = unwrapper.newest, base <= newest else { return false }
        // A status takes two bytes of delta and a seventh of two bytes of chunk, at most; up to three bytes of zeros end the packet.
        let room = (writer.room - TransportFeedback.headerLength - 5) * 7 / 16
        let count = min(newest - base + 1, Int64(min(room, RTCLimits.transportFeedbackStatusesMade)))
        guard count > 0, let first = firstArrival(upTo: newest) else { return false }
        let reference = first / TransportFeedback.ticksPerReference
        let size = encode(count, reference: reference, chunks: nil, deltas: nil)
        let length = (TransportFeedback.headerLength + 2 * size.chunks + size.deltaBytes + 3) & ~3
        guard let at = writer.beginFeedback(.transport, sender: sender, media: media, length: length) else { return false }
        at.store16(UInt16(truncatingIfNeeded: base), 12)
        at.store16(UInt16(truncatingIfNeeded: size.statuses), 14)
        at.store24(UInt32(truncatingIfNeeded: reference) & 0xFF_FFFF, 16)
        at.store8(feedbackCount, 19)
        at.store32(0, length - 4)
        let chunks = at + TransportFeedback.headerLength
        _ = encode(Int64(size.statuses), reference: reference, chunks: chunks, deltas: chunks + 2 * size.chunks)
        feedbackCount &+= 1
        base += Int64(size.statuses)
        return true
    }

    private func firstArrival(upTo newest: Int64) -> Int64? {
        for sequence in base...newest where arrivals[Int(sequence & Self.mask)] != Self.none {
            return arrivals[Int(sequence & Self.mask)]
        }
        return nil
    }

    /// Walks the statuses once: without memory it only measures, with memory it writes. A delta that two bytes cannot hold ends it early.
    private func encode(
        _ count: Int64, reference: Int64, chunks: UnsafeMutableRawPointer?, deltas: UnsafeMutableRawPointer?
    ) -> (statuses: Int, chunks: Int, deltaBytes: Int) {
        var encoder = StatusChunkEncoder(memory: chunks)
        var deltaBytes = 0
        var statuses = 0
        var last = reference * TransportFeedback.ticksPerReference
        for sequence in base..<base + count {
            let arrival = arrivals[Int(sequence & Self.mask)]
            if arrival == Self.none {
                encoder.append(.missing)
            } else {
                guard let delta = Int16(exactly: arrival - last) else { break }
                last = arrival
                let isSmall = (0...255).contains(delta)
                encoder.append(isSmall ? .small : .large)
                if isSmall {
                    deltas?.store8(UInt8(truncatingIfNeeded: delta), deltaBytes)
                } else {
                    deltas?.store16(UInt16(bitPattern: delta), deltaBytes)
                }
                deltaBytes += isSmall ? 1 : 2
            }
            statuses += 1
        }
        encoder.finish()
        return (statuses, encoder.count, deltaBytes)
    }
}

/// Packs statuses into run-length and status vector chunks, the widest that fits.
struct StatusChunkEncoder {
    private static let longestRun = 0x1FFF
    private static let oneBitVector = 14
    private static let twoBitVector = 7

    private let memory: UnsafeMutableRawPointer?
    /// How many chunks are finished.
    private(set) var count = 0
    /// The first 14 waiting symbols, two bits each, the first on top of 28 bits.
    private var symbols: UInt32 = 0
    private var waiting = 0
    private var first = TransportFeedback.Symbol.missing
    private var isRun = true
    private var hasLarge = false

    /// Writes into memory, or only counts.
    init(memory: UnsafeMutableRawPointer?) { self.memory = memory }

    mutating func append(_ symbol: TransportFeedback.Symbol) {
        if !fits(symbol) { emit() }
        push(symbol)
    }

    mutating func finish() {
        while waiting > 0 { emit(isLast: true) }
    }

    private func fits(_ symbol: TransportFeedback.Symbol) -> Bool {
        if waiting < Self.twoBitVector { return true }
        if waiting < Self.oneBitVector, !hasLarge, symbol != .large { return true }
        return isRun && symbol == first && waiting < Self.longestRun
    }

    private mutating func push(_ symbol: TransportFeedback.Symbol) {
        if waiting == 0 {
            first = symbol
            isRun = true
            hasLarge = false
            symbols = 0
        }
        if waiting < Self.oneBitVector { symbols |= UInt32(symbol.rawValue) << UInt32(26 - 2 * waiting) }
        isRun = isRun && symbol == first
        hasLarge = hasLarge || symbol == .large
        waiting += 1
    }

    private mutating func emit(isLast: Bool = false) {
        if isRun {
            write(UInt16(first.rawValue) << 13 | UInt16(waiting))
            waiting = 0
        } else if waiting == Self.oneBitVector || (isLast && waiting > Self.twoBitVector) {
            // Neither happens with a large delta among them: seven symbols were the most then.
            let bits = (0..<Self.oneBitVector).reduce(UInt16(0)) { $0 << 1 | UInt16(symbol(at: $1) & 1) }
            write(0x8000 | bits)
            waiting = 0
        } else {
            write(0xC000 | UInt16(truncatingIfNeeded: symbols >> 14))
            keepRest()
        }
    }

    /// After seven symbols of two bits have been written, what is left begins anew.
    private mutating func keepRest() {
        let rest = max(0, waiting - Self.twoBitVector)
        let left = symbols << 14
        waiting = 0
        for index in 0..<rest { push(TransportFeedback.Symbol(rawValue: UInt8(left >> UInt32(26 - 2 * index) & 3)) ?? .missing) }
    }

    private func symbol(at index: Int) -> UInt32 { symbols >> UInt32(26 - 2 * index) & 3 }

    private mutating func write(_ chunk: UInt16) {
        memory?.store16(chunk, 2 * count)
        count += 1
    }
}
