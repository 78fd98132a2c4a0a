/// The retransmission format (RFC 4588): the original packet with two bytes of its sequence number before the payload.
public enum Retransmission {
    /// Wraps the packet in the slot; nil when it is not one or has no room to grow. Padding is left out.
    public static func wrap(
        _ slot: UnsafeMutableRawBufferPointer, length: Int, payloadType: UInt8, ssrc: UInt32, sequence: UInt16
    ) -> Int? {
        guard let packet = RTPPacket(slot, length: length), packet.payloadEnd + 2 <= slot.count else { return nil }
        let base = packet.base
        let count = packet.payloadEnd - packet.payloadOffset
        (base + packet.payloadOffset + 2).copyMemory(from: base + packet.payloadOffset, byteCount: count)
        base.store16(packet.sequence, packet.payloadOffset)
        packet.payloadType = payloadType
        packet.ssrc = ssrc
        packet.sequence = sequence
        base.store8(base.load8(0) & ~0x20, 0)
        return packet.payloadEnd + 2
    }

    /// Restores the original packet in the slot; nil when it carries none, as padding to probe the path does.
    public static func unwrap(
        _ slot: UnsafeMutableRawBufferPointer, length: Int, payloadType: UInt8, ssrc: UInt32
    ) -> Int? {
        guard let packet = RTPPacket(slot, length: length), packet.payloadEnd - packet.payloadOffset > 2 else { return nil }
        let base = packet.base
        packet.sequence = base.load16(packet.payloadOffset)
        packet.payloadType = payloadType
        packet.ssrc = ssrc
        let count = packet.payloadEnd - packet.payloadOffset - 2
        (base + packet.payloadOffset).copyMemory(from: base + packet.payloadOffset + 2, byteCount: count)
        base.store8(base.load8(0) & ~0x20, 0)
        return packet.payloadOffset + count
    }
}
