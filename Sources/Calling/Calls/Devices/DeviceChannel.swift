public import Basics
public import Charging
public import Lines
public import Orders

/// The way to one attached device; the face that owns the socket implements it.
///
/// `deliver` is called from the call actor in order and must not block: it appends to the signalling session's bounded queue. After
/// `detach` it is still called for up to ``CallsLimits/channelRetention``, so that a session that resumes has missed nothing; a session
/// that is gone for good drops what it gets.
public protocol DeviceChannel: Sendable {
    /// Queues an event for the device.
    func deliver(_ event: DeviceEvent)
}

/// A call as a device sees it when it attaches: what a page needs to draw itself anew after a reload.
public struct CallSnapshot: Sendable, Equatable {
    /// The call, by the id that this device knows it by.
    public let call: CallID
    /// Where it stands.
    public let state: CallPhase
    /// The other party.
    public let peer: CallParty
    /// Video or audio.
    public let kind: CallKind
    /// Whether this line dialled it.
    public let direction: CallDirection
    /// When it was answered; nil before that.
    public let connectedAt: Timestamp?
    /// Whether this side pays.
    public let payer: Bool

    package init(
        call: CallID, state: CallPhase, peer: CallParty, kind: CallKind, direction: CallDirection, connectedAt: Timestamp?,
        payer: Bool
    ) {
        self.call = call
        self.state = state
        self.peer = peer
        self.kind = kind
        self.direction = direction
        self.connectedAt = connectedAt
        self.payer = payer
    }
}

/// Where a call stands, as far as a page draws it.
public enum CallPhase: String, Sendable {
    /// Dialled by this device, not ringing yet.
    case trying
    /// Rings: at the other party when outgoing, here when incoming.
    case ringing
    /// Answered, media is being joined.
    case connecting
    /// Talking.
    case connected
}
