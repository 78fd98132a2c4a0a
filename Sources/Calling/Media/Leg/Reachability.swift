internal import RTC

/// Whether a leg can be reached: what was last heard, and what was told about it.
struct Reachability {
    /// ICE and DTLS are done.
    var isConnected = false
    /// The leg was reported as disconnected and has not been heard since.
    var isLost = false
    /// It can never work again.
    var hasFailed = false
    /// Its first media packet was reported.
    var isFlowing = false
    var lastHeard: MonotonicTime?

    /// No valid packet for so long is silence: browsers check consent every 2.5 s and send reports every few seconds.
    static let silence = MonotonicTime.Interval.seconds(5)
}

extension Leg {
    /// Something valid came from the device.
    @inline(__always)
    func heard(in worker: Worker) {
        state.lastHeard = worker.now
        if state.isLost { recover(in: worker) }
    }

    private func recover(in worker: Worker) {
        state.isLost = false
        guard state.isConnected else { return }
        worker.emit(.recovered(id))
        requestKeyFrameAtOnce(in: worker)
        peer?.requestKeyFrameAtOnce(in: worker)
    }

    func lose(_ reason: DisconnectReason, in worker: Worker) {
        guard !state.isLost, !state.hasFailed else { return }
        state.isLost = true
        worker.emit(.disconnected(id, reason))
    }

    func fail(_ reason: TransportFailure, in worker: Worker) {
        guard !state.hasFailed else { return }
        state.hasFailed = true
        state.isConnected = false
        switch reason {
        case .fingerprintMismatch: worker.emit(.failed(id, .wrongFingerprint))
        case .noConnectivity: worker.emit(.failed(id, .unreachable))
        case .handshake, .noCommonProfile, .roleConflict: worker.emit(.failed(id, .handshake))
        }
    }

    /// Silence after connecting.
    func checkSilence(in worker: Worker) {
        guard state.isConnected, let last = state.lastHeard, worker.now - last > Reachability.silence else { return }
        lose(.silent, in: worker)
    }
}
