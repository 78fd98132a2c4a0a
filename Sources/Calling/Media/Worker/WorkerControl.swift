internal import Basics
internal import CMediaShims
internal import RTC

/// What control asks of a worker; runs on the worker's thread.
extension Worker {
    /// Opens a leg; its own ICE credentials, for the answer.
    func open(_ id: LegID, session: NegotiatedSession, identity: DTLSIdentity) throws(Fault) -> ICECredentials {
        guard let index = freeLegs.popLast() else { throw Fault(.mediaFull, "this worker has no room") }
        let transport = Transport(role: .lite, identity: identity)
        transport.start(RemoteParameters(session), now: now)
        let leg = Leg(id: id, index: index, transport: transport, media: LegMedia(session), now: now)
        legs[index] = leg
        indexByID[id] = index
        listen(for: leg)
        statistics.legs += 1
        leg.drain(in: self)
        return transport.local
    }

    /// The leg is found by its present credentials in the checks of strangers.
    private func listen(for leg: Leg) {
        guard let key = LegKey(leg.transport.local), !leg.keys.contains(key) else { return }
        leg.keys.append(key)
        indexByKey[key] = leg.index
        // During a restart checks with the name before are still on their way, but not those with the name before that.
        if leg.keys.count > 2 { indexByKey[leg.keys.removeFirst()] = nil }
    }

    /// Takes what a new offer settled; the leg's ICE credentials, which an ICE restart has changed.
    func renegotiate(_ id: LegID, session: NegotiatedSession, identity: DTLSIdentity) throws(Fault) -> ICECredentials {
        let leg = try find(id)
        let before = leg.media.session
        if before.remoteFingerprints != session.remoteFingerprints {
            // Another certificate is another page: the same leg, a new connection.
            let transport = Transport(role: .lite, identity: identity)
            transport.start(RemoteParameters(session), now: now)
            forgetAddresses(of: leg)
            leg.replace(transport, in: self)
            listen(for: leg)
        } else if before.remoteICE != session.remoteICE {
            leg.transport.restartICE(RemoteParameters(session), now: now)
            listen(for: leg)
        }
        leg.renegotiate(LegMedia(session), in: self)
        leg.drain(in: self)
        return leg.transport.local
    }

    /// Joins two legs.
    func bridge(_ a: LegID, _ b: LegID) throws(Fault) {
        let (one, other) = (try find(a), try find(b))
        one.join(other, in: self)
    }

    /// Closes a leg; what it carried.
    func close(_ id: LegID) -> LegTotals {
        guard let index = indexByID.removeValue(forKey: id), let leg = legs[index] else { return LegTotals() }
        leg.close(in: self)
        flush()
        forgetAddresses(of: leg)
        for key in leg.keys { indexByKey[key] = nil }
        deadlines.set(index, DeadlineHeap.never)
        legs[index] = nil
        freeLegs.append(index)
        statistics.legs -= 1
        return leg.totals
    }

    private func forgetAddresses(of leg: Leg) {
        for address in leg.addresses { addresses.remove(address) }
        leg.forgetAddresses()
    }

    private func find(_ id: LegID) throws(Fault) -> Leg {
        guard let index = indexByID[id], let leg = legs[index] else { throw Fault(.legUnknown, "there is no leg \(id)") }
        return leg
    }
}

extension RemoteParameters {
    /// What a session description says about the device's transport; a lite side needs no candidates.
    init(_ session: NegotiatedSession) {
        self.init(credentials: session.remoteICE, fingerprints: session.remoteFingerprints)
    }
}
