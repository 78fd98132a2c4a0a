/// The caller's side: a full agent (RFC 8445) with one socket that checks the peer's addresses, nominates the best that answers, and
/// keeps asking for consent (RFC 7675).
final class ICEControllingAgent: ICEAgent {
    /// A remote address as seen from our one socket.
    private struct Pair {
        enum State { case waiting, inProgress, succeeded, failed }
        let address: TransportAddress
        let priority: UInt32
        var state = State.waiting
    }

    /// A request that awaits its answer.
    private struct Check {
        let transactionID: STUN.TransactionID
        let address: TransportAddress
        let nominates: Bool
        let isConsent: Bool
        let datagram: [UInt8]
        var sent = 1
        var nextSend: MonotonicTime
        var interval: MonotonicTime.Interval
    }

    private enum Phase { case checking, nominating, selected }

    /// RFC 8445 section 14.2.
    static let pacing = MonotonicTime.Interval.milliseconds(50)
    /// RFC 8445 asks for 500 ms as a start; a call waits, and the first answer of a healthy path comes within 150.
    static let firstRetransmission = MonotonicTime.Interval.milliseconds(150)
    static let slowestRetransmission = MonotonicTime.Interval.milliseconds(1_200)
    /// RFC 8489 section 6.2.1.
    static let transmissions = 7
    /// How long a better path may still answer after the first did.
    static let nominationPause = MonotonicTime.Interval.milliseconds(100)
    static let consentInterval = MonotonicTime.Interval.seconds(5)
    /// While the peer does not answer, it is asked more often: its silence may be a change of network.
    static let anxiousInterval = MonotonicTime.Interval.seconds(1)

    private(set) var hasRoleConflict = false
    private var generation: ICEGeneration
    private let nomination: ICENomination
    private var random: RandomSource
    private var phase = Phase.checking
    private var pairs: [Pair] = []
    private var checks: [Check] = []
    private var nextPaced: MonotonicTime?
    private var nominateAt: MonotonicTime?
    private var nextConsent: MonotonicTime?

    init(
        _ generation: ICEGeneration, candidates: [ICECandidate], nomination: ICENomination, random: RandomSource,
        now: MonotonicTime
    ) {
        self.generation = generation
        self.nomination = nomination
        self.random = random
        begin(candidates, now: now)
    }

    var deadline: MonotonicTime? {
        var soonest = MonotonicTime.soonest(MonotonicTime.soonest(nextPaced, nominateAt), nextConsent)
        for check in checks { soonest = MonotonicTime.soonest(soonest, check.nextSend) }
        return soonest
    }

    /// New credentials; the selected path goes on until a new one is nominated.
    func restart(_ generation: ICEGeneration, candidates: [ICECandidate], now: MonotonicTime) {
        self.generation = generation
        begin(candidates.isEmpty ? pairs.map { ICECandidate(address: $0.address, priority: $0.priority) } : candidates, now: now)
    }

    /// Our own address may have changed: every path is checked again at once.
    func checkAgain(now: MonotonicTime) {
        for index in pairs.indices where pairs[index].state != .inProgress { pairs[index].state = .waiting }
        nextPaced = now
        if phase == .selected { nextConsent = now }
    }

    private func begin(_ candidates: [ICECandidate], now: MonotonicTime) {
        pairs = []
        checks = []
        phase = .checking
        nominateAt = nil
        nextConsent = nil
        for candidate in candidates { addPair(candidate) }
        nextPaced = pairs.isEmpty ? nil : now
    }

    private func addPair(_ candidate: ICECandidate) {
        guard pairs.count < RTCLimits.candidatePairs, !pairs.contains(where: { $0.address == candidate.address }) else { return }
        pairs.append(Pair(address: candidate.address, priority: candidate.priority))
        pairs.sort { $0.priority > $1.priority }
    }

    // MARK: Time

