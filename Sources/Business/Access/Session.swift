public import Basics

/// The id of a sign-in session; it names the session in lists and is not the secret.
public typealias SessionID = Identifier<Session>

/// One signed-in browser or terminal. Its token is known to that device alone; here is only the token's SHA-256.
public struct Session: Sendable, Equatable {
    /// The id.
    public let id: SessionID
    /// Who signed in.
    public let principal: PrincipalID
    /// The device in its own words, such as a browser's name; shown to its owner.
    public let device: String
    /// When it was opened.
    public let createdAt: Timestamp
    /// When it was last used, to within ``AccessLimits/sessionSeenSeconds``.
    public let lastSeenAt: Timestamp
    /// When it ends if it is not used again.
    public let expiresAt: Timestamp
}

/// A session at the moment it is opened: the only time that its token is seen.
public struct NewSession: Sendable {
    /// The secret for the device's cookie: 256 random bits as 43 characters of base64url.
    public let token: String
    /// The session.
    public let session: Session
    /// Who signed in.
    public var principal: PrincipalID { session.principal }
}

/// Who a token belongs to.
public struct SignedIn: Sendable, Equatable {
    /// Who signed in.
    public var principal: PrincipalID { session.principal }
    /// The session.
    public let session: Session
    /// `last seen` is out of date: the face calls ``noteSeen(_:in:at:)``.
    public let isDue: Bool
}
