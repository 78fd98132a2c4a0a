/// Writes the header of a packet that we make ourselves (our own client, load, probes), with one-byte extension elements.
public struct RTPHeaderWriter {
    private let slot: UnsafeMutableRawBufferPointer
    private let base: UnsafeMutableRawPointer
    private var length = RTPPacket.fixedHeaderLength

    /// Writes the fixed header; nil when the slot has no room for it.
    public init?(
        _ slot: UnsafeMutableRawBufferPointer, payloadType: UInt8, marker: Bool, sequence: UInt16, timestamp: UInt32, ssrc: UInt32
    ) {
        guard slot.count >= RTPPacket.fixedHeaderLength, let base = slot.baseAddress else { return nil }
        self.slot = slot
        self.base = base
        base.store8(0x80, 0)
        base.store8(payloadType & 0x7F | (marker ? 0x80 : 0), 1)
        base.store16(sequence, 2)
        base.store32(timestamp, 4)
        base.store32(ssrc, 8)
    }

    /// Adds an element; false when the id or length does not fit one byte, or the slot is full.
    @discardableResult
    public mutating func append(_ id: UInt8, _ value: UnsafeRawBufferPointer) -> Bool {
        let isFirst = length == RTPPacket.fixedHeaderLength
        let start = isFirst ? length + 4 : length
        // Three bytes more for the padding to a whole word.
        guard (1...14).contains(id), (1...16).contains(value.count), start + 1 + value.count + 3 <= slot.count else {
            return false
        }
        if isFirst {
            base.store8(base.load8(0) | 0x10, 0)
            base.store16(0xBEDE, length)
        }
        base.store8(id << 4 | UInt8(value.count - 1), start)
        UnsafeMutableRawBufferPointer(rebasing: slot[(start + 1)...]).copyMemory(from: value)
        length = start + 1 + value.count
        return true
    }

    /// Adds an element of up to four bytes, the lowest `count` bytes of `value` in network order.
    @discardableResult
    public mutating func append(_ id: UInt8, _ value: UInt32, count: Int) -> Bool {
        guard (1...4).contains(count) else { return false }
        return withUnsafeBytes(of: value.bigEndian) { append(id, UnsafeRawBufferPointer(rebasing: $0[(4 - count)...])) }
    }

    /// Pads the extension to whole words and says where the payload begins.
    public mutating func finish() -> Int {
        let start = RTPPacket.fixedHeaderLength
        guard length > start else { return length }
        while length % 4 != 0 {
            base.store8(0, length)
            length += 1
        }
        base.store16(UInt16((length - start - 4) / 4), start + 2)
        return length
    }
}
