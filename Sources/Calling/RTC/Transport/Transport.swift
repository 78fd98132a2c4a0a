/// One leg's way over the network: ICE, DTLS and SRTP behind one door, demultiplexed by RFC 7983.
///
/// It is sans-IO: bytes and time come in, decrypted media goes back in the same slot, and after **every** call except `protect…` the
/// owner drains ``pollTransmit()`` and ``pollEvent()`` and notes ``deadline``. It belongs to one thread. A forwarded packet costs no
/// allocation here; the rare STUN and DTLS datagrams do.
public final class Transport {
    /// Our side of ICE, to be signalled.
    public private(set) var local: ICECredentials
    /// When ``handleTimeout(now:)`` wants to be called; nil for never.
    public var deadline: MonotonicTime? {
        guard phase != .ended else { return nil }
        var soonest = MonotonicTime.soonest(agent?.deadline, paths.deadline)
        soonest = MonotonicTime.soonest(soonest, association?.deadline)
        return MonotonicTime.soonest(soonest, connectBy)
    }
    /// Where media goes now; nil before the selection and while the peer's consent is lost.
    public var destination: TransportAddress? { paths.destination }
    /// Whether media can be sent now.
    public var canSend: Bool { sending != nil && paths.destination != nil }

    private enum Phase { case idle, open, ended }

    /// A leg that no check reaches by then has failed.
    static let connectTimeout = MonotonicTime.Interval.seconds(30)

    private let role: TransportRole
    private let identity: DTLSIdentity
    private var random: RandomSource
    private var phase = Phase.idle
    private var agent: (any ICEAgent)?
    private var paths = ICEPaths()
    private var association: DTLSAssociation?
    private var dtlsRole = DTLSRole.server
    private var fingerprints: [CertificateFingerprint] = []
    private var sending: SRTPContext?
    private var receiving: SRTPContext?
    private var connectBy: MonotonicTime?
    private var outbox = Outbox()
    private var events: [TransportEvent] = []
    private var drops = DropCounters()

    /// A leg that waits for ``start(_:dtls:now:)``. `random` is the system's except in tests.
    public init(role: TransportRole, identity: DTLSIdentity, random: RandomSource = .system) {
        self.role = role
        self.identity = identity
        self.random = random
        local = ICECredentials.random(using: &self.random)
    }

    // MARK: Control

    /// Begins, once the peer's description is known. The controlling side is the DTLS client unless told otherwise.
    public func start(_ remote: RemoteParameters, dtls: DTLSRole? = nil, now: MonotonicTime) {
        guard phase == .idle else { return }
        phase = .open
        fingerprints = Array(remote.fingerprints.prefix(RTCLimits.fingerprints))
        dtlsRole = dtls ?? (role == .lite ? .server : .client)
        connectBy = now + Self.connectTimeout
        let generation = ICEGeneration(local: local, remote: remote.credentials)
        switch role {
        case .lite: agent = ICELiteAgent(generation)
        case .controlling(let nomination):
            agent = ICEControllingAgent(
                generation, candidates: remote.candidates, nomination: nomination, random: random.split(), now: now)
        }
        handleTimeout(now: now)
    }

    /// The server's half of an ICE restart: the peer's new credentials; answers our new ones. The old path goes on until the peer
    /// nominates with the new credentials, and DTLS and SRTP stay as they are.
    @discardableResult
    public func restartICE(_ remote: RemoteParameters, now: MonotonicTime) -> ICECredentials {
        if phase == .open {
            beginRestart()
            finishRestart(remote, now: now)
        }
        return local
    }

    /// The offerer's first half of an ICE restart: new credentials to signal. Checks go on with the old ones until ``finishRestart(_:now:)``.
    @discardableResult
    public func beginRestart() -> ICECredentials {
        local = ICECredentials.random(using: &random)
        return local
    }

