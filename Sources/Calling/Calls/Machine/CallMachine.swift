public import Basics
internal import Charging
public import Lines

/// One call as a pure machine: events in, actions out, time as an argument. The table in this room's README is its specification; the
/// tests walk every row of it. ``CallControl`` is the shell that performs the actions.
public struct CallMachine: Sendable {
    fileprivate enum State: Sendable {
        /// Routing, holds, credit and the caller's media are being looked at.
        case checking(Checking)
        /// The called line's devices ring.
        case ringing(Ringing)
        /// One device answered; its media is being joined.
        case connecting(Connecting)
        /// They talk.
        case talking(Talking)
        /// Over; nothing happens any more.
        case ended
    }

    fileprivate struct Checking: Sendable {
        var caller: CallLink
        /// The called party dialled the caller meanwhile: this device answers as soon as the call may ring.
        var eager: DeviceID?
    }

    fileprivate struct Ringing: Sendable {
        var caller: CallLink
        var ringers: [Ringer]
        let until: Timestamp
    }

    fileprivate struct Ringer: Sendable {
        let device: DeviceID
        /// Since when its page is away; nil while it is there.
        var awaySince: Timestamp?
    }

    fileprivate struct Connecting: Sendable {
        var links: CallLinks
        let answering: DeviceID
        let until: Timestamp
    }

    fileprivate struct Talking: Sendable {
        var links: CallLinks
        let answering: DeviceID
    }

    /// The device that dialled.
    public let caller: DeviceID
    private var state: State

    /// A call that has just been dialled.
    public init(caller: DeviceID) {
        self.caller = caller
        state = .checking(Checking(caller: CallLink()))
    }

    /// Where the call stands.
    public var phase: CallMachinePhase {
        switch state {
        case .checking: .checking
        case .ringing: .ringing
        case .connecting: .connecting
        case .talking: .talking
        case .ended: .ended
        }
    }

    /// The device that answered, once one did.
    public var answering: DeviceID? {
        switch state {
        case .connecting(let connecting): connecting.answering
        case .talking(let talking): talking.answering
        case .checking, .ringing, .ended: nil
        }
    }

    /// The devices that ring now.
    public var ringing: [DeviceID] {
        guard case .ringing(let ringing) = state else { return [] }
        return ringing.ringers.map(\.device)
    }

    /// Whether media has been up on both sides of the talk.
    public var hasHadMedia: Bool {
        guard case .talking(let talking) = state else { return false }
        return CallRole.allCases.allSatisfy { talking.links[$0].media != .never }
    }

    /// When the machine wants a `tick`, if nothing happens before.
    public var deadline: Timestamp? {
        switch state {
        case .checking(let checking): checking.caller.signalDeadline
        case .ringing(let ringing): ringing.deadline
        case .connecting(let connecting): connecting.until
        case .talking(let talking): talking.links.deadline
        case .ended: nil
        }
    }

    /// Takes an event; the actions are to be performed in order.
    public mutating func handle(_ event: CallEvent, at now: Timestamp) -> [CallAction] {
        switch state {
        case .checking(let checking): handleChecking(checking, event, now)
        case .ringing(let ringing): handleRinging(ringing, event, now)
        case .connecting(let connecting): handleConnecting(connecting, event, now)
        case .talking(let talking): handleTalking(talking, event, now)
        case .ended: handleEnded(event)
        }
    }
}

// MARK: Checking

extension CallMachine {
    private mutating func handleChecking(_ before: Checking, _ event: CallEvent, _ now: Timestamp) -> [CallAction] {
        var checking = before
        switch event {
        case .admitted(let devices): return admit(checking, devices, now)
        case .refused(let outcome): return end(outcome, by: nil)
        case .accepted(let device): checking.eager = device
        case .declined(let device) where device == checking.eager: checking.eager = nil
        case .hungUp(.caller): return end(.cancelled, by: .caller)
        case .mediaFailed(.caller): return end(.failed, by: nil)
        case .signalLost(let device) where device == caller: checking.caller.loseSignal(now)
        case .signalBack(let device) where device == caller: checking.caller.regainSignal()
        case .mediaBack(.caller): checking.caller.regainMedia()
        case .mediaLost(.caller): checking.caller.loseMedia(now)
        case .tick where checking.caller.isLost(at: now): return end(.lost, by: .caller)
        case .shutDown: return end(.failed, by: nil)
        default: break
        }
        state = .checking(checking)
        return []
    }

