internal import Basics
internal import CMediaShims
internal import RTC

/// One load device: a socket of its own, a real ICE, DTLS and SRTP client, and the streams that it sends.
///
/// It is driven from outside: ``receive(now:)`` when its socket is readable, ``wake(now:)`` when ``deadline`` has come.
final class LoadDevice {
    let offer: String
    let socket: Int32
    private(set) var isConnected = false
    private(set) var hasFailed = false
    private(set) var deadline = MonotonicTime.zero
    /// What came through in the measured part.
    var report = LoadReport()
    var measuredFrom = MonotonicTime(microseconds: .max)
    var measuredUntil = MonotonicTime(microseconds: .max)

    private let transport: Transport
    private let described: SessionDescription
    private var session: NegotiatedSession?
    private var streams: [LoadStream] = []
    private var destination: JMDatagram?
    private var transportSequence: UInt16 = 0
    private var nextReport = MonotonicTime(microseconds: .max)
    private let plan: LoadPlan
    private let io: LoadIO

    private static let capabilities = MediaCapabilities(
        codecs: [.opus, .vp8], extensions: [.absoluteSendTime, .transportSequence, .mid])

    init(plan: LoadPlan, identity: DTLSIdentity, io: LoadIO, number: UInt32) throws(Fault) {
        self.plan = plan
        self.io = io
        var port: UInt16 = 0
        socket = JMBind("0.0.0.0", 0, 1 << 20, &port)
        guard socket >= 0 else { throw Fault(.bindFailed, "no socket for a load device, errno \(-socket)") }
        transport = Transport(role: .controlling(.aggressive), identity: identity)
        let first = number &* 4 &+ 1000
        let local = LocalDescription(
            sessionID: "\(first)", version: 1, ice: transport.local, fingerprint: identity.fingerprint, isICELite: false,
            candidates: [],
            cname: "load",
            sources: [.audio: StreamSources(main: first), .video: StreamSources(main: first + 1, retransmission: first + 2)])
        described = Negotiation.offer([.audio, .video], capabilities: Self.capabilities, local: local)
        offer = described.text
    }

    deinit { JMClose(socket) }

    /// Takes the answer and starts to connect.
    func start(answer: String, now: MonotonicTime) throws(Fault) {
        let session = try Negotiation.accept(
            SessionDescription(parsing: answer), to: described, capabilities: Self.capabilities)
        self.session = session
        var remote = RemoteParameters(session)
        remote.candidates = session.remoteCandidates.compactMap { candidate in
            guard candidate.transport == "udp", candidate.component == 1,
                let address = TransportAddress(host: candidate.host, port: candidate.port), address.isIPv4
            else { return nil }
            return ICECandidate(address: address, priority: candidate.priority)
        }
        transport.start(remote, dtls: session.beginsDTLS ? .client : .server, now: now)
        drain(now: now)
    }

    // MARK: Input

    /// Takes everything that waits in the socket.
    func receive(now: MonotonicTime) {
        while true {
            let count = io.receive(socket)
            for index in 0..<count {
                let datagram = io.incoming[index]
                let slot = UnsafeMutableRawBufferPointer(start: datagram.bytes, count: MediaLimits.slotBytes)
                switch transport.receive(slot, length: Int(datagram.length), from: TransportAddress(datagram), now: now) {
                case .rtp(let length): receiveMedia(slot, length, now: now)
                case .rtcp(let length): receiveControl(UnsafeRawBufferPointer(rebasing: slot[..<length]))
                case .consumed, .dropped: break
                }
            }
            if count < MediaLimits.receiveBatch { break }
        }
        drain(now: now)
    }

    private func receiveMedia(_ slot: UnsafeMutableRawBufferPointer, _ length: Int, now: MonotonicTime) {
        guard let packet = RTPPacket(slot, length: length), let sent = LoadStream.sendTime(of: packet) else { return }
        guard sent >= measuredFrom, sent < measuredUntil else { return }
        report.received += 1
        report.delays.add((MonotonicTime(microseconds: JMNow()) - sent).microseconds)
    }