    /// The second half, with the peer's new credentials.
    public func finishRestart(_ remote: RemoteParameters, now: MonotonicTime) {
        guard phase == .open else { return }
        let generation = ICEGeneration(local: local, remote: remote.credentials)
        switch agent {
        case let lite as ICELiteAgent: lite.restart(generation)
        case let full as ICEControllingAgent: full.restart(generation, candidates: remote.candidates, now: now)
        default: break
        }
        handleTimeout(now: now)
    }

    /// Tells the controlling side that its own address may have changed: it checks its paths at once.
    public func networkChanged(now: MonotonicTime) {
        (agent as? ICEControllingAgent)?.checkAgain(now: now)
        handleTimeout(now: now)
    }

    /// Says goodbye to the peer; drain ``pollTransmit()`` once more.
    public func close() {
        guard phase != .ended else { return }
        association?.close()
        collect(now: nil)
        end()
    }

    /// Lets time pass.
    public func handleTimeout(now: MonotonicTime) {
        guard phase == .open else { return }
        agent?.handleTimeout(now: now, paths: &paths, outbox: &outbox)
        paths.handleTimeout(now: now)
        association?.handleTimeout(now: now)
        collect(now: now)
        if let connectBy, connectBy <= now, phase == .open { fail(.noConnectivity) }
    }

    /// The next datagram of our own to send.
    public func pollTransmit() -> Transmit? { outbox.poll() }

    /// The next thing to know.
    public func pollEvent() -> TransportEvent? { events.isEmpty ? nil : events.removeFirst() }

    /// How many datagrams were dropped for a reason.
    public func drops(_ reason: DropReason) -> UInt64 { drops[reason] }

    // MARK: Packets

    /// Takes the first `length` bytes of the slot as a datagram from `address`; media is decrypted in place.
    public func receive(
        _ slot: UnsafeMutableRawBufferPointer, length: Int, from address: TransportAddress, now: MonotonicTime
    ) -> Received {
        guard length > 1, length <= slot.count else { return drop(.notRecognised) }
        guard phase == .open else { return drop(.closed) }
        switch slot[0] {
        case 128...191: return receiveMedia(slot, length: length, from: address, now: now)
        case 0...3: return receiveSTUN(UnsafeRawBufferPointer(rebasing: slot[..<length]), from: address, now: now)
        case 20...63: return receiveDTLS(UnsafeRawBufferPointer(rebasing: slot[..<length]), from: address, now: now)
        default: return drop(.notRecognised)
        }
    }

    /// Protects an RTP packet in place for ``destination``; its new length, or nil (counted) when it cannot be sent now.
    public func protectRTP(_ slot: UnsafeMutableRawBufferPointer, length: Int) -> Int? {
        guard let sending, paths.destination != nil, let protected = try? sending.protectRTP(slot, length: length) else {
            drops.count(.notSendable)
            return nil
        }
        return protected
    }

    /// Protects an RTCP compound in place for ``destination``; its new length, or nil (counted) when it cannot be sent now.
    public func protectRTCP(_ slot: UnsafeMutableRawBufferPointer, length: Int) -> Int? {
        guard let sending, paths.destination != nil, let protected = try? sending.protectRTCP(slot, length: length) else {
            drops.count(.notSendable)
            return nil
        }
        return protected
    }

    private func receiveMedia(
        _ slot: UnsafeMutableRawBufferPointer, length: Int, from address: TransportAddress, now: MonotonicTime
    ) -> Received {
        guard paths.accepts(address, now: now) else { return drop(.addressNotValidated) }
        guard let receiving else { return drop(.notSecured) }
        do throws(SRTPContext.Refusal) {
            // RFC 5761 section 4: RTCP's packet types stand where RTP has marker and payload types 64 to 95.
            if (192...223).contains(slot[1]) { return .rtcp(try receiving.unprotectRTCP(slot, length: length)) }
            return .rtp(try receiving.unprotectRTP(slot, length: length))
        } catch {
            switch error {
            case .replayed: return drop(.srtpReplayed)
            case .notAuthentic: return drop(.srtpNotAuthentic)
            case .tooManyStreams: return drop(.srtpTooManyStreams)
            case .malformed, .noRoom, .exhausted, .cipherFailed: return drop(.srtpMalformed)
            }
        }
    }

