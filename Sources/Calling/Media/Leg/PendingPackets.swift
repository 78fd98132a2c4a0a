/// Packets of one leg that wait for the flush, in storage taken when the leg was opened.
struct PendingPackets: ~Copyable {
    struct Packet {
        var bytes: UnsafeMutableRawPointer
        var length: Int
        var isVideo: Bool
    }

    private static let capacity = 96
    /// A restored packet begins two bytes later in its slot.
    static let slotRoom = MediaLimits.slotBytes - 2
    /// Encoders split a frame into parts that differ by a byte or two; up to so many bytes are evened out by padding.
    private static let evenedBytes = 8

    private let packets = UnsafeMutablePointer<Packet>.allocate(capacity: PendingPackets.capacity)
    private(set) var count = 0

    deinit { packets.deallocate() }

    var isFull: Bool { count == Self.capacity }
    var isEmpty: Bool { count == 0 }
    subscript(_ index: Int) -> Packet { packets[index] }

    @inline(__always)
    mutating func append(_ slot: UnsafeMutableRawBufferPointer, length: Int, isVideo: Bool) {
        guard count < Self.capacity, let base = slot.baseAddress else { return }
        packets[count] = Packet(bytes: base, length: length, isVideo: isVideo)
        count += 1
    }

    mutating func removeAll() { count = 0 }

    /// Makes neighbours of nearly one size equal by RTP padding (RFC 3550 section 5.1), so that they leave as one segmented send.
    func padForBursts() {
        var first = 0
        while first < count {
            var shortest = packets[first].length
            var longest = shortest
            var end = first + 1
            while end < count, packets[end].isVideo, packets[first].isVideo {
                let length = packets[end].length
                guard max(longest, length) - min(shortest, length) <= Self.evenedBytes else { break }
                shortest = min(shortest, length)
                longest = max(longest, length)
                end += 1
            }
            if longest > shortest {
                for index in first..<end where packets[index].length < longest { pad(index, to: longest) }
            }
            first = end
        }
    }

    private func pad(_ index: Int, to length: Int) {
        let bytes = packets[index].bytes.assumingMemoryBound(to: UInt8.self)
        // A packet that is padded already keeps its size.
        guard bytes[0] & 0x20 == 0, length <= Self.slotRoom else { return }
        let padding = length - packets[index].length
        for offset in packets[index].length..<(length - 1) { bytes[offset] = 0 }
        bytes[length - 1] = UInt8(truncatingIfNeeded: padding)
        bytes[0] |= 0x20
        packets[index].length = length
    }
}
