internal import Basics
internal import Charging
internal import Lines
internal import Logging
internal import Media
internal import Orders
internal import Storage

// Commands of devices before the talk: dial, accept, decline, hang up.
extension CallControl {
    func dial(_ id: CallID, to: String, kind: CallKind, sdp: String, from device: DeviceID, of line: LineID) throws(Fault) {
        guard !isStopping else { throw Fault(.shuttingDown, "the service is stopping") }
        if let known = call(named: id) {
            // The same dial again, for instance after a reconnection whose first answer was lost.
            guard known.role(of: device) != nil || known.folded?.device == device else {
                throw Fault(.callIDTaken, "another call has this id")
            }
            return
        }
        guard let own = numbers[line] else { throw Fault(.notAttached, "the line is not attached") }
        guard to.utf8.count <= CallsLimits.dialledBytes else { throw Fault(.notANumber, "the dialled text is too long") }
        let number = try parseNumber(to)
        guard number != own else { throw Fault(.ownNumber, "a line cannot call itself") }
        guard devices[device]?.call == nil else { throw Fault(.deviceBusy, "the device takes part in another call") }
        guard calls.count < CallsLimits.calls, liveCalls(of: line).count < CallsLimits.callsPerLine else {
            throw Fault(.tooManyCalls, "too many calls at once")
        }
        let folded = FoldedDial(call: id, device: device, to: to, kind: kind, sdp: sdp)
        let toOwn = callsToNumber[own, default: []].compactMap { calls[$0] }
        if let meeting = toOwn.filter({ isGlare($0, dialled: number) }).min(by: { $0.dialledAt < $1.dialledAt }) {
            return fold(folded, into: meeting)
        }
        begin(folded, number: number, own: own, line: line)
    }

    /// Whether a call is the other party's dial of this very line, not answered yet: both dial each other. The call that was dialled first
    /// is the one that is connected.
    private func isGlare(_ call: LiveCall, dialled number: PhoneNumber) -> Bool {
        let isOpen = call.machine.phase == .checking || call.machine.phase == .ringing
        return isOpen && call.folded == nil && call.caller.party.number == number
    }

    /// Makes a dial the answer to the call that it meets.
    private func fold(_ dial: FoldedDial, into call: LiveCall) {
        if call.machine.ringing.contains(dial.device) {
            call.stopped.insert(dial.device)
            deliver(.stopped(call.id, .answeredElsewhere), to: dial.device)
        }
        call.folded = dial
        aliases[dial.call] = call.id
        devices[dial.device]?.call = call.id
        call.answerOffers[dial.device] = dial.sdp
        deliver(.trying(dial.call), to: dial.device)
        feed(call, .accepted(dial.device))
    }

    private func begin(_ dial: FoldedDial, number: PhoneNumber, own: PhoneNumber, line: LineID) {
        let call = LiveCall(
            id: dial.call, kind: dial.kind, dialled: number, dialledAt: clock.now(),
            caller: LiveSide(line: line, party: CallParty(number: own, name: nil), device: dial.device), device: dial.device)
        calls[call.id] = call
        callsOfLine[line, default: []].insert(call.id)
        callsToNumber[number, default: []].insert(call.id)
        devices[dial.device]?.call = call.id
        deliver(.trying(call.id), to: dial.device)
        arm(call)
        if number.isEmergency { return refuseEmergency(call, line, dial.device) }
        let id = call.id
        call.media.add { await self.openCallerLeg(of: id, offer: dial.sdp) }
        let request = AdmissionRequest(
            call: id, line: line, device: dial.device, dialled: number, kind: dial.kind, dialledAt: call.dialledAt)
        call.books.add { await self.admit(request) }
    }

