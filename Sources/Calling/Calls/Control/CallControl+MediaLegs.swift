internal import Basics
internal import Charging
internal import Lines
internal import Logging
internal import Media
internal import Storage

// The media legs of calls: one per side, opened with the device's offer, replaced when its page is another one.
extension CallControl {
    /// The caller's leg opens at the dial, so that its media is warm when somebody answers.
    func openCallerLeg(of id: CallID, offer: String) async {
        guard let call = calls[id], !call.isOver else { return }
        do throws(Fault) {
            let answer = try await openLeg(for: .caller, of: call, offer: offer)
            guard !call.isOver else { return }
            call.callerReady = true
            deliver(.answer(id, sdp: answer), to: call.caller.device)
            admitIfReady(call)
        } catch {
            logger.info("a caller's media leg was refused", metadata: ["call": "\(id)", "fault": "\(error)"])
            feed(call, .mediaFailed(.caller))
        }
    }

    /// Opens the answering device's leg and joins it to the caller's.
    func joinMedia(of id: CallID, device: DeviceID) async {
        guard let call = calls[id], call.machine.answering == device, let offer = call.answerOffers[device] else { return }
        do throws(Fault) {
            let answer = try await openLeg(for: .callee, of: call, offer: offer)
            guard call.machine.phase == .connecting else { return }
            deliver(.answer(name(of: call, for: device), sdp: answer), to: device)
            try await bridge(call)
            feed(call, .calleeReady)
        } catch {
            logger.info("an answering media leg was refused", metadata: ["call": "\(id)", "fault": "\(error)"])
            feed(call, .mediaFailed(.callee))
        }
    }

    /// A new offer inside a call: the same page renegotiates its leg; another page, or one whose leg is dead, gets a fresh one.
    func renegotiate(_ id: CallID, sdp: String, from device: DeviceID) async throws(Fault) {
        guard let call = call(named: id), !call.isOver, let role = call.role(of: device) else {
            throw Fault(.noSuchCall, "the device takes part in no such call")
        }
        try countOffer(of: call, role)
        let real = call.id
        let task = call.media.add { await self.applyOffer(to: real, role, device, sdp) }
        if let fault = await task.value { throw fault }
    }

    private func countOffer(of call: LiveCall, _ role: CallRole) throws(Fault) {
        let minute = clock.now().milliseconds / 60_000
        var count = 0
        call.change(role) { side in
            if side.offers.minute != minute { side.offers = (minute, 0) }
            side.offers.count += 1
            count = side.offers.count
        }
        guard count <= CallsLimits.offersPerMinute else { throw Fault(.tooManyOffers, "too many offers in one minute") }
    }

    private func applyOffer(to id: CallID, _ role: CallRole, _ device: DeviceID, _ sdp: String) async -> Fault? {
        guard let call = calls[id], !call.isOver, let side = call.side(role), side.device == device else {
            return Fault(.noSuchCall, "the call is over")
        }
        do throws(Fault) {
            let answer: String
            if let leg = side.leg, !side.isLegDead, side.fingerprint == fingerprint(in: sdp) {
                answer = try await media.renegotiate(leg, offer: sdp)
                deliver(.answer(name(of: call, for: device), sdp: answer), to: device)
            } else {
                await closeLeg(of: call, role)
                feed(call, .mediaLost(role))
                answer = try await openLeg(for: role, of: call, offer: sdp)
                deliver(.answer(name(of: call, for: device), sdp: answer), to: device)
                if call.machine.phase == .talking { try await bridge(call) }
            }
            return nil
        } catch {
            logger.info("an offer inside a call was refused", metadata: ["call": "\(id)", "fault": "\(error)"])
            return error
        }
    }

    // MARK: One leg

    private func openLeg(for role: CallRole, of call: LiveCall, offer: String) async throws(Fault) -> String {
        let leg = LegID.random()
        // Known before it is open: its first event may come before the answer.
        legs[leg] = (call.id, role)
        call.change(role) { side in
            side.leg = leg
            side.isLegDead = false
            side.fingerprint = fingerprint(in: offer)
        }
        do throws(Fault) {
            return try await media.openLeg(leg, in: MediaCallID(trusted: call.id.rawValue), offer: offer)
        } catch {
            legs[leg] = nil
            call.change(role) { if $0.leg == leg { $0.leg = nil } }
            throw error
        }
    }

    /// Joins both legs; where one must offer anew for a common codec, its device is asked to.
    private func bridge(_ call: LiveCall) async throws(Fault) {
        guard let a = call.caller.leg, let b = call.callee?.leg else { return }
        guard case .mustRenegotiate(let needed) = try await media.bridge(a, b) else { return }
        for leg in needed {
            guard let role = legs[leg]?.role, let device = call.side(role)?.device else { continue }
            deliver(.renegotiate(name(of: call, for: device)), to: device)
        }
    }

    /// Closes a side's leg and keeps what it carried.
    func closeLeg(of call: LiveCall, _ role: CallRole) async {
        guard let leg = call.side(role)?.leg else { return }
        legs[leg] = nil
        call.change(role) { $0.leg = nil }
        let totals = await media.closeLeg(leg)
        call.change(role) { $0.totals.add(totals) }
    }

    // MARK: Media events

    func mediaHappened(_ event: MediaEvent) {
        switch event {
        case .connected(let leg), .mediaFlowing(let leg), .recovered(let leg): feedMedia(leg) { .mediaBack($0) }
        case .disconnected(let leg, _): feedMedia(leg) { .mediaLost($0) }
        case .failed(let leg, _): feedMedia(leg) { .mediaFailed($0) }
        case .quality(let leg, let quality): tellQuality(leg, quality)
        }
    }

    private func feedMedia(_ leg: LegID, _ event: (CallRole) -> CallEvent) {
        guard let (id, role) = legs[leg], let call = calls[id] else { return }
        feed(call, event(role))
    }

    private func tellQuality(_ leg: LegID, _ quality: LegQuality) {
        guard let (id, role) = legs[leg], let call = calls[id], call.machine.phase == .talking else { return }
        let level: MediaLevel =
            switch quality.level {
            case .good: .good
            case .poor: .poor
            case .bad: .bad
            }
        for told in CallRole.allCases {
            guard let device = call.side(told)?.device else { continue }
            deliver(.quality(name(of: call, for: device), level: level, side: told == role ? .`self` : .peer), to: device)
        }
    }
}

/// The certificate's fingerprint in an SDP; every page has its own.
func fingerprint(in sdp: String) -> Substring? {
    sdp.split(whereSeparator: \.isNewline).first { $0.hasPrefix("a=fingerprint:") }
}