    private mutating func admit(_ checking: Checking, _ devices: [DeviceID], _ now: Timestamp) -> [CallAction] {
        if let eager = checking.eager {
            return join(eager, caller: checking.caller, others: [], now)
        }
        guard !devices.isEmpty else { return end(.unreachable, by: nil) }
        state = .ringing(
            Ringing(
                caller: checking.caller, ringers: devices.map { Ringer(device: $0) },
                until: now.adding(seconds: CallsLimits.ringSeconds)))
        return devices.map { .ring($0) } + [.tellRinging]
    }
}

// MARK: Ringing

extension CallMachine.Ringing {
    fileprivate var deadline: Timestamp {
        let away = ringers.compactMap { $0.awaySince?.adding(seconds: CallsLimits.absenceSeconds) }
        // Only when the last one is gone does absence end the call.
        let allAway = away.count == ringers.count ? away.max() : nil
        return [until, allAway, caller.signalDeadline].compactMap(\.self).min() ?? until
    }

    fileprivate func isDeserted(at now: Timestamp) -> Bool {
        ringers.allSatisfy { ringer in ringer.awaySince.map { now >= $0.adding(seconds: CallsLimits.absenceSeconds) } ?? false }
    }
}

extension CallMachine {
    private mutating func handleRinging(_ before: Ringing, _ event: CallEvent, _ now: Timestamp) -> [CallAction] {
        var ringing = before
        switch event {
        case .accepted(let device):
            return join(device, caller: ringing.caller, others: ringing.ringers.map(\.device), now)
        case .declined(let device): return decline(ringing, device)
        case .hungUp(.caller): return stopAll(ringing, .cancelled, then: .cancelled, by: .caller)
        case .deviceArrived(let device): return ringLate(ringing, device)
        case .signalLost(let device): ringing.markAway(device, since: now, caller: caller)
        case .signalBack(let device): ringing.markPresent(device, caller: caller)
        case .mediaBack(.caller): ringing.caller.regainMedia()
        case .mediaLost(.caller): ringing.caller.loseMedia(now)
        case .mediaFailed(.caller): return stopAll(ringing, .failed, then: .failed, by: nil)
        case .tick: return tickRinging(ringing, now)
        case .shutDown: return stopAll(ringing, .failed, then: .failed, by: nil)
        default: break
        }
        state = .ringing(ringing)
        return []
    }

    private mutating func tickRinging(_ ringing: Ringing, _ now: Timestamp) -> [CallAction] {
        if now >= ringing.until { return stopAll(ringing, .noAnswer, then: .noAnswer, by: nil) }
        if ringing.caller.isLost(at: now) { return stopAll(ringing, .cancelled, then: .lost, by: .caller) }
        if ringing.isDeserted(at: now) { return stopAll(ringing, .failed, then: .unreachable, by: nil) }
        return []
    }

    private mutating func decline(_ ringing: Ringing, _ device: DeviceID) -> [CallAction] {
        guard ringing.ringers.contains(where: { $0.device == device }) else { return [] }
        let others = ringing.ringers.map(\.device).filter { $0 != device }
        return others.map { .stopRinging($0, .declinedElsewhere) }
            + end(.declined, by: .callee, devices: [device: .declined].merging(others.map { ($0, .declined) }) { own, _ in own })
    }

    private mutating func ringLate(_ before: Ringing, _ device: DeviceID) -> [CallAction] {
        var ringing = before
        guard !ringing.ringers.contains(where: { $0.device == device }) else {
            ringing.markPresent(device, caller: caller)
            state = .ringing(ringing)
            return []
        }
        guard ringing.ringers.count < CallsLimits.devicesPerLine else { return [] }
        ringing.ringers.append(Ringer(device: device))
        state = .ringing(ringing)
        return [.ring(device)]
    }

    private mutating func join(_ device: DeviceID, caller: CallLink, others: [DeviceID], _ now: Timestamp) -> [CallAction] {
        state = .connecting(
            Connecting(
                links: CallLinks(caller: caller, callee: CallLink()), answering: device,
                until: now.adding(seconds: CallsLimits.connectSeconds)))
        return others.filter { $0 != device }.map { .stopRinging($0, .answeredElsewhere) } + [.joinMedia(device)]
    }

    private mutating func stopAll(
        _ ringing: Ringing, _ reason: StopReason, then outcome: CallOutcome, by role: CallRole?
    ) -> [CallAction] {
        let devices = ringing.ringers.map(\.device)
        return devices.map { .stopRinging($0, reason) }
            + end(outcome, by: role, devices: Dictionary(devices.map { ($0, outcome) }) { first, _ in first })
    }
}

