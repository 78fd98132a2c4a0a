public import Basics

// The codes that the web face itself raises.
extension Fault.Code {
    /// No such page or resource.
    public static let webNotFound = Fault.Code("web.not-found", .notFound)
    /// The path exists, this method does not.
    public static let webMethod = Fault.Code("web.method-not-allowed", .invalid)
    /// Nobody is signed in.
    public static let webSignedOut = Fault.Code("web.signed-out", .unauthenticated)
    /// The request comes from another site.
    public static let webOrigin = Fault.Code("web.wrong-origin", .forbidden)
    /// The CSRF token is missing or stale; loading the page again helps.
    public static let webCSRF = Fault.Code("web.stale-page", .forbidden)
    /// The body is not JSON by its declared type.
    public static let webMediaType = Fault.Code("web.media-type", .invalid)
    /// The body is not the JSON that is documented.
    public static let webJSON = Fault.Code("web.malformed", .invalid)
    /// A field of the body or the query is missing, unknown or of another type.
    public static let webField = Fault.Code("web.field", .invalid)
    /// Several fields of a form are at fault; `errors` names them.
    public static let webForm = Fault.Code("web.form", .invalid)
    /// The one-time code is not the one that was shown.
    public static let webWrongCode = Fault.Code("web.wrong-code", .invalid)
    /// The body is too large.
    public static let webTooLarge = Fault.Code("web.too-large", .invalid)
    /// The body did not arrive in time.
    public static let webTooSlow = Fault.Code("web.too-slow", .invalid)
    /// Too many requests of this kind from one address.
    public static let webTooMany = Fault.Code("web.too-many-requests", .limited)
    /// Everything is busy for the moment.
    public static let webBusy = Fault.Code("web.busy", .unavailable)
    /// The page needs to be opened as a WebSocket.
    public static let webUpgrade = Fault.Code("web.upgrade-required", .invalid)
    /// There is no payment provider; a bank transfer works always.
    public static let webNoPayment = Fault.Code("web.no-payment", .unavailable)
    /// The payment is finished, or its time is over.
    public static let webPaymentOver = Fault.Code("web.payment-over", .conflict)
    /// A defect of the program; the log has the request's id.
    public static let webDefect = Fault.Code("web.defect", .defect)
}
