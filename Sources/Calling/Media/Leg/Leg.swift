internal import Basics
internal import CMediaShims
internal import RTC

/// One device's media connection: its transport, the streams that it sends and the tracks that it is sent.
///
/// Confined to its worker's thread. Every method that is given bytes or time leaves the leg drained: what it wants to send lies in the
/// outbox or waits in `pending`, what it wants to say has been emitted, and `deadline` is right.
final class Leg {
    let id: LegID
    let index: Int
    private(set) var transport: Transport
    private(set) var media: LegMedia
    /// By which names checks of strangers find this leg: the newest and, during an ICE restart, the one before.
    var keys: [LegKey] = []
    /// The leg that is sent what this one sends, and the other way round. Not counted, because every packet goes this way: a leg that is
    /// closed takes itself out of its peer (`close`), and a worker's legs live until they are closed.
    unowned(unsafe) var peer: Leg?
    /// When ``wake(in:)`` wants to be called, in microseconds; ``DeadlineHeap/never`` for never.
    private(set) var deadline: Int64

    var sources: [Source] = []
    /// Streams of a page that was reloaded: they count in the totals, but send no more.
    var goneSources: [Source] = []
    private(set) var transportSequenceID: UInt8
    var tracks: [Track] = []
    var feedback: LegFeedback
    var quality = QualityRecord()
    var state = Reachability()

    /// Where media goes: the address that ICE selected.
    private var destination: JMDatagram?
    private var known: [JMDatagram] = []
    private var pending: PendingPackets

    init(id: LegID, index: Int, transport: Transport, media: LegMedia, now: MonotonicTime) {
        self.id = id
        self.index = index
        self.transport = transport
        self.media = media
        transportSequenceID = media.transportSequenceID
        sources.reserveCapacity(MediaLimits.streamsPerLeg)
        known.reserveCapacity(MediaLimits.addressesPerLeg)
        pending = PendingPackets()
        feedback = LegFeedback(cname: id.rawValue, now: now)
        deadline = now.microseconds
        addTracks()
    }

    // MARK: Datagrams

    /// A datagram from an address that is this leg's.
    func receive(_ slot: UnsafeMutableRawBufferPointer, length: Int, from address: TransportAddress, in worker: Worker) {
        switch transport.receive(slot, length: length, from: address, now: worker.now) {
        case .rtp(let length):
            heard(in: worker)
            receiveMedia(slot, length: length, in: worker)
        case .rtcp(let length):
            heard(in: worker)
            receiveControl(UnsafeRawBufferPointer(rebasing: slot[..<length]), in: worker)
        case .consumed:
            heard(in: worker)
            drain(in: worker)
        case .dropped:
            worker.statistics.invalid &+= 1
        }
    }

    /// A STUN request from a new address; true when it was valid, so that the address is this leg's from now on.
    func admit(_ slot: UnsafeMutableRawBufferPointer, length: Int, from address: TransportAddress, in worker: Worker) -> Bool {
        guard case .consumed = transport.receive(slot, length: length, from: address, now: worker.now) else { return false }
        heard(in: worker)
        drain(in: worker)
        return true
    }

    /// Notes an address as this leg's; returns the one that had to give way.
    func remember(_ datagram: JMDatagram) -> JMDatagram? {
        defer { known.append(datagram) }
        return known.count < MediaLimits.addressesPerLeg ? nil : known.removeFirst()
    }

    /// Takes back ``remember(_:)``.
    func forget(_ datagram: JMDatagram) {
        known.removeAll { $0.low == datagram.low && $0.high == datagram.high && $0.port == datagram.port }
    }

    /// The addresses that are this leg's.
    var addresses: [JMDatagram] { known }

    /// None is this leg's any more.
    func forgetAddresses() {
        known.removeAll(keepingCapacity: true)
        destination = nil
    }

    // MARK: Renegotiation

    /// What a new offer settled.
    func settle(_ media: LegMedia) {
        self.media = media
        transportSequenceID = media.transportSequenceID
    }

