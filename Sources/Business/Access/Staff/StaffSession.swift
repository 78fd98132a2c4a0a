public import Basics

/// The id of a staff session.
public typealias StaffSessionID = Identifier<StaffSession>

/// A member of the staff at one browser. Its token is of another table than customers' tokens: neither opens what belongs to the other.
public struct StaffSession: Sendable, Equatable {
    /// How far the sign-in has come.
    public enum Step: String, Sendable {
        /// The password was right; a second factor is to be enrolled now.
        case enrol
        /// The password was right; the code is to come.
        case code
        /// Both factors were right; the password is somebody else's and is to be changed now.
        case password
        /// Signed in.
        case full
    }

    /// The id.
    public let id: StaffSessionID
    /// Who; roles as they are now.
    public let staff: Staff
    /// The browser in its own words.
    public let device: String
    /// When the password was right.
    public let createdAt: Timestamp
    /// When the second factor was; nil while the session is half open.
    public let secondFactorAt: Timestamp?
    /// When it was last used, to within ``AccessLimits/staffSeenSeconds``.
    public let lastSeenAt: Timestamp
    /// When it ends if it is not used again.
    public let expiresAt: Timestamp

    /// How far the sign-in has come.
    public var step: Step {
        guard secondFactorAt != nil else { return staff.secondFactorSince == nil ? .enrol : .code }
        return staff.passwordGivenAt == nil ? .full : .password
    }
    /// What the person is employed for.
    public var roles: Set<Role> { staff.roles }

    /// `last seen` is out of date: the face calls ``noteStaffSeen(_:in:at:)``.
    public func isDue(at now: Timestamp) -> Bool {
        now.milliseconds(since: lastSeenAt) >= AccessLimits.staffSeenSeconds * 1000
    }

    /// What the person does, for a purpose in their own words.
    public func act(purpose: String) throws(Fault) -> StaffAct {
        try StaffAct(staff: staff.id, roles: staff.roles, purpose: purpose)
    }
}

/// A staff session at the moment it is opened: the only time that its token is seen.
public struct NewStaffSession: Sendable {
    /// The secret for the browser's cookie: 256 random bits as 43 characters of base64url.
    public let token: String
    /// The session, half open.
    public let session: StaffSession
}

/// When a session ends: half open after ten minutes; full after thirty minutes without use, twelve hours after it was opened at the latest.
func staffSessionExpiry(createdAt: Timestamp, secondFactorAt: Timestamp?, lastSeenAt: Timestamp) -> Timestamp {
    guard secondFactorAt != nil else { return createdAt.adding(seconds: AccessLimits.staffHalfOpenSeconds) }
    return min(
        lastSeenAt.adding(seconds: AccessLimits.staffIdleSeconds), createdAt.adding(seconds: AccessLimits.staffSessionSeconds))
}