    private func receiveControl(_ bytes: UnsafeRawBufferPointer) {
        guard let compound = RTCPCompound(bytes) else { return }
        for case .pictureLoss in compound { for index in streams.indices { streams[index].wantsKeyFrame = true } }
    }

    // MARK: Time

    /// Sends what is due.
    func wake(now: MonotonicTime) {
        if let due = transport.deadline, due <= now { transport.handleTimeout(now: now) }
        if isConnected { sendMedia(now: now) }
        drain(now: now)
    }

    private func sendMedia(now: MonotonicTime) {
        guard let destination else { return }
        let isMeasured = now >= measuredFrom && now < measuredUntil
        for index in streams.indices {
            streams[index].emitDue(now: now, transportSequence: &transportSequence, slot: io.takeSlot) { slot, length in
                guard let protected = transport.protectRTP(slot, length: length) else { return }
                io.append(slot, length: protected, to: destination)
                if isMeasured { report.sent += 1 }
            }
        }
        if now >= nextReport {
            nextReport = now + .seconds(1)
            for stream in streams { sendReport(stream, to: destination, now: now) }
        }
        io.flush(socket)
    }

    private func sendReport(_ stream: LoadStream, to destination: JMDatagram, now: MonotonicTime) {
        let slot = io.takeSlot()
        var writer = RTCPWriter(slot)
        // Seconds and 2^-32 parts; which day it is does not matter here.
        let ntp = UInt64(now.microseconds / 1_000_000) << 32 | UInt64(now.microseconds % 1_000_000) * 4294
        writer.senderReport(
            ssrc: stream.ssrc, ntpTime: ntp, rtpTimestamp: stream.timestamp, packetCount: stream.packets,
            octetCount: stream.octets)
        guard let length = transport.protectRTCP(slot, length: writer.length) else { return }
        io.append(slot, length: length, to: destination)
    }

    private func drain(now: MonotonicTime) {
        while let transmit = transport.pollTransmit() {
            let slot = io.takeSlot()
            guard transmit.bytes.count <= slot.count else { continue }
            slot.copyBytes(from: transmit.bytes)
            io.append(slot, length: transmit.bytes.count, to: JMDatagram(to: transmit.address))
        }
        io.flush(socket)
        while let event = transport.pollEvent() {
            switch event {
            case .selected(let address): destination = JMDatagram(to: address)
            case .secured: connected(now: now)
            case .failed, .closed: hasFailed = true
            case .consentLost, .recovered: break
            }
        }
        let media = streams.map(\.next).min()
        deadline = MonotonicTime.soonest(transport.deadline, media) ?? MonotonicTime(microseconds: .max)
    }

    private func connected(now: MonotonicTime) {
        guard !isConnected else { return }
        isConnected = true
        nextReport = now + .seconds(1)
        streams = [stream(.audio, now: now), stream(.video, now: now)].compactMap { $0 }
    }

    private func stream(_ kind: TrackKind, now: MonotonicTime) -> LoadStream? {
        guard let media = session?[kind.media], let source = media.localSources?.main, let codec = media.codecs.first else {
            return nil
        }
        var header = LoadStream.Header(payloadType: codec.payloadType)
        header.transportSequenceID = media.extensionIDs[.transportSequence]
        header.absoluteSendTimeID = media.extensionIDs[.absoluteSendTime]
        // Devices do not beat in time: each starts somewhere in a frame's interval.
        let offset = MonotonicTime.Interval.microseconds(Int64(source) * 7919 % 33_333)
        return LoadStream(plan.shape(kind), ssrc: source, header: header, firstAt: now + offset)
    }

    /// Says goodbye.
    func close(now: MonotonicTime) {
        transport.close()
        drain(now: now)
    }
}
