/// The server's side (RFC 8445 section 2.5): it has one address, never sends a check, answers those of the controlling peer, learns the
/// peer's addresses from them and sends to the one nominated last.
final class ICELiteAgent: ICEAgent {
    private var current: ICEGeneration
    /// Before an ICE restart is through, the old path goes on: make before break.
    private var previous: ICEGeneration?

    private var recent = RecentChecks()

    let deadline: MonotonicTime? = nil

    init(_ generation: ICEGeneration) { current = generation }

    /// New credentials on both sides.
    func restart(_ generation: ICEGeneration) {
        // When a restart overtakes another, the path that works is still that of the generation before both.
        previous = previous ?? current
        current = generation
    }

    func receive(
        _ message: STUNMessage, _ datagram: UnsafeRawBufferPointer, from address: TransportAddress, now: MonotonicTime,
        paths: inout ICEPaths, outbox: inout Outbox
    ) -> DropReason? {
        guard message.kind == .bindingRequest else { return message.kind == .bindingIndication ? nil : .stunUnexpected }
        guard let generation = generation(of: message, in: datagram) else { return .stunUnknownUser }
        guard generation.authenticates(message, in: datagram) else { return .stunNotAuthentic }
        guard recent.admits(message.transactionID, from: address) else { return .stunReplayed }
        if message.unknownCount > 0 {
            outbox.send(generation.error(STUN.ErrorCode.unknownAttribute, "Unknown Attribute", for: message), to: address)
            return .stunUnexpected
        }
        if message.controlled != nil {
            // A lite side is always the controlled one, so the peer has to change its role.
            outbox.send(generation.error(STUN.ErrorCode.roleConflict, "Role Conflict", for: message), to: address)
            return .stunRoleConflict
        }
        guard message.controlling != nil, message.priority != nil else {
            outbox.send(generation.error(STUN.ErrorCode.badRequest, "Bad Request", for: message), to: address)
            return .stunUnexpected
        }
        outbox.send(generation.success(for: message, from: address), to: address)
        paths.checked(address, now: now)
        if message.useCandidate {
            paths.select(address, now: now)
            if generation.local == current.local { previous = nil }
        }
        return nil
    }

    func handleTimeout(now: MonotonicTime, paths: inout ICEPaths, outbox: inout Outbox) {}

    private func generation(of message: STUNMessage, in datagram: UnsafeRawBufferPointer) -> ICEGeneration? {
        if current.isNamed(by: message, in: datagram) { return current }
        if let previous, previous.isNamed(by: message, in: datagram) { return previous }
        return nil
    }
}

/// The checks seen lately, and from where. A captured check that comes again from elsewhere would make the attacker's address a valid
/// one; a repetition from the same address is only a retransmission.
struct RecentChecks {
    private var seen: [(id: STUN.TransactionID, address: TransportAddress)] = []
    private var next = 0

    init() { seen.reserveCapacity(RTCLimits.recentChecks) }

    /// Whether this check is new or a retransmission; new ones are remembered in place of the oldest.
    mutating func admits(_ id: STUN.TransactionID, from address: TransportAddress) -> Bool {
        for check in seen where check.id == id { return check.address == address }
        if seen.count < RTCLimits.recentChecks {
            seen.append((id, address))
        } else {
            seen[next] = (id, address)
            next = (next + 1) % RTCLimits.recentChecks
        }
        return true
    }
}
