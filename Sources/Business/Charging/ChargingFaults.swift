public import Basics

extension Fault.Code {
    /// There is no such account.
    public static let noAccount = Fault.Code("charging.no-account", .notFound)
    /// The customer has an account already, or the id is taken.
    public static let accountExists = Fault.Code("charging.account-exists", .conflict)
    /// The credit limit is negative or too high.
    public static let creditLimitOutOfRange = Fault.Code("charging.credit-limit-out-of-range", .invalid)
    /// Less than one second of the price is left.
    public static let creditExhausted = Fault.Code("charging.credit-exhausted", .payment)
    /// The operation's id was used for something else before.
    public static let operationReused = Fault.Code("charging.operation-reused", .conflict)
    /// The call has no open reservation.
    public static let noCreditSession = Fault.Code("charging.no-credit-session", .notFound)
    /// The call's credit has been settled already.
    public static let creditSettled = Fault.Code("charging.credit-settled", .conflict)
    /// The price or the seconds are out of range.
    public static let chargeOutOfRange = Fault.Code("charging.charge-out-of-range", .invalid)
    /// A call with this id was made before.
    public static let callExists = Fault.Code("charging.call-exists", .conflict)
    /// There is no such call.
    public static let noCall = Fault.Code("charging.no-call", .notFound)
    /// A page's cursor is not one that this service gave out.
    public static let badCursor = Fault.Code("charging.bad-cursor", .invalid)
}
