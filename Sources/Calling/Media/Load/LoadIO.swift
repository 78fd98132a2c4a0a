internal import CMediaShims

/// Buffers of the load generator's thread: one batch in, one batch out, flushed per device because each has its own socket.
final class LoadIO {
    let incoming: UnsafeMutablePointer<JMDatagram>
    private let outgoing: UnsafeMutablePointer<JMDatagram>
    private let slab: UnsafeMutableRawPointer
    private let batch: OpaquePointer?
    private var count = 0
    private var taken = 0
    private static let slots = 128

    init() {
        incoming = .allocate(capacity: MediaLimits.receiveBatch)
        outgoing = .allocate(capacity: Self.slots)
        slab = .allocate(byteCount: (MediaLimits.receiveBatch + Self.slots) * MediaLimits.slotBytes, alignment: 64)
        batch = JMBatchMake(UInt32(Self.slots))
        incoming.initialize(repeating: JMDatagram(), count: MediaLimits.receiveBatch)
        for index in 0..<MediaLimits.receiveBatch {
            incoming[index].bytes = (slab + (Self.slots + index) * MediaLimits.slotBytes).assumingMemoryBound(to: UInt8.self)
        }
    }

    deinit {
        incoming.deallocate()
        outgoing.deallocate()
        slab.deallocate()
        JMBatchFree(batch)
    }

    func receive(_ socket: Int32) -> Int {
        max(0, Int(JMReceive(batch, socket, incoming, UInt32(MediaLimits.receiveBatch), UInt32(MediaLimits.slotBytes))))
    }

    /// A slot until the next flush; after too many the oldest are overwritten, which a device's few packets never reach.
    func takeSlot() -> UnsafeMutableRawBufferPointer {
        defer { taken = (taken + 1) % Self.slots }
        return UnsafeMutableRawBufferPointer(start: slab + taken * MediaLimits.slotBytes, count: MediaLimits.slotBytes)
    }

    func append(_ slot: UnsafeMutableRawBufferPointer, length: Int, to address: JMDatagram) {
        guard count < Self.slots, let base = slot.baseAddress else { return }
        outgoing[count] = address
        outgoing[count].bytes = base.assumingMemoryBound(to: UInt8.self)
        outgoing[count].length = UInt32(truncatingIfNeeded: length)
        count += 1
    }

    func flush(_ socket: Int32) {
        if count > 0 { _ = JMSend(batch, socket, outgoing, UInt32(count), 1) }
        count = 0
        taken = 0
    }
}
