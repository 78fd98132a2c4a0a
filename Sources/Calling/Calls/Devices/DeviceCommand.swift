public import Lines
public import Orders

/// What a device (a page, later a videophone) asks of the calls it takes part in. The face that owns the socket turns its messages into
/// these; docs/api/signalling.md describes the wire, this type its meaning.
public enum DeviceCommand: Sendable, Equatable {
    /// Calls a number. The device makes the call's id, so a repeated dial is the same call. The offer opens the caller's media at once.
    case dial(CallID, to: String, kind: CallKind, sdp: String)
    /// Answers an incoming call on this device; all others stop ringing.
    case accept(CallID, kind: CallKind, sdp: String)
    /// Refuses an incoming call for the whole line.
    case decline(CallID)
    /// Ends a call, or cancels it while it rings.
    case hangUp(CallID)
    /// A new offer inside a call: ICE restart, other devices, camera on or off, or a reloaded page with a fresh peer connection.
    case offer(CallID, sdp: String)
}
