internal import Basics
internal import Charging
internal import Lines
internal import Logging
internal import Media
internal import Storage

// The end of calls: media is cut at once, then the call is settled, recorded and told.
extension CallControl {
    func finish(_ call: LiveCall, _ ending: CallEnding, at now: Timestamp) {
        call.endedAt = now
        let id = call.id
        call.media.add {
            await self.closeLegs(of: id)
        }
        let cut = call.media.end
        for device in [call.caller.device, call.callee?.device, call.folded?.device].compactMap(\.self)
        where devices[device]?.call == id {
            devices[device]?.call = nil
        }
        let outcomes = call.deviceOutcomes.merging(ending.devices) { own, _ in own }
        call.deviceOutcomes = outcomes
        call.books.add {
            await cut?.value
            await self.settle(id, ending)
        }
        // Whoever waits for a slow database hears of the end all the same.
        Task { [clock] in
            try? await clock.sleep(until: now.adding(seconds: CallsLimits.endTellSeconds))
            self.tellUnsettledEnd(of: id, ending)
        }
        redialFolded(call, ending)
    }

    private func closeLegs(of id: CallID) async {
        guard let call = calls[id] else { return }
        for role in CallRole.allCases { await closeLeg(of: call, role) }
    }

    // MARK: Settling

    private func settle(_ id: CallID, _ ending: CallEnding) async {
        guard let call = calls[id] else { return }
        defer { forget(call) }
        guard call.isRecorded else { return tellEnd(of: call, ending, seconds: 0, cost: .zero) }
        let request = settling(call, ending)
        let (zone, answer) = (zone, missingAnswer(of: call))
        var pause: Int64 = 1
        for attempt in 1...CallsLimits.settleAttempts {
            let now = clock.now()
            do throws(Fault) {
                let (seconds, cost) = try await database.write { tx throws(Fault) in
                    try answer?.record(in: tx, zone: zone)
                    return try settleCall(request, in: tx, at: now, zone: zone)
                }
                return tellEnd(of: call, ending, seconds: seconds, cost: cost)
            } catch {
                logger.error(
                    "a call could not be settled", metadata: ["call": "\(id)", "attempt": "\(attempt)", "fault": "\(error)"])
            }
            tellUnsettledEnd(of: id, ending)
            if isStopping && attempt >= CallsLimits.settleAttemptsAtStop { break }
            try? await clock.sleep(until: now.adding(seconds: pause))
            pause = min(pause * 2, 60)
        }
        // What is left open now is settled at its last confirmed second by the sweep or the next start.
    }

    private func settling(_ call: LiveCall, _ ending: CallEnding) -> SettleCallRequest {
        var account: AccountID?
        if let admission = call.admission, case .mayRing = admission.verdict { account = admission.account }
        let used = ending.isFree ? 0 : call.endedAt.flatMap { call.watch?.usedSeconds(at: $0) } ?? 0
        var devices: [DeviceOutcome] = []
        if let device = call.caller.device {
            devices.append(DeviceOutcome(device: device, line: call.caller.line, outcome: ending.outcome))
        }
        if let callee = call.callee {
            for (device, outcome) in call.deviceOutcomes.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                devices.append(DeviceOutcome(device: device, line: callee.line, outcome: outcome))
            }
        }
        let totals = call.callee.map { #"{"caller":\#(call.caller.totals.json),"callee":\#($0.totals.json)}"# }
        return SettleCallRequest(
            call: call.id, kind: call.kind, account: account, usedSeconds: used, outcome: ending.outcome, endedBy: ending.by,
            rungAt: call.rungAt, answeredAt: call.answeredAt, endedAt: call.endedAt, devices: devices,
            media: call.answeredAt == nil ? nil : totals)
    }

    /// Drops a call that is over and settled, or given up.
    private func forget(_ call: LiveCall) {
        call.timer?.cancel()
        call.timer = nil
        calls[call.id] = nil
        for line in [call.caller.line, call.callee?.line].compactMap(\.self) {
            callsOfLine[line]?.remove(call.id)
            if callsOfLine[line]?.isEmpty == true { callsOfLine[line] = nil }
        }
        callsToNumber[call.dialled]?.remove(call.id)
        if callsToNumber[call.dialled]?.isEmpty == true { callsToNumber[call.dialled] = nil }
        if let folded = call.folded, aliases[folded.call] == call.id { aliases[folded.call] = nil }
    }

    // MARK: Telling

    func tellUnsettledEnd(of id: CallID, _ ending: CallEnding) {
        guard let call = calls[id], !call.isEndTold else { return }
        let used = ending.isFree ? 0 : call.endedAt.flatMap { call.watch?.usedSeconds(at: $0) } ?? 0
        let cost = used == 0 ? .zero : call.endedAt.flatMap { call.watch?.cost(at: $0) } ?? .zero
        tellEnd(of: call, ending, seconds: used, cost: cost)
    }

    /// Tells everybody who still takes part; the others have been told that it stopped ringing.
    private func tellEnd(of call: LiveCall, _ ending: CallEnding, seconds: Int64, cost: Money) {
        guard !call.isEndTold else { return }
        call.isEndTold = true
        let wasPayer = call.watch != nil
        tell(call, ending, to: call.caller.device, as: .caller, seconds: seconds, cost: wasPayer ? cost : nil)
        var told = Set([call.callee?.device].compactMap(\.self))
        told.formUnion(ending.devices.keys.filter { !call.stopped.contains($0) })
        if let folded = call.folded { told.insert(folded.device) }
        for device in told { tell(call, ending, to: device, as: .callee, seconds: seconds, cost: nil) }
    }

    private func tell(
        _ call: LiveCall, _ ending: CallEnding, to device: DeviceID?, as role: CallRole, seconds: Int64, cost: Money?
    ) {
        guard let device else { return }
        let ender = visibleEnder(ending.by, of: ending.outcome, to: role)
        let side: CallSide? = ender.map { $0 == role ? .`self` : .peer }
        deliver(
            .ended(
                name(of: call, for: device),
                CallEnded(reason: visibleOutcome(ending.outcome, to: role), by: side, seconds: seconds, cost: cost)), to: device)
    }

    // MARK: Glare whose winner could not be connected

    /// A dial that waited to become the answer goes its own way when the call that it met was refused.
    private func redialFolded(_ call: LiveCall, _ ending: CallEnding) {
        guard let folded = call.folded, call.callee?.device == nil, let attached = devices[folded.device] else { return }
        call.folded = nil
        aliases[folded.call] = nil
        devices[folded.device]?.call = nil
        do throws(Fault) {
            try dial(folded.call, to: folded.to, kind: folded.kind, sdp: folded.sdp, from: folded.device, of: attached.line)
        } catch {
            deliver(.ended(folded.call, CallEnded(reason: .failed, by: nil, seconds: 0, cost: nil)), to: folded.device)
        }
    }
}
