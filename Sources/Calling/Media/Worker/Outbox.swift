internal import CMediaShims

/// Datagrams waiting for the next flush, and the slots for those that the worker makes itself. All storage is taken at start.
///
/// Every datagram lies in a slot of its own, so the number of slots bounds the number of datagrams and appending cannot fail.
final class Outbox {
    private let slab: UnsafeMutableRawPointer
    private var takenSlots = 0
    private let ipv4: UnsafeMutablePointer<JMDatagram>
    private let ipv6: UnsafeMutablePointer<JMDatagram>
    private var countIPv4 = 0
    private var countIPv6 = 0
    private let batch: OpaquePointer?
    private let sockets: Sockets
    private static let capacity = MediaLimits.receiveBatch + MediaLimits.scratchSlots

    init(sockets: Sockets) {
        self.sockets = sockets
        slab = .allocate(byteCount: MediaLimits.scratchSlots * MediaLimits.slotBytes, alignment: 64)
        ipv4 = .allocate(capacity: Self.capacity)
        ipv6 = .allocate(capacity: Self.capacity)
        batch = JMBatchMake(UInt32(Self.capacity))
    }

    deinit {
        slab.deallocate()
        ipv4.deallocate()
        ipv6.deallocate()
        JMBatchFree(batch)
    }

    /// Whether no slot is left: flush first.
    var isFull: Bool { takenSlots == MediaLimits.scratchSlots }

    /// A slot for a datagram of the worker's own making, good until the next flush. Check ``isFull`` before.
    func takeSlot() -> UnsafeMutableRawBufferPointer {
        precondition(!isFull)
        takenSlots += 1
        return UnsafeMutableRawBufferPointer(
            start: slab + (takenSlots - 1) * MediaLimits.slotBytes, count: MediaLimits.slotBytes)
    }

    /// Adds a datagram that lies in a slot.
    @inline(__always)
    func append(_ bytes: UnsafeMutableRawPointer, length: Int, to address: JMDatagram) {
        var datagram = address
        datagram.bytes = bytes.assumingMemoryBound(to: UInt8.self)
        datagram.length = UInt32(truncatingIfNeeded: length)
        if address.family == 4 {
            precondition(countIPv4 < Self.capacity)
            ipv4[countIPv4] = datagram
            countIPv4 += 1
        } else {
            precondition(countIPv6 < Self.capacity)
            ipv6[countIPv6] = datagram
            countIPv6 += 1
        }
    }

    /// Sends everything; all slots are free again.
    func send(counting statistics: inout MediaStatistics) {
        if countIPv4 > 0, let socket = sockets.ipv4 { send(ipv4, countIPv4, socket, &statistics) }
        if countIPv6 > 0, let socket = sockets.ipv6 { send(ipv6, countIPv6, socket, &statistics) }
        countIPv4 = 0
        countIPv6 = 0
        takenSlots = 0
    }

    private func send(
        _ list: UnsafeMutablePointer<JMDatagram>, _ count: Int, _ socket: Int32, _ statistics: inout MediaStatistics
    ) {
        for index in 0..<count { statistics.sentBytes &+= UInt64(list[index].length) }
        let outcome = JMSend(batch, socket, list, UInt32(count), sockets.canSegment ? 1 : 0)
        statistics.sent &+= UInt64(outcome.sent)
        statistics.unsent &+= UInt64(outcome.dropped)
        statistics.systemCalls &+= UInt64(outcome.calls)
    }
}
