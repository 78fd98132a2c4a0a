internal import Basics
internal import Charging
internal import Lines
internal import Logging
internal import Media
internal import Storage

// What the machines ask for.
extension CallControl {
    /// Gives an event to a call's machine and performs what it answers.
    func feed(_ call: LiveCall, _ event: CallEvent) {
        let now = clock.now()
        for action in call.machine.handle(event, at: now) { perform(action, of: call, at: now) }
        arm(call)
    }

    private func perform(_ action: CallAction, of call: LiveCall, at now: Timestamp) {
        let id = call.id
        switch action {
        case .ring(let device):
            call.rungAt = call.rungAt ?? now
            deliver(.incoming(id, from: call.caller.party, kind: call.kind), to: device)
        case .tellRinging: deliver(.ringing(id), to: call.caller.device)
        case .stopRinging(let device, let reason): stopRinging(device, reason, of: call)
        case .joinMedia(let device):
            call.change(.callee) { $0.device = device }
            devices[device]?.call = id
            call.media.add { await self.joinMedia(of: id, device: device) }
        case .connect(let device): connect(call, device, at: now)
        case .tellPeer(let role, let link):
            guard let device = call.side(role)?.device else { return }
            deliver(.peer(name(of: call, for: device), link), to: device)
        case .askRenegotiation(let role):
            call.change(role) { $0.isLegDead = true }
            guard let device = call.side(role)?.device else { return }
            deliver(.renegotiate(name(of: call, for: device)), to: device)
        case .end(let ending): finish(call, ending, at: now)
        }
    }

    private func stopRinging(_ device: DeviceID, _ reason: StopReason, of call: LiveCall) {
        call.deviceOutcomes[device] =
            switch reason {
            case .answeredElsewhere: .answeredElsewhere
            case .declinedElsewhere: .declined
            case .cancelled: .cancelled
            case .noAnswer: .noAnswer
            case .failed: .failed
            }
        guard call.stopped.insert(device).inserted else { return }
        deliver(.stopped(call.id, reason), to: device)
    }

    /// The talk begins: from this instant it is charged.
    private func connect(_ call: LiveCall, _ device: DeviceID, at now: Timestamp) {
        guard let admission = call.admission, case .mayRing(_, let grant) = admission.verdict, let callee = call.callee else {
            return
        }
        call.answeredAt = now
        let watch = CreditWatch(answeredAt: now, tariff: admission.tariff, zone: zone, grant: grant)
        call.watch = watch
        let id = call.id
        call.books.add { await self.recordTheAnswer(of: id) }
        deliver(
            .connected(
                call.id,
                CallConnected(at: now, kind: call.kind, peer: callee.party, payer: true, pricePerSecond: watch.pricePerSecond)
            ),
            to: call.caller.device)
        deliver(
            .connected(
                name(of: call, for: device),
                CallConnected(at: now, kind: call.kind, peer: call.caller.party, payer: false, pricePerSecond: nil)), to: device)
        watchCredit(of: call)
    }
}
