import RTC
import Testing

/// A controlling client and a lite server over an emulated network, moved through virtual time.
final class TwoTransports {
    /// One side and what it has seen.
    final class Side {
        let transport: Transport
        var events: [TransportEvent] = []
        var media: [[UInt8]] = []
        var results: [Received] = []
        init(_ transport: Transport) { self.transport = transport }
    }

    static let serverAddress = TransportAddress(ipv4: 0xC633_6401, port: 3478)
    static let identity = DTLSIdentity()

    let client: Side
    let server: Side
    var clientAddress = TransportAddress(ipv4: 0xC000_0201, port: 50_000)
    var up: EmulatedLink
    var down: EmulatedLink
    private(set) var now = MonotonicTime(microseconds: 1_000_000)
    /// Changes datagrams on their way; nil loses them.
    var tamper: (([UInt8]) -> [UInt8]?)?
    /// Every datagram that arrived at the server.
    var transcript: [[UInt8]] = []
    private let slot = UnsafeMutableRawBufferPointer.allocate(byteCount: 2048, alignment: 16)

    init(
        _ conditions: LinkConditions = .clean, seed: UInt64 = 1, nomination: ICENomination = .regular,
        clientPassword: String? = nil, clientTrusts: [CertificateFingerprint]? = nil,
        serverTrusts: [CertificateFingerprint]? = nil,
        clientIdentity: DTLSIdentity? = nil, clientDTLS: DTLSRole = .client
    ) throws {
        let identity = try #require(Self.identity)
        let clientIdentity = clientIdentity ?? identity
        client = Side(Transport(role: .controlling(nomination), identity: clientIdentity, random: .seeded(seed)))
        server = Side(Transport(role: .lite, identity: identity, random: .seeded(seed &+ 1_000_000)))
        up = EmulatedLink(conditions, seed: seed &+ 2_000_000)
        down = EmulatedLink(conditions, seed: seed &+ 3_000_000)
        var theirs = server.transport.local
        if let clientPassword { theirs = ICECredentials(fragment: theirs.fragment, password: clientPassword) }
        server.transport.start(
            RemoteParameters(credentials: client.transport.local, fingerprints: serverTrusts ?? [clientIdentity.fingerprint]),
            dtls: clientDTLS == .client ? .server : .client, now: now)
        client.transport.start(
            RemoteParameters(
                credentials: theirs, fingerprints: clientTrusts ?? [identity.fingerprint],
                candidates: [ICECandidate(address: Self.serverAddress, priority: 100)]), dtls: clientDTLS, now: now)
        settle()
    }

    deinit { slot.deallocate() }

    var isSecured: Bool { client.transport.canSend && server.transport.canSend }

    /// Lets time pass until a condition holds; whether it does.
    @discardableResult
    func run(_ limit: MonotonicTime.Interval, until condition: () -> Bool = { false }) -> Bool {
        let end = now + limit
        var steps = 0
        while !condition() {
            guard let next = nextTime, next <= end else {
                now = end
                return condition()
            }
            now = max(now, next)
            step()
            steps += 1
            // A machine whose deadline does not move would stop the clock.
            precondition(steps < 1_000_000, "the clock stands still")
        }
        return true
    }

    private var nextTime: MonotonicTime? {
        [up.deadline, down.deadline, client.transport.deadline, server.transport.deadline].compactMap { $0 }.min()
    }

    private func step() {
        while let delivery = up.receive(now: now) {
            transcript.append(delivery.bytes)
            deliver(delivery.bytes, from: delivery.source, to: server)
            settle()
        }
        while let delivery = down.receive(now: now) {
            if delivery.destination == clientAddress { deliver(delivery.bytes, from: delivery.source, to: client) }
            settle()
        }
        for side in [client, server] {
            if let deadline = side.transport.deadline, deadline <= now { side.transport.handleTimeout(now: now) }
        }
        settle()
    }

    @discardableResult
    func deliver(_ bytes: [UInt8], from address: TransportAddress, to side: Side) -> Received {
        bytes.withUnsafeBytes { slot.copyMemory(from: $0) }
        let result = side.transport.receive(slot, length: bytes.count, from: address, now: now)
        switch result {
        case .rtp(let length), .rtcp(let length): side.media.append(Array(slot[..<length]))
        case .consumed, .dropped: break
        }
        side.results.append(result)
        return result
    }

    /// Drains both sides after a step.
    func settle() {
        while let transmit = client.transport.pollTransmit() { sendUp(transmit.bytes, to: transmit.address) }
        while let transmit = server.transport.pollTransmit() { sendDown(transmit.bytes, to: transmit.address) }
        while let event = client.transport.pollEvent() { client.events.append(event) }
        while let event = server.transport.pollEvent() { server.events.append(event) }
    }

    func sendUp(_ bytes: [UInt8], to address: TransportAddress) {
        guard let bytes = tamper == nil ? bytes : tamper?(bytes) else { return }
        up.send(bytes, from: clientAddress, to: address, now: now)
    }

    func sendDown(_ bytes: [UInt8], to address: TransportAddress) {
        guard let bytes = tamper == nil ? bytes : tamper?(bytes) else { return }
        down.send(bytes, from: Self.serverAddress, to: address, now: now)
    }

    /// Protects and sends an RTP packet; the protected bytes, nil when the side may not send.
    @discardableResult
    func sendRTP(_ packet: [UInt8], from side: Side) -> [UInt8]? {
        packet.withUnsafeBytes { slot.copyMemory(from: $0) }
        guard let destination = side.transport.destination,
            let length = side.transport.protectRTP(slot, length: packet.count)
        else { return nil }
        let bytes = Array(slot[..<length])
        if side === client { sendUp(bytes, to: destination) } else { sendDown(bytes, to: destination) }
        return bytes
    }
}

/// An RTP packet of a source with a payload of zeros.
func rtpPacket(sequence: UInt16, ssrc: UInt32 = 0x1234_5678, payloadBytes: Int = 100) -> [UInt8] {
    var bytes: [UInt8] = [0x80, 96, UInt8(sequence >> 8), UInt8(sequence & 255), 0, 0, 0, 1]
    bytes += withUnsafeBytes(of: ssrc.bigEndian) { Array($0) }
    return bytes + [UInt8](repeating: 0, count: payloadBytes)
}
