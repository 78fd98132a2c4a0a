internal import Basics
internal import CMediaShims
internal import RTC

/// One thread that carries whole calls: it receives, forwards and sends packets, and wakes its legs at their deadlines.
///
/// It is confined to its thread; the outside reaches it through its ``Mailbox``. On the packet path there is no lock, no `await` and no
/// allocation: datagrams are received into a slab, decrypted, rewritten and encrypted in place there and sent from there, and
/// everything made besides lies in the ``Outbox``'s slots.
final class Worker {
    let mailbox: Mailbox<Worker>
    let sockets: Sockets
    let outbox: Outbox
    let emit: (MediaEvent) -> Void
    var statistics = MediaStatistics()
    var deadlines = DeadlineHeap(capacity: MediaLimits.legsPerWorker)
    var addresses = AddressTable(limit: MediaLimits.legsPerWorker * MediaLimits.addressesPerLeg)
    var strangers: StrangerLimiter
    var legs: [Leg?] = Array(repeating: nil, count: MediaLimits.legsPerWorker)
    var freeLegs: [Int] = Array((0..<MediaLimits.legsPerWorker).reversed())
    var indexByID: [LegID: Int] = [:]
    var indexByKey: [LegKey: Int] = [:]
    var isStopping = false
    /// The time of this turn, read once per batch.
    var now = MonotonicTime(microseconds: JMNow())

    private let poll: Int32
    private let gather: Int64
    private let incoming: UnsafeMutablePointer<JMDatagram>
    private let intake: UnsafeMutableRawPointer
    private let receiveBatch: OpaquePointer?
    /// Legs with packets to seal and send at the next flush.
    private var dirty: [Int32] = []

    private enum Tag {
        static let mailbox: UInt64 = 1
        static let ipv4: UInt64 = 4
        static let ipv6: UInt64 = 6
    }

    init(mailbox: Mailbox<Worker>, sockets: Sockets, gather: Int64, emit: @escaping (MediaEvent) -> Void) {
        self.mailbox = mailbox
        self.sockets = sockets
        self.emit = emit
        self.gather = gather
        outbox = Outbox(sockets: sockets)
        strangers = StrangerLimiter(now: JMNow())
        receiveBatch = JMBatchMake(UInt32(MediaLimits.receiveBatch))
        incoming = .allocate(capacity: MediaLimits.receiveBatch)
        intake = .allocate(byteCount: MediaLimits.receiveBatch * MediaLimits.slotBytes, alignment: 64)
        incoming.initialize(repeating: JMDatagram(), count: MediaLimits.receiveBatch)
        for index in 0..<MediaLimits.receiveBatch {
            incoming[index].bytes = (intake + index * MediaLimits.slotBytes).assumingMemoryBound(to: UInt8.self)
        }
        dirty.reserveCapacity(MediaLimits.legsPerWorker)
        poll = JMPollMake()
        _ = JMPollAdd(poll, mailbox.wakeUp, Tag.mailbox)
        if let socket = sockets.ipv4 { _ = JMPollAdd(poll, socket, Tag.ipv4) }
        if let socket = sockets.ipv6 { _ = JMPollAdd(poll, socket, Tag.ipv6) }
    }

    deinit {
        JMBatchFree(receiveBatch)
        incoming.deallocate()
        intake.deallocate()
        JMClose(poll)
        sockets.close()
    }

    // MARK: The loop

    /// Runs until it is told to stop.
    func run() {
        let tags = UnsafeMutablePointer<UInt64>.allocate(capacity: 4)
        defer { tags.deallocate() }
        var lastTurn: Int64 = 0
        while !isStopping {
            let ready = JMPollWait(poll, tags, 4, waitTime())
            var turn = JMNow()
            // A turn soon after the last one means load: let packets gather, so that they share system calls and leave in bursts.
            if gather > 0, turn - lastTurn < gather {
                JMSleepUntil(lastTurn + gather)
                turn = JMNow()
            }
            lastTurn = turn
            now = MonotonicTime(microseconds: turn)
            for index in 0..<max(0, Int(ready)) { serve(tags[index]) }
            wakeLegs()
            flush()
        }
        for leg in legs { leg?.close(in: self) }
        flush()
        mailbox.close()
    }