    /// The device connects anew, from another page; its tracks go on.
    func replace(_ transport: Transport, in worker: Worker) {
        self.transport.close()
        drain(in: worker)
        self.transport = transport
        goneSources = (goneSources + sources).suffix(MediaLimits.streamsPerLeg * 4)
        sources.removeAll(keepingCapacity: true)
        state = Reachability()
        feedback = LegFeedback(cname: id.rawValue, now: worker.now)
    }

    // MARK: The transport's output

    /// Sends what the transport wants to send and hears what it has to say.
    func drain(in worker: Worker) {
        while let transmit = transport.pollTransmit() {
            let slot = worker.takeSlot()
            guard let base = slot.baseAddress, transmit.bytes.count <= slot.count else { continue }
            slot.copyBytes(from: transmit.bytes)
            worker.outbox.append(base, length: transmit.bytes.count, to: JMDatagram(to: transmit.address))
        }
        while let event = transport.pollEvent() { handle(event, in: worker) }
        reschedule(in: worker)
    }

    private func handle(_ event: TransportEvent, in worker: Worker) {
        switch event {
        case .selected(let address): destination = JMDatagram(to: address)
        case .secured:
            state.isConnected = true
            worker.emit(.connected(id))
            requestKeyFrameAtOnce(in: worker)
            peer?.requestKeyFrameAtOnce(in: worker)
        case .consentLost: lose(.consentLost, in: worker)
        case .recovered: break  // `heard` says so
        case .failed(let reason): fail(reason, in: worker)
        case .closed: lose(.closedByPeer, in: worker)
        }
    }

    // MARK: Sending

    /// A packet in a slot waits for the flush, where it is protected and sent together with others for this leg.
    @inline(__always)
    func enqueue(_ slot: UnsafeMutableRawBufferPointer, length: Int, isVideo: Bool, in worker: Worker) {
        guard destination != nil, state.isConnected else { return }
        if pending.isFull { seal(into: worker.outbox) }
        if pending.isEmpty { worker.markDirty(self) }
        pending.append(slot, length: length, isVideo: isVideo)
    }

    /// Evens out sizes, protects what waits and hands it to the outbox.
    func seal(into outbox: Outbox) {
        guard let destination else { return pending.removeAll() }
        pending.padForBursts()
        for index in 0..<pending.count {
            let packet = pending[index]
            let slot = UnsafeMutableRawBufferPointer(start: packet.bytes, count: PendingPackets.slotRoom)
            guard let length = transport.protectRTP(slot, length: packet.length) else { continue }
            outbox.append(packet.bytes, length: length, to: destination)
        }
        pending.removeAll()
    }

    /// Protects and sends an RTCP compound that lies in a slot of the outbox.
    func sendControl(_ slot: UnsafeMutableRawBufferPointer, length: Int, in worker: Worker) {
        guard let destination, state.isConnected, let base = slot.baseAddress, length > 0,
            let protected = transport.protectRTCP(slot, length: length)
        else { return }
        worker.outbox.append(base, length: protected, to: destination)
    }

    // MARK: Time

    /// Does what is due.
    func wake(in worker: Worker) {
        if let due = transport.deadline, due <= worker.now { transport.handleTimeout(now: worker.now) }
        checkSilence(in: worker)
        if state.isConnected { giveFeedback(in: worker) }
        drain(in: worker)
    }

    /// Tells the worker when to wake this leg.
    func reschedule(in worker: Worker) {
        let next = MonotonicTime.soonest(transport.deadline, state.isConnected ? nextFeedback : nil)
        deadline = next?.microseconds ?? DeadlineHeap.never
        worker.deadlines.set(index, deadline)
    }

    /// Says goodbye, as far as that is possible, and is nobody's peer any more.
    func close(in worker: Worker) {
        peer?.peer = nil
        peer = nil
        transport.close()
        drain(in: worker)
    }
}