    func handleTimeout(now: MonotonicTime, paths: inout ICEPaths, outbox: inout Outbox) {
        retransmit(now: now, outbox: &outbox)
        if let nominateAt, nominateAt <= now { nominate(now: now, outbox: &outbox) }
        if let nextPaced, nextPaced <= now { checkNext(now: now, outbox: &outbox) }
        if let nextConsent, nextConsent <= now { askConsent(now: now, paths: paths, outbox: &outbox) }
    }

    private func retransmit(now: MonotonicTime, outbox: inout Outbox) {
        var index = 0
        while index < checks.count {
            guard checks[index].nextSend <= now else {
                index += 1
                continue
            }
            if checks[index].isConsent || checks[index].sent == Self.transmissions {
                giveUp(checks.remove(at: index), now: now)
                continue
            }
            checks[index].sent += 1
            checks[index].interval = min(checks[index].interval * 2, Self.slowestRetransmission)
            checks[index].nextSend = now + checks[index].interval
            outbox.send(checks[index].datagram, to: checks[index].address)
            index += 1
        }
    }

    private func giveUp(_ check: Check, now: MonotonicTime) {
        guard !check.isConsent else { return }
        setState(.failed, of: check.address)
        if check.nominates, nomination == .regular, phase == .nominating {
            phase = .checking
            nominateAt = pairs.contains { $0.state == .succeeded } ? now : nil
        }
        // A blackout is no reason to stop: what failed is tried again, slowly, until the owner gives up.
        if pairs.allSatisfy({ $0.state == .failed }) {
            for index in pairs.indices { pairs[index].state = .waiting }
            nextPaced = now + Self.anxiousInterval
        }
    }

    private func checkNext(now: MonotonicTime, outbox: inout Outbox) {
        guard let index = pairs.firstIndex(where: { $0.state == .waiting }) else { return nextPaced = nil }
        pairs[index].state = .inProgress
        send(to: pairs[index].address, nominates: nomination == .aggressive, isConsent: false, now: now, outbox: &outbox)
        nextPaced = now + Self.pacing
    }

    private func nominate(now: MonotonicTime, outbox: inout Outbox) {
        nominateAt = nil
        guard phase == .checking, let best = pairs.first(where: { $0.state == .succeeded }) else { return }
        phase = .nominating
        send(to: best.address, nominates: true, isConsent: false, now: now, outbox: &outbox)
    }

    private func askConsent(now: MonotonicTime, paths: ICEPaths, outbox: inout Outbox) {
        guard let selected = paths.selected else { return nextConsent = nil }
        // Earlier questions stay open, so that a late answer still counts; an answer puts the next one off to the usual interval.
        send(to: selected, nominates: true, isConsent: true, now: now, outbox: &outbox)
        nextConsent = now + spread(Self.anxiousInterval)
        guard paths.isConsentLost, nextPaced == nil else { return }
        // Perhaps another path lives: check and nominate afresh.
        phase = .checking
        checkAgain(now: now)
    }

    /// Between 0.8 and 1.2 of an interval (RFC 7675 section 5.1), so that legs do not ask in step.
    private func spread(_ interval: MonotonicTime.Interval) -> MonotonicTime.Interval {
        .microseconds(Int64.random(in: interval.microseconds * 8 / 10...interval.microseconds * 12 / 10, using: &random))
    }

    private func send(
        to address: TransportAddress, nominates: Bool, isConsent: Bool, now: MonotonicTime, outbox: inout Outbox
    ) {
        if checks.count >= RTCLimits.openChecks { checks.removeFirst() }
        let id = STUN.TransactionID(high: UInt32(truncatingIfNeeded: random.next()), low: random.next())
        var request = STUNWriter(.bindingRequest, id)
        request.username(generation.outgoingUsername)
        // The greatest tie-breaker wins every conflict of roles: this agent always controls.
        request.controlling(.max)
        request.priority(Self.peerReflexivePriority)
        if nominates { request.useCandidate() }
        let datagram = request.finish(key: generation.remoteKey)
        checks.append(
            Check(
                transactionID: id, address: address, nominates: nominates, isConsent: isConsent, datagram: datagram,
                nextSend: now + (isConsent ? Self.consentInterval : Self.firstRetransmission), interval: Self.firstRetransmission)
        )
        outbox.send(datagram, to: address)
    }

