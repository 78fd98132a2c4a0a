public import Basics

extension Fault.Code {
    /// Number and password do not belong together; which of the two is wrong is not told.
    public static let signInRefused = Fault.Code("access.sign-in-refused", .unauthenticated)
    /// There is no session, or it ended.
    public static let signedOut = Fault.Code("access.signed-out", .unauthenticated)
    /// Too many wrong passwords; `seconds` says how long to wait.
    public static let tooManyAttempts = Fault.Code("access.too-many-attempts", .limited)
    /// More people sign in at this moment than the machine can check.
    public static let signInBusy = Fault.Code("access.busy", .unavailable)
    /// The new password has fewer than `minimum` characters.
    public static let passwordTooShort = Fault.Code("access.password-too-short", .invalid)
    /// The new password has more than `maximum` characters.
    public static let passwordTooLong = Fault.Code("access.password-too-long", .invalid)
    /// The new password is the number itself.
    public static let passwordIsNumber = Fault.Code("access.password-is-number", .invalid)
    /// The new password is one of those that are guessed first.
    public static let passwordTooCommon = Fault.Code("access.password-too-common", .invalid)
    /// Somebody signs in under this name already.
    public static let signInNameTaken = Fault.Code("access.name-taken", .conflict)
    /// The session to end is not one of the principal's.
    public static let noSuchSession = Fault.Code("access.no-session", .notFound)
    /// A stored password hash cannot be read.
    public static let passwordHashUnreadable = Fault.Code("access.hash-unreadable", .defect)
    /// A staff action needs a purpose.
    public static let purposeMissing = Fault.Code("access.purpose-missing", .invalid)
    /// The purpose has more than `maximum` bytes.
    public static let purposeTooLong = Fault.Code("access.purpose-too-long", .invalid)
    /// None of the person's roles may do this; `permission` names what was asked.
    public static let staffMayNot = Fault.Code("access.staff-may-not", .forbidden)
}