extension CallMachine.Ringing {
    fileprivate mutating func markAway(_ device: DeviceID, since now: Timestamp, caller dialling: DeviceID) {
        if device == dialling { caller.loseSignal(now) }
        for index in ringers.indices where ringers[index].device == device && ringers[index].awaySince == nil {
            ringers[index].awaySince = now
        }
    }

    fileprivate mutating func markPresent(_ device: DeviceID, caller dialling: DeviceID) {
        if device == dialling { caller.regainSignal() }
        for index in ringers.indices where ringers[index].device == device { ringers[index].awaySince = nil }
    }
}

// MARK: Connecting

extension CallMachine {
    private mutating func handleConnecting(_ before: Connecting, _ event: CallEvent, _ now: Timestamp) -> [CallAction] {
        var connecting = before
        switch event {
        case .calleeReady:
            connecting.links.beginTalk(now)
            state = .talking(Talking(links: connecting.links, answering: connecting.answering))
            return [.connect(connecting.answering)]
        case .accepted(let device) where device != connecting.answering: return [.stopRinging(device, .answeredElsewhere)]
        case .hungUp(.caller): return endAnswered(.cancelled, by: .caller, connecting.answering)
        case .hungUp(.callee): return endAnswered(.declined, by: .callee, connecting.answering)
        case .mediaFailed: return endAnswered(.failed, by: nil, connecting.answering)
        case .signalLost(let device): connecting.links.loseSignal(of: role(of: device, connecting.answering), now)
        case .signalBack(let device): connecting.links.regainSignal(of: role(of: device, connecting.answering))
        case .mediaLost(let role): connecting.links.change(role) { $0.loseMedia(now) }
        case .mediaBack(let role): connecting.links.change(role) { $0.regainMedia() }
        case .tick where now >= connecting.until: return endAnswered(.failed, by: nil, connecting.answering)
        case .shutDown: return endAnswered(.failed, by: nil, connecting.answering)
        default: break
        }
        state = .connecting(connecting)
        return []
    }

    private func role(of device: DeviceID, _ answering: DeviceID) -> CallRole? {
        if device == caller { return .caller }
        return device == answering ? .callee : nil
    }
}

// MARK: Talking

extension CallMachine {
    private mutating func handleTalking(_ before: Talking, _ event: CallEvent, _ now: Timestamp) -> [CallAction] {
        var talking = before
        var actions: [CallAction] = []
        switch event {
        case .hungUp(let role): return endAnswered(.hungUp, by: role, talking.answering)
        case .creditCut: return endAnswered(.credit, by: nil, talking.answering)
        case .chargingFailed, .shutDown: return endAnswered(.failed, by: nil, talking.answering)
        case .accepted(let device) where device != talking.answering: return [.stopRinging(device, .answeredElsewhere)]
        case .signalLost(let device): talking.links.loseSignal(of: role(of: device, talking.answering), now)
        case .signalBack(let device): talking.links.regainSignal(of: role(of: device, talking.answering))
        case .mediaLost(let role):
            if talking.links[role].media == .up { actions = [.tellPeer(role.other, .reconnecting)] }
            talking.links.change(role) { $0.loseMedia(now) }
        case .mediaFailed(let role):
            if talking.links[role].media == .up { actions = [.tellPeer(role.other, .reconnecting)] }
            talking.links.change(role) { $0.loseMedia(now) }
            actions.append(.askRenegotiation(role))
        case .mediaBack(let role):
            if talking.links[role].media == .lost { actions = [.tellPeer(role.other, .back)] }
            talking.links.change(role) { $0.regainMedia() }
        case .tick:
            if let role = talking.links.lostRole(at: now) {
                let neverFlowed = talking.links[role].media == .never
                return endAnswered(
                    neverFlowed ? .failed : .lost, by: neverFlowed ? nil : role, talking.answering, isFree: neverFlowed)
            }
        default: break
        }
        state = .talking(talking)
        return actions
    }

    // MARK: Ending

    private mutating func endAnswered(
        _ outcome: CallOutcome, by role: CallRole?, _ answering: DeviceID, isFree: Bool = false
    ) -> [CallAction] {
        end(outcome, by: role, devices: [answering: outcome], isFree: isFree)
    }

    private mutating func end(
        _ outcome: CallOutcome, by role: CallRole?, devices: [DeviceID: CallOutcome] = [:], isFree: Bool = false
    ) -> [CallAction] {
        state = .ended
        return [.end(CallEnding(outcome: outcome, by: role, devices: devices, isFree: isFree))]
    }

    private func handleEnded(_ event: CallEvent) -> [CallAction] {
        if case .accepted(let device) = event { return [.stopRinging(device, .cancelled)] }
        return []
    }
}