    /// Emergency numbers are never held back or charged; as none can be connected, the caller hears so at once, whatever the database says.
    private func refuseEmergency(_ call: LiveCall, _ line: LineID, _ device: DeviceID) {
        let record = DialledCall(
            call: call.id, callerLine: line, callerNumber: call.caller.party.number, callerDevice: device, calleeLine: nil,
            calleeNumber: call.dialled, kind: call.kind, account: nil, pricePerSecond: .zero, dialledAt: call.dialledAt)
        let id = call.id
        call.books.add { await self.record(record, of: id) }
        feed(call, .refused(.emergencyUnavailable))
        tellUnsettledEnd(
            of: id, CallEnding(outcome: .emergencyUnavailable, by: nil, devices: [:], isFree: true))
    }

    private func record(_ dialled: DialledCall, of id: CallID) async {
        do throws(Fault) {
            try await database.write { tx throws(Fault) in try recordDialledCall(dialled, in: tx) }
            calls[id]?.isRecorded = true
        } catch {
            logger.error("an attempt could not be recorded", metadata: ["call": "\(id)", "fault": "\(error)"])
        }
    }

    // MARK: Admission

    private func admit(_ request: AdmissionRequest) async {
        let now = clock.now()
        let zone = zone
        do throws(Fault) {
            let admission = try await database.write { tx throws(Fault) in try admitCall(request, in: tx, at: now, zone: zone) }
            guard let call = calls[request.call] else { return }
            call.isRecorded = true
            call.admission = admission
            call.caller.party = CallParty(number: call.caller.party.number, name: admission.callerName)
            if case .refused(let outcome) = admission.verdict { return feed(call, .refused(outcome)) }
            admitIfReady(call)
        } catch {
            logger.error("a call could not be admitted", metadata: ["call": "\(request.call)", "fault": "\(error)"])
            if let call = calls[request.call] { feed(call, .refused(.failed)) }
        }
    }

    /// Lets a call ring once it is admitted and the caller's media leg is open.
    func admitIfReady(_ call: LiveCall) {
        guard call.machine.phase == .checking, call.callerReady, let admission = call.admission,
            case .mayRing(let line, _) = admission.verdict
        else { return }
        let isBusy = liveCalls(of: line).contains { $0.id != call.id }
        call.callee = LiveSide(line: line, party: CallParty(number: call.dialled, name: admission.calleeName))
        callsOfLine[line, default: []].insert(call.id)
        guard !isBusy else { return feed(call, .refused(.busy)) }
        let now = clock.now()
        let present = devices.filter { entry in
            entry.value.line == line
                && (entry.value.awaySince.map { now < $0.adding(seconds: CallsLimits.absenceSeconds) } ?? true)
        }
        feed(call, .admitted(present.keys.sorted { $0.rawValue < $1.rawValue }))
        for (device, attached) in present where attached.awaySince != nil { feed(call, .signalLost(device)) }
    }

    // MARK: Answering and hanging up

    func accept(_ id: CallID, sdp: String, from device: DeviceID, of line: LineID) throws(Fault) {
        guard let call = call(named: id), !call.isOver, call.callee?.line == line else {
            throw Fault(.noLongerRings, "the call no longer rings")
        }
        if call.role(of: device) != nil { return }
        guard devices[device]?.call == nil else { throw Fault(.deviceBusy, "the device takes part in another call") }
        guard call.machine.ringing.contains(device) else { throw Fault(.noLongerRings, "the call no longer rings here") }
        call.answerOffers[device] = sdp
        feed(call, .accepted(device))
    }

    func hangUp(_ id: CallID, from device: DeviceID) {
        guard let call = call(named: id), !call.isOver else { return }
        if let role = call.role(of: device) {
            feed(call, .hungUp(role))
        } else if let folded = call.folded, folded.device == device {
            unfold(folded, from: call)
        } else {
            feed(call, .declined(device))
        }
    }

    /// A dial that waited to become the answer is given up; the call that it met goes on as any other.
    private func unfold(_ folded: FoldedDial, from call: LiveCall) {
        call.folded = nil
        aliases[folded.call] = nil
        devices[folded.device]?.call = nil
        feed(call, .declined(folded.device))
        deliver(.ended(folded.call, CallEnded(reason: .cancelled, by: .`self`, seconds: 0, cost: nil)), to: folded.device)
    }
}