    private func receiveSTUN(_ datagram: UnsafeRawBufferPointer, from address: TransportAddress, now: MonotonicTime) -> Received {
        guard let agent else { return drop(.closed) }
        // ICE requires FINGERPRINT in every check and answer (RFC 8445 section 7.1), and it is the cheapest test there is.
        guard let message = try? STUNMessage(datagram), message.hasFingerprint else { return drop(.stunMalformed) }
        let reason = agent.receive(message, datagram, from: address, now: now, paths: &paths, outbox: &outbox)
        if let reason { return drop(reason) }
        handleTimeout(now: now)
        if let agent = agent as? ICEControllingAgent, agent.hasRoleConflict { fail(.roleConflict) }
        return .consumed
    }

    private func receiveDTLS(_ datagram: UnsafeRawBufferPointer, from address: TransportAddress, now: MonotonicTime) -> Received {
        guard paths.accepts(address, now: now) else { return drop(.addressNotValidated) }
        guard DTLSAssociation.looksLikeRecord(datagram) else { return drop(.dtlsMalformed) }
        startAssociation(now: now)
        association?.receive(datagram, now: now)
        collect(now: now)
        return .consumed
    }

    private func drop(_ reason: DropReason) -> Received {
        drops.count(reason)
        return .dropped(reason)
    }

    // MARK: After every step

    /// Carries what the inner machines have to say to the owner, and what one achieved to the next.
    private func collect(now: MonotonicTime?) {
        while let event = paths.pollEvent() {
            switch event {
            case .selected(let address):
                emit(.selected(address))
                if let now { startAssociation(now: now) }
                connectBy = nil
            case .consentLost: emit(.consentLost)
            case .recovered: emit(.recovered)
            }
        }
        guard let association else { return }
        if let address = paths.provisional {
            while let datagram = association.pollTransmit() { outbox.send(datagram, to: address) }
        }
        switch association.state {
        case .handshaking: break
        case .established: if sending == nil { secure(association) }
        case .closed: if phase == .open { end(telling: .closed) }
        case .failed: if phase == .open { fail(.handshake) }
        }
    }

    private func startAssociation(now: MonotonicTime) {
        guard association == nil else { return }
        association = DTLSAssociation(identity, role: dtlsRole)
        association?.start(now: now)
        if association == nil { fail(.handshake) }
    }

    private func secure(_ association: DTLSAssociation) {
        guard association.peerMatches(fingerprints) else { return fail(.fingerprintMismatch) }
        guard let keys = association.exportKeys() else { return fail(.noCommonProfile) }
        let own = dtlsRole == .client ? keys.client : keys.server
        let theirs = dtlsRole == .client ? keys.server : keys.client
        guard let sending = SRTPContext(keys.profile, master: own, isSending: true),
            let receiving = SRTPContext(keys.profile, master: theirs, isSending: false)
        else { return fail(.noCommonProfile) }
        self.sending = sending
        self.receiving = receiving
        emit(.secured(keys.profile))
    }

    private func fail(_ reason: TransportFailure) {
        guard phase != .ended else { return }
        if let association, let address = paths.provisional {
            association.close()
            while let datagram = association.pollTransmit() { outbox.send(datagram, to: address) }
        }
        end(telling: .failed(reason))
    }

    private func end(telling event: TransportEvent? = nil) {
        phase = .ended
        sending = nil
        receiving = nil
        if let event { emit(event) }
    }

    private func emit(_ event: TransportEvent) {
        if events.count < RTCLimits.waitingEvents { events.append(event) }
    }
}

/// One counter per reason, inline; room for a few reasons more than there are.
struct DropCounters {
    private var counts = InlineArray<24, UInt64>(repeating: 0)

    subscript(reason: DropReason) -> UInt64 { counts[Int(reason.rawValue)] }

    mutating func count(_ reason: DropReason) { counts[Int(reason.rawValue)] &+= 1 }
}
