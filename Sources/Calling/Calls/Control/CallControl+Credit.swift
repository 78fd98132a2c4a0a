internal import Basics
internal import Charging
internal import Lines
internal import Logging
internal import Storage

// The credit of answered calls: the watch says what is due, this does it.
extension CallControl {
    /// Does what the credit watch of a talking call finds due.
    func watchCredit(of call: LiveCall) {
        guard call.machine.phase == .talking, var watch = call.watch else { return }
        let now = clock.now()
        let actions = watch.wake(at: now)
        call.watch = watch
        for action in actions {
            switch action {
            case .extend(let usedSeconds): askForMore(call, usedSeconds)
            case .charge: tellCharge(call, at: now)
            case .warn(let left): deliver(.warning(call.id, remainingSeconds: left), to: call.caller.device)
            case .cut(.credit): feed(call, .creditCut)
            case .cut(.chargingFailed): feed(call, .chargingFailed)
            }
        }
    }

    private func askForMore(_ call: LiveCall, _ usedSeconds: Int64) {
        call.operations += 1
        let operation = OperationID.ofCall(call.id, number: call.operations, at: clock.now())
        // While media has not been on both sides nothing is confirmed, so that a talk that never was costs nothing.
        let used = call.machine.hasHadMedia ? usedSeconds : 0
        let id = call.id
        call.books.add { await self.extend(id, operation, usedSeconds: used) }
    }

    private func extend(_ id: CallID, _ operation: OperationID, usedSeconds: Int64) async {
        guard let call = calls[id], call.machine.phase == .talking else { return }
        let (now, zone, answer) = (clock.now(), zone, missingAnswer(of: call))
        do throws(Fault) {
            let grant = try await database.write { tx throws(Fault) in
                try answer?.record(in: tx, zone: zone)
                return try reportAndReserve(operation, call: id, usedSeconds: usedSeconds, in: tx, at: now, zone: zone)
            }
            call.isAnswerRecorded = true
            guard call.machine.phase == .talking else { return }
            call.watch?.granted(grant, at: clock.now())
            if grant.isLimitNear {
                deliver(.limitNear(id, percent: ChargingLimits.warningPercent), to: call.caller.device)
            }
            tellCharge(call, at: clock.now())
        } catch {
            logger.warning("credit could not be extended", metadata: ["call": "\(id)", "fault": "\(error)"])
            call.watch?.extensionFailed()
        }
        watchCredit(of: call)
        arm(call)
    }

    private func tellCharge(_ call: LiveCall, at now: Timestamp) {
        guard let watch = call.watch else { return }
        deliver(
            .charge(
                call.id,
                CallCharge(
                    used: watch.cost(at: now), remainingSeconds: watch.remainingSeconds(at: now),
                    pricePerSecond: watch.pricePerSecond, at: now)), to: call.caller.device)
    }

    // MARK: The answer's record

    func recordTheAnswer(of id: CallID) async {
        guard let call = calls[id], let answer = missingAnswer(of: call) else { return }
        let zone = zone
        do throws(Fault) {
            try await database.write { tx throws(Fault) in try answer.record(in: tx, zone: zone) }
            call.isAnswerRecorded = true
        } catch {
            // The next extension and the end write it again.
            logger.error("an answer could not be recorded", metadata: ["call": "\(id)", "fault": "\(error)"])
        }
    }

    /// What is to be written of the answer, where it has not been.
    func missingAnswer(of call: LiveCall) -> AnswerRecord? {
        guard !call.isAnswerRecorded, let answeredAt = call.answeredAt, let device = call.callee?.device else { return nil }
        return AnswerRecord(call: call.id, device: device, rungAt: call.rungAt, answeredAt: answeredAt)
    }
}
