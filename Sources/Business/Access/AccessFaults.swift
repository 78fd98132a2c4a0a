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
    /// There is no such principal.
    public static let principalUnknown = Fault.Code("access.principal-unknown", .notFound)
    /// The principal's sign-in has ended.
    public static let principalEnded = Fault.Code("access.principal-ended", .conflict)
    /// A sign-in name has 1 to 64 bytes and no control characters.
    public static let signInNameInvalid = Fault.Code("access.sign-in-name-invalid", .invalid)
    /// The old password is not the right one.
    public static let oldPasswordWrong = Fault.Code("access.old-password-wrong", .invalid)
    /// The new password is the old one.
    public static let passwordUnchanged = Fault.Code("access.password-unchanged", .invalid)
    /// Name and password of a member of the staff do not belong together.
    public static let staffSignInRefused = Fault.Code("access.staff-sign-in-refused", .unauthenticated)
    /// The password was right, the second factor is still to come.
    public static let secondFactorMissing = Fault.Code("access.second-factor-missing", .unauthenticated)
    /// Both factors were right, but the password is one that somebody else gave and is to be changed first.
    public static let passwordGiven = Fault.Code("access.password-given", .unauthenticated)
    /// The code is not the one of this moment.
    public static let wrongCode = Fault.Code("access.wrong-code", .invalid)
    /// The code is right but was used already.
    public static let codeUsed = Fault.Code("access.code-used", .conflict)
    /// Too many wrong codes; `seconds` says how long to wait.
    public static let tooManyCodes = Fault.Code("access.too-many-codes", .limited)
    /// The second factor is enrolled already.
    public static let secondFactorPresent = Fault.Code("access.second-factor-present", .conflict)
    /// The second factor is not enrolled yet.
    public static let secondFactorAbsent = Fault.Code("access.second-factor-absent", .conflict)
    /// There is no such member of the staff.
    public static let staffUnknown = Fault.Code("access.staff-unknown", .notFound)
    /// The member of the staff has left.
    public static let staffEnded = Fault.Code("access.staff-ended", .conflict)
    /// A member of the staff needs a name of at most `maximum` bytes.
    public static let staffNameInvalid = Fault.Code("access.staff-name-invalid", .invalid)
    /// A staff sign-in name has `minimum` to `maximum` characters, small letters, digits, `.`, `-`, `_`, and begins with a letter.
    public static let staffSignInNameInvalid = Fault.Code("access.staff-sign-in-name-invalid", .invalid)
    /// A member of the staff has at least one role.
    public static let staffRolesMissing = Fault.Code("access.staff-roles-missing", .invalid)
    /// Without this person nobody could manage the staff.
    public static let lastAdministrator = Fault.Code("access.last-administrator", .conflict)
    /// Somebody else has to do this.
    public static let notOneself = Fault.Code("access.not-oneself", .forbidden)
}
