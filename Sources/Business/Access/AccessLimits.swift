// The room's limits on everything from outside, each with a name.

/// The limits of signing in.
public enum AccessLimits {
    /// Characters of a new password.
    public static let passwordCharacters = 8...128
    /// Bytes of a password that are looked at at all, before any work on it.
    public static let passwordBytes = 1024
    /// Bytes of a device's description that are kept.
    public static let deviceBytes = 200
    /// Sessions of one principal; the one unused longest ends when another is opened.
    public static let sessionsPerPrincipal = 20
    /// How long a session lives without being used.
    public static let sessionIdleSeconds: Int64 = 30 * 24 * 3600
    /// How exactly `last seen` is kept, so that reading a page does not write.
    public static let sessionSeenSeconds: Int64 = 300
    /// Password checks that may wait for a thread; more are refused as `access.busy`.
    public static let waitingPasswordChecks = 64
    /// Bytes of a sign-in name.
    public static let signInNameBytes = 1...64
    /// Wrong passwords for one number: five at once, then one a minute.
    public static let attemptsPerName = AttemptLimit(atOnce: 5, secondsEach: 60)
    /// Wrong passwords from one address: fifty at once, then one in five seconds. Many people may share an address.
    public static let attemptsPerAddress = AttemptLimit(atOnce: 50, secondsEach: 5)
    /// Bytes of a network address as text (an IPv6 address with a zone).
    public static let addressBytes = 64
    /// Bytes of the purpose of a staff action.
    public static let purposeBytes = 400
    /// Bytes of the name of a member of the staff.
    public static let staffNameBytes = 1...80
    /// Characters of the name that a member of the staff signs in by.
    public static let staffSignInNameCharacters = 2...32
    /// How long a half-open staff session waits for its second factor.
    public static let staffHalfOpenSeconds: Int64 = 600
    /// How long a staff session lives without being used.
    public static let staffIdleSeconds: Int64 = 30 * 60
    /// How long a staff session lives at most.
    public static let staffSessionSeconds: Int64 = 12 * 3600
    /// How exactly `last seen` of a staff session is kept.
    public static let staffSeenSeconds: Int64 = 60
    /// Staff sessions of one person; the one unused longest ends when another is opened.
    public static let sessionsPerStaff = 5
    /// Wrong codes of one member of the staff: five at once, then one in five minutes. Three codes of a million are right at a time,
    /// so somebody who knows the password has one chance in a thousand after a day.
    public static let codesPerStaff = AttemptLimit(atOnce: 5, secondsEach: 300)
    /// Bytes of a code as typed that are looked at.
    public static let codeBytes = 64
    /// Recovery codes given at enrolment.
    public static let recoveryCodes = 10
}
