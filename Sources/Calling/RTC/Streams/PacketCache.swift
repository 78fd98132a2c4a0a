/// Remembers the packets sent last, so that they can be sent again: a ring of bytes, and an index by outgoing sequence number.
///
/// All memory is taken at the beginning; the system hands out its pages only as they are used. It belongs to one worker.
public final class PacketCache {
    private struct Entry {
        /// Where the packet begins, counted over the whole life of the ring.
        var position = Int.min
        var length: UInt16 = 0
        var sequence: UInt16 = 0
        /// When it was last sent again, in milliseconds.
        var resentAt: Int64?
    }

    private let ring: UnsafeMutableRawBufferPointer
    private let entries: UnsafeMutableBufferPointer<Entry>
    private var head = 0

    /// A cache; the number of packets is rounded up to a power of two.
    public init(packets: Int, bytes: Int) {
        let capacity = max(bytes, RTCLimits.datagramBytes)
        var slots = 1
        while slots < packets { slots *= 2 }
        ring = .allocate(byteCount: capacity, alignment: 16)
        entries = .allocate(capacity: slots)
        entries.initialize(repeating: Entry())
    }

    /// A cache of the usual size for video.
    public convenience init() {
        self.init(packets: RTCLimits.cachedPackets, bytes: RTCLimits.cachedBytes)
    }

    deinit {
        ring.deallocate()
        entries.deallocate()
    }

    /// Remembers a packet as it goes out, before encryption.
    public func store(_ packet: RTPPacket) {
        let bytes = packet.bytes
        guard bytes.count <= RTCLimits.datagramBytes, let source = bytes.baseAddress, let target = ring.baseAddress else {
            return
        }
        let rest = ring.count - head % ring.count
        if bytes.count > rest { head += rest }
        (target + head % ring.count).copyMemory(from: source, byteCount: bytes.count)
        entries[index(packet.sequence)] = Entry(position: head, length: UInt16(bytes.count), sequence: packet.sequence)
        head += bytes.count
    }

    /// Copies a packet into the slot to be sent again and gives its length; nil when it is forgotten, or was sent again less than
    /// `spacing` ago.
    public func copy(
        _ sequence: UInt16, into slot: UnsafeMutableRawBufferPointer, now: MonotonicTime, spacing: MonotonicTime.Interval
    ) -> Int? {
        let index = index(sequence)
        let entry = entries[index]
        // Whatever lies further back than the ring is long has been written over.
        guard entry.sequence == sequence, entry.position >= max(0, head - ring.count), Int(entry.length) <= slot.count,
            let source = ring.baseAddress, let target = slot.baseAddress
        else { return nil }
        let milliseconds = now.microseconds / 1000
        if let resentAt = entry.resentAt, milliseconds &- resentAt < spacing.milliseconds { return nil }
        entries[index].resentAt = milliseconds
        target.copyMemory(from: source + entry.position % ring.count, byteCount: Int(entry.length))
        return Int(entry.length)
    }

    /// Forgets everything.
    public func removeAll() {
        entries.update(repeating: Entry())
    }

    private func index(_ sequence: UInt16) -> Int { Int(sequence) & (entries.count - 1) }
}
