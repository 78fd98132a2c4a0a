public import Charging
public import Lines

/// What happens to a call.
public enum CallEvent: Sendable, Equatable {
    /// It may ring: the number is somebody's, no hold bars it, credit is reserved, the caller's media leg is open. These devices are there.
    case admitted([DeviceID])
    /// It may not.
    case refused(CallOutcome)
    /// A device of the called line answers (or had dialled the caller at the same time).
    case accepted(DeviceID)
    /// A device of the called line refuses.
    case declined(DeviceID)
    /// A device of the called line came online.
    case deviceArrived(DeviceID)
    /// The answering device's media leg is open and bridged.
    case calleeReady
    /// A side ends the call.
    case hungUp(CallRole)
    /// A device's signalling connection is lost.
    case signalLost(DeviceID)
    /// It is back.
    case signalBack(DeviceID)
    /// A side's media connection is lost for the moment.
    case mediaLost(CallRole)
    /// It is there (again).
    case mediaBack(CallRole)
    /// A side's media leg cannot be opened, or will not recover by itself.
    case mediaFailed(CallRole)
    /// The credit is used up.
    case creditCut
    /// No more credit could be reserved because charging did not answer.
    case chargingFailed
    /// The deadline has come.
    case tick
    /// The service stops.
    case shutDown
}

/// What the shell must do.
public enum CallAction: Sendable, Equatable {
    /// Tell a device of the called line that somebody calls.
    case ring(DeviceID)
    /// Tell the caller that it rings.
    case tellRinging
    /// Tell a device that the call no longer rings for it.
    case stopRinging(DeviceID, StopReason)
    /// Open the answering device's leg with its offer and bridge it to the caller's; then `calleeReady` or `mediaFailed`.
    case joinMedia(DeviceID)
    /// The talk begins: charge from now, record the answer, tell both.
    case connect(DeviceID)
    /// Tell a side how the other side's link is.
    case tellPeer(CallRole, PeerLink)
    /// Ask a side for a new offer.
    case askRenegotiation(CallRole)
    /// The call is over: cut the media, settle, record, tell everybody that has not been told.
    case end(CallEnding)
}

/// How a call ended.
public struct CallEnding: Sendable, Equatable {
    /// Why.
    public let outcome: CallOutcome
    /// Who ended it; nil for the service.
    public let by: CallRole?
    /// How it ended for each device of the called line that still took part.
    public let devices: [DeviceID: CallOutcome]
    /// The talk never had media on both sides, so nothing is charged.
    public let isFree: Bool

    package init(outcome: CallOutcome, by: CallRole?, devices: [DeviceID: CallOutcome], isFree: Bool) {
        self.outcome = outcome
        self.by = by
        self.devices = devices
        self.isFree = isFree
    }
}

/// Where a machine stands.
public enum CallMachinePhase: String, Sendable {
    /// Being routed.
    case checking
    /// Ringing.
    case ringing
    /// Answered, media being joined.
    case connecting
    /// Talking.
    case talking
    /// Over.
    case ended
}
