import Basics
import CMediaShims
import Media
import RTC

/// A device on a real loopback socket, driven step by step by a test: it offers, connects, sends numbered packets and remembers what came.
final class TestDevice {
    struct Seen: Equatable {
        let kind: MediaKind
        let sequence: UInt16
        let timestamp: UInt32
        let ssrc: UInt32
        let number: UInt32
        let isRepair: Bool
    }

    let transport: Transport
    private(set) var session: NegotiatedSession?
    private(set) var seen: [Seen] = []
    private(set) var pictureLosses: [MonotonicTime] = []
    private(set) var nacked: Set<UInt16> = []
    private(set) var transportFeedbacks = 0
    private(set) var receiverReports: [ReportBlock] = []
    private(set) var senderReports: [UInt32] = []
    private(set) var isConnected = false
    private(set) var failure: TransportFailure?
    private(set) var isClosed = false
    /// Says of each arriving video packet whether the network loses it.
    var loses: (Seen) -> Bool = { _ in false }
    /// Sequence numbers on the wire that never leave the device.
    var losesOutgoing: Set<UInt16> = []

    let socket: Int32
    private var offered: SessionDescription?
    private var version: UInt64 = 1
    private var destination: JMDatagram?
    private let batch = JMBatchMake(64)
    private let slab = UnsafeMutableRawBufferPointer.allocate(byteCount: 65 * 2048, alignment: 64)
    private var numbers: [MediaKind: UInt16] = [:]
    private var transportSequence: UInt16 = 0
    private let sources: [MediaKind: StreamSources]
    private let identity: DTLSIdentity
    private let signalled: CertificateFingerprint
    var capabilities = MediaCapabilities(codecs: [.opus, .vp8])

    init(first: UInt32, signalling other: DTLSIdentity? = nil) throws {
        guard let identity = DTLSIdentity() else { throw Fault(.certificateFailed, "") }
        self.identity = identity
        signalled = (other ?? identity).fingerprint
        transport = Transport(role: .controlling(.regular), identity: identity)
        sources = [.audio: StreamSources(main: first), .video: StreamSources(main: first + 1, retransmission: first + 2)]
        var port: UInt16 = 0
        socket = JMBind("127.0.0.1", 0, 1 << 20, &port)
    }

    deinit {
        JMClose(socket)
        JMBatchFree(batch)
        slab.deallocate()
    }

    static var now: MonotonicTime { MonotonicTime(microseconds: JMNow()) }

    // MARK: Signalling

    func offer(_ kinds: [MediaKind] = [.audio, .video]) -> String {
        let local = LocalDescription(
            sessionID: "1", version: version, ice: transport.local, fingerprint: signalled, isICELite: false, candidates: [],
            cname: "test", sources: sources)
        version += 1
        let offered = Negotiation.offer(kinds, capabilities: capabilities, local: local)
        self.offered = offered
        return offered.text
    }

    func accept(_ answer: String, restart: Bool = false) throws {
        guard let offered else { return }
        let session = try Negotiation.accept(SessionDescription(parsing: answer), to: offered, capabilities: capabilities)
        let isFirst = self.session == nil
        self.session = session
        let remote = RemoteParameters(
            credentials: session.remoteICE, fingerprints: session.remoteFingerprints,
            candidates: session.remoteCandidates.compactMap { candidate in
                TransportAddress(host: candidate.host, port: candidate.port).map {
                    ICECandidate(address: $0, priority: candidate.priority)
                }
            })
        if isFirst {
            transport.start(remote, now: Self.now)
        } else if restart {
            transport.finishRestart(remote, now: Self.now)
        }
        drain()
    }

    // MARK: Steps

    /// Receives what waits and does what is due.
    func step() {
        var datagrams = [JMDatagram](repeating: JMDatagram(), count: 64)
        guard let base = slab.baseAddress else { return }
        for index in datagrams.indices { datagrams[index].bytes = (base + index * 2048).assumingMemoryBound(to: UInt8.self) }
        let count = Int(JMReceive(batch, socket, &datagrams, 64, 2048))
        for datagram in datagrams.prefix(max(0, count)) { receive(datagram) }
        if let due = transport.deadline, due <= Self.now { transport.handleTimeout(now: Self.now) }
        drain()
    }

    private func receive(_ datagram: JMDatagram) {
        let slot = UnsafeMutableRawBufferPointer(start: datagram.bytes, count: 2048)
        switch transport.receive(slot, length: Int(datagram.length), from: TransportAddress(datagram), now: Self.now) {
        case .rtp(let length): if let packet = RTPPacket(slot, length: length) { receive(packet) }
        case .rtcp(let length):
            if let compound = RTCPCompound(UnsafeRawBufferPointer(rebasing: slot[..<length])) { receive(compound) }
        case .consumed, .dropped: break
        }
    }