    private func waitTime() -> Int64 {
        let soonest = deadlines.soonest
        guard soonest != DeadlineHeap.never else { return -1 }
        return max(0, soonest - JMNow())
    }

    private func serve(_ tag: UInt64) {
        switch tag {
        case Tag.mailbox: for message in mailbox.take() { message(self) }
        case Tag.ipv4: if let socket = sockets.ipv4 { receive(socket) }
        default: if let socket = sockets.ipv6 { receive(socket) }
        }
    }

    private func receive(_ socket: Int32) {
        for _ in 0..<MediaLimits.batchesPerTurn {
            let count = Int(
                JMReceive(receiveBatch, socket, incoming, UInt32(MediaLimits.receiveBatch), UInt32(MediaLimits.slotBytes)))
            statistics.systemCalls &+= 1
            guard count > 0 else { return }
            statistics.received &+= UInt64(count)
            for index in 0..<count { receive(incoming[index]) }
            flush()
            if count < MediaLimits.receiveBatch { return }
        }
    }

    // MARK: One datagram

    private func receive(_ datagram: JMDatagram) {
        statistics.receivedBytes &+= UInt64(datagram.length)
        guard datagram.truncated == 0 else {
            statistics.invalid &+= 1
            return
        }
        let slot = UnsafeMutableRawBufferPointer(start: datagram.bytes, count: MediaLimits.slotBytes)
        guard let entry = addresses.find(datagram) else { return receiveFromStranger(datagram, slot) }
        guard let leg = legs[Int(entry.pointee.leg)] else { return }
        leg.receive(slot, length: Int(datagram.length), from: entry.pointee.address, in: self)
    }

    /// Only a STUN request that names a known leg is looked at further, and only its valid integrity makes the address known.
    private func receiveFromStranger(_ datagram: JMDatagram, _ slot: UnsafeMutableRawBufferPointer) {
        guard strangers.admit(datagram, now: now.microseconds),
            let key = LegKey(request: UnsafeRawBufferPointer(rebasing: slot[..<Int(datagram.length)])),
            let index = indexByKey[key], let leg = legs[index]
        else {
            statistics.strangers &+= 1
            return
        }
        let address = TransportAddress(datagram)
        guard leg.admit(slot, length: Int(datagram.length), from: address, in: self) else {
            statistics.strangers &+= 1
            return
        }
        remember(datagram, address, for: leg)
    }

    private func remember(_ datagram: JMDatagram, _ address: TransportAddress, for leg: Leg) {
        if let oldest = leg.remember(datagram) { addresses.remove(oldest) }
        if !addresses.insert(datagram, address: address, leg: leg.index) { leg.forget(datagram) }
    }

    // MARK: Time and sending

    private func wakeLegs() {
        while let index = deadlines.due(at: now.microseconds) {
            guard let leg = legs[index] else {
                deadlines.set(index, DeadlineHeap.never)
                continue
            }
            leg.wake(in: self)
            // A leg that asks to be woken in the past would spin; a millisecond is finer than anything it does.
            deadlines.set(index, max(leg.deadline, now.microseconds + 1000))
        }
    }

    /// Sends everything that waits, burst by burst.
    func flush() {
        for index in dirty { legs[Int(index)]?.seal(into: outbox) }
        dirty.removeAll(keepingCapacity: true)
        outbox.send(counting: &statistics)
    }

    /// A slot for a packet of the worker's own making.
    func takeSlot() -> UnsafeMutableRawBufferPointer {
        if outbox.isFull { flush() }
        return outbox.takeSlot()
    }

    /// The leg has packets for the next flush.
    @inline(__always)
    func markDirty(_ leg: Leg) { dirty.append(Int32(leg.index)) }
}