    /// RFC 8445 section 5.1.2.1 with type preference 110, local preference 65535, component 1.
    private static let peerReflexivePriority: UInt32 = 110 << 24 | 65535 << 8 | 255

    // MARK: Messages

    func receive(
        _ message: STUNMessage, _ datagram: UnsafeRawBufferPointer, from address: TransportAddress, now: MonotonicTime,
        paths: inout ICEPaths, outbox: inout Outbox
    ) -> DropReason? {
        switch message.kind {
        case .bindingIndication: nil
        case .bindingRequest: answer(message, datagram, from: address, now: now, outbox: &outbox)
        case .bindingSuccess, .bindingError: takeAnswer(message, datagram, from: address, now: now, paths: &paths)
        }
    }

    private func takeAnswer(
        _ message: STUNMessage, _ datagram: UnsafeRawBufferPointer, from address: TransportAddress, now: MonotonicTime,
        paths: inout ICEPaths
    ) -> DropReason? {
        // An answer from elsewhere than asked would prove a path that is not symmetric (RFC 8445 section 7.2.5.2.1).
        guard let index = checks.firstIndex(where: { $0.transactionID == message.transactionID && $0.address == address })
        else { return .stunUnexpected }
        guard message.isAuthentic(key: generation.remoteKey, in: datagram) else { return .stunNotAuthentic }
        let check = checks.remove(at: index)
        guard message.kind == .bindingSuccess else {
            hasRoleConflict = hasRoleConflict || message.errorCode == STUN.ErrorCode.roleConflict
            setState(.failed, of: address)
            return nil
        }
        setState(.succeeded, of: address)
        paths.checked(address, now: now)
        if check.nominates {
            if phase != .selected || isBetter(address, than: paths.selected) { paths.select(address, now: now) }
            settle(now: now)
        } else if phase == .checking, nominateAt == nil {
            let isBest = pairs.first { $0.state != .failed }?.address == address
            nominateAt = isBest ? now : now + Self.nominationPause
        }
        return nil
    }

    /// A path is selected and answers: until the next question of consent there is nothing to do.
    private func settle(now: MonotonicTime) {
        phase = .selected
        checks.removeAll { $0.isConsent }
        nextConsent = now + spread(Self.consentInterval)
    }

    private func isBetter(_ address: TransportAddress, than other: TransportAddress?) -> Bool {
        guard let mine = pairs.firstIndex(where: { $0.address == address }) else { return false }
        guard let theirs = pairs.firstIndex(where: { $0.address == other && $0.state == .succeeded }) else { return true }
        return mine < theirs
    }

    private func answer(
        _ message: STUNMessage, _ datagram: UnsafeRawBufferPointer, from address: TransportAddress, now: MonotonicTime,
        outbox: inout Outbox
    ) -> DropReason? {
        guard generation.isNamed(by: message, in: datagram) else { return .stunUnknownUser }
        guard generation.authenticates(message, in: datagram) else { return .stunNotAuthentic }
        if message.controlling != nil {
            outbox.send(generation.error(STUN.ErrorCode.roleConflict, "Role Conflict", for: message), to: address)
            return .stunRoleConflict
        }
        outbox.send(generation.success(for: message, from: address), to: address)
        // A triggered check (RFC 8445 section 7.3.1.4), also of an address that was not signalled.
        addPair(ICECandidate(address: address, priority: message.priority ?? 0))
        if let index = pairs.firstIndex(where: { $0.address == address }), pairs[index].state == .failed {
            pairs[index].state = .waiting
        }
        if nextPaced == nil, pairs.contains(where: { $0.state == .waiting }) { nextPaced = now }
        return nil
    }

    private func setState(_ state: Pair.State, of address: TransportAddress) {
        for index in pairs.indices where pairs[index].address == address { pairs[index].state = state }
    }
}
