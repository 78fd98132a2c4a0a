public import Basics

extension Fault.Code {
    /// The leg is not known: it was closed, or never opened here.
    public static let legUnknown = Fault.Code("media.leg-unknown", .notFound)
    /// A leg of this name is open already.
    public static let legExists = Fault.Code("media.leg-exists", .conflict)
    /// The offer cannot be read or offers nothing that the server understands.
    public static let offerRefused = Fault.Code("media.offer-refused", .invalid)
    /// Two legs of different calls cannot be bridged, nor a leg with itself.
    public static let bridgeRefused = Fault.Code("media.bridge-refused", .conflict)
    /// No worker has room for another leg.
    public static let mediaFull = Fault.Code("media.full", .limited)
    /// A worker's control queue is full.
    public static let mediaOverloaded = Fault.Code("media.overloaded", .unavailable)
    /// The server is stopping.
    public static let mediaStopped = Fault.Code("media.stopped", .unavailable)
    /// No DTLS certificate can be made.
    public static let certificateFailed = Fault.Code("media.certificate-failed", .defect)
    /// The UDP socket cannot be bound.
    public static let bindFailed = Fault.Code("media.bind-failed", .unavailable)
}
