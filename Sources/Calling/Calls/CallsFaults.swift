public import Basics

extension Fault.Code {
    /// A line dialled itself.
    public static let ownNumber = Fault.Code("calls.own-number", .invalid)
    /// The device takes part in another call.
    public static let deviceBusy = Fault.Code("calls.device-busy", .conflict)
    /// The line or the node has as many calls as it may.
    public static let tooManyCalls = Fault.Code("calls.too-many-calls", .limited)
    /// The line has as many devices attached as it may.
    public static let tooManyDevices = Fault.Code("calls.too-many-devices", .limited)
    /// The device is attached for another line.
    public static let deviceTaken = Fault.Code("calls.device-taken", .conflict)
    /// The device has not attached.
    public static let notAttached = Fault.Code("calls.not-attached", .conflict)
    /// The device takes part in no such call.
    public static let noSuchCall = Fault.Code("calls.no-such-call", .notFound)
    /// The call that was to be answered no longer rings here.
    public static let noLongerRings = Fault.Code("calls.no-longer-rings", .conflict)
    /// Another call has this id.
    public static let callIDTaken = Fault.Code("calls.call-id-taken", .conflict)
    /// The SDP is empty or longer than allowed.
    public static let sdpTooLong = Fault.Code("calls.sdp-too-long", .invalid)
    /// The device renegotiates too often.
    public static let tooManyOffers = Fault.Code("calls.too-many-offers", .limited)
    /// The media leg could not be opened or changed.
    public static let mediaFailed = Fault.Code("calls.media-failed", .unavailable)
    /// The service is stopping.
    public static let shuttingDown = Fault.Code("calls.shutting-down", .unavailable)
}