    private func receive(_ packet: RTPPacket) {
        for kind in [MediaKind.audio, .video] {
            guard let media = session?[kind] else { continue }
            let isRepair = media.codec(ofRetransmission: packet.payloadType) != nil
            guard isRepair || media.codec(ofPayloadType: packet.payloadType) != nil else { continue }
            let payload = packet.payload
            let number = UInt32(bigEndian: payload.loadUnaligned(fromByteOffset: payload.count - 4, as: UInt32.self))
            // A repair packet begins with the number that it repairs (RFC 4588).
            let sequence = isRepair ? UInt16(bigEndian: payload.loadUnaligned(as: UInt16.self)) : packet.sequence
            let seen = Seen(
                kind: kind, sequence: sequence, timestamp: packet.timestamp, ssrc: packet.ssrc, number: number, isRepair: isRepair
            )
            if !loses(seen) { self.seen.append(seen) }
        }
    }

    private func receive(_ compound: RTCPCompound) {
        for packet in compound {
            switch packet {
            case .pictureLoss: pictureLosses.append(Self.now)
            case .nack(let request): nacked.formUnion(request)
            case .transportFeedback: transportFeedbacks += 1
            case .receiverReport(let report): receiverReports += Array(report.blocks)
            case .senderReport(let report): senderReports.append(report.rtpTimestamp)
            default: break
            }
        }
    }

    private func drain() {
        while let transmit = transport.pollTransmit() { send(transmit.bytes, to: transmit.address) }
        while let event = transport.pollEvent() {
            switch event {
            case .selected(let address): destination = Self.datagram(address)
            case .secured: isConnected = true
            case .failed(let reason): failure = reason
            case .closed: isClosed = true
            case .consentLost, .recovered: break
            }
        }
    }

    // MARK: Sending

    /// Sends a packet whose payload ends in `number`; its sequence number on the wire.
    @discardableResult
    func send(_ kind: MediaKind, number: UInt32, bytes: Int = 200, payloadType: UInt8? = nil) -> UInt16 {
        let packet = sealed(kind, number: number, bytes: bytes, payloadType: payloadType)
        let sequence = numbers[kind] ?? 0
        if !losesOutgoing.contains(sequence) { sendRaw(packet) }
        return sequence
    }

    /// A protected packet as it would be sent; empty when nothing can be sent.
    func sealed(_ kind: MediaKind, number: UInt32, bytes: Int = 200, payloadType: UInt8? = nil) -> [UInt8] {
        guard let media = session?[kind], let ssrc = sources[kind]?.main else { return [] }
        let sequence = (numbers[kind] ?? 65_530) &+ 1
        numbers[kind] = sequence
        let slot = UnsafeMutableRawBufferPointer(rebasing: slab[(64 * 2048)...])
        guard
            var writer = RTPHeaderWriter(
                slot, payloadType: payloadType ?? media.codecs[0].payloadType, marker: false, sequence: sequence,
                timestamp: number &* 3000, ssrc: ssrc)
        else { return [] }
        writer.append(media.extensionIDs[.transportSequence], UInt32(transportSequence), count: 2)
        writer.append(media.extensionIDs[.absoluteSendTime], 0, count: 3)
        transportSequence &+= 1
        let start = writer.finish()
        for offset in start..<(start + bytes) { slot[offset] = 0 }
        slot[start] = 0x10
        slot[start + 1] = 0x01  // VP8: a predicted frame
        slot.storeBytes(of: number.bigEndian, toByteOffset: start + bytes - 4, as: UInt32.self)
        return transport.protectRTP(slot, length: start + bytes).map { Array(slot[..<$0]) } ?? []
    }

    /// Sends bytes to an address that never agreed to hear from us.
    func sendStranger(_ bytes: [UInt8], to address: TransportAddress) { send(bytes, to: address) }

    /// Datagrams that wait in the socket now; they are thrown away.
    var receivedDatagrams: Int {
        var datagrams = [JMDatagram](repeating: JMDatagram(), count: 64)
        guard let base = slab.baseAddress else { return 0 }
        for index in datagrams.indices { datagrams[index].bytes = (base + index * 2048).assumingMemoryBound(to: UInt8.self) }
        return max(0, Int(JMReceive(batch, socket, &datagrams, 64, 2048)))
    }

    /// Sends an RTCP compound.
    func sendControl(_ write: (inout RTCPWriter) -> Void) {
        guard let destination else { return }
        let slot = UnsafeMutableRawBufferPointer(rebasing: slab[(64 * 2048)...])
        var writer = RTCPWriter(slot)
        write(&writer)
        guard let length = transport.protectRTCP(slot, length: writer.length) else { return }
        send(Array(slot[..<length]), to: destination)
    }

    /// Sends bytes as they are to where media goes.
    func sendRaw(_ bytes: [UInt8]) {
        if let destination { send(bytes, to: destination) }
    }

    private func send(_ bytes: [UInt8], to address: TransportAddress) { send(bytes, to: Self.datagram(address)) }

    private func send(_ bytes: [UInt8], to address: JMDatagram) {
        var bytes = bytes
        var datagram = address
        let count = bytes.count
        bytes.withUnsafeMutableBufferPointer { buffer in
            datagram.bytes = buffer.baseAddress
            datagram.length = UInt32(count)
            _ = JMSend(batch, socket, &datagram, 1, 0)
        }
    }

    static func datagram(_ address: TransportAddress) -> JMDatagram {
        var datagram = JMDatagram()
        datagram.family = 4
        datagram.low = UInt64(address.ipv4 ?? 0)
        datagram.port = address.port
        return datagram
    }
}
