/// A session description (RFC 8866) as WebRTC uses it (RFC 8829): what one end offers or answers.
///
/// What belongs to a whole session but may also stand in its media sections (ICE, DTLS, direction, extensions) is kept in the sections.
public struct SessionDescription: Equatable, Sendable {
    /// Identifies the session for its whole life.
    public var sessionID: String
    /// Rises by one with each change.
    public var version: UInt64
    /// The media ids that share one transport (RFC 8843); empty when nothing is bundled.
    public var bundle: [String] = []
    /// This end is on a public address and only answers connectivity checks.
    public var isICELite = false
    /// Elements of one and two bytes may be mixed.
    public var allowsMixedExtensions = false
    /// The media sections, in an order that never changes.
    public var media: [MediaDescription] = []

    /// A description without media.
    public init(sessionID: String, version: UInt64) {
        self.sessionID = sessionID
        self.version = version
    }
}

/// What a media section carries.
public enum MediaKind: Hashable, Sendable {
    /// Sound.
    case audio
    /// Pictures.
    case video
    /// Something else, such as data channels; we refuse it politely.
    case other(String)

    /// The word in the `m=` line.
    public var name: String {
        switch self {
        case .audio: "audio"
        case .video: "video"
        case .other(let name): name
        }
    }

    /// From the word in the `m=` line.
    public init(name: String) {
        switch name {
        case "audio": self = .audio
        case "video": self = .video
        default: self = .other(name)
        }
    }
}

/// Which way media flows, seen from the one who says it.
public enum MediaDirection: String, CaseIterable, Sendable {
    /// Both ways.
    case both = "sendrecv"
    /// We send only.
    case sendOnly = "sendonly"
    /// We receive only.
    case receiveOnly = "recvonly"
    /// Neither.
    case inactive

    /// From its two halves.
    public init(sends: Bool, receives: Bool) {
        self = sends ? (receives ? .both : .sendOnly) : (receives ? .receiveOnly : .inactive)
    }

    /// Whoever says it sends.
    public var sends: Bool { self == .both || self == .sendOnly }
    /// Whoever says it receives.
    public var receives: Bool { self == .both || self == .receiveOnly }
    /// The same seen from the other end.
    public var reversed: MediaDirection { MediaDirection(sends: receives, receives: sends) }

    /// What remains when both must agree.
    public func intersection(_ other: MediaDirection) -> MediaDirection {
        MediaDirection(sends: sends && other.sends, receives: receives && other.receives)
    }
}

/// Who begins the DTLS handshake (RFC 4145, RFC 5763).
public enum SetupRole: String, Sendable {
    /// We begin.
    case active
    /// The other begins.
    case passive
    /// The answerer chooses.
    case either = "actpass"
}

/// The hash of a DTLS certificate (RFC 8122).
public struct CertificateFingerprint: Hashable, Sendable {
    /// The hash functions that we check.
    public enum Algorithm: String, CaseIterable, Sendable {
        /// 32 bytes.
        case sha256 = "sha-256"
        /// 48 bytes.
        case sha384 = "sha-384"
        /// 64 bytes.
        case sha512 = "sha-512"

        /// The hash's length in bytes.
        public var length: Int {
            switch self {
            case .sha256: 32
            case .sha384: 48
            case .sha512: 64
            }
        }
    }

    /// How it was made.
    public let algorithm: Algorithm
    /// The hash.
    public let bytes: [UInt8]

    /// A hash; nil when its length does not fit the function.
    public init?(_ algorithm: Algorithm, _ bytes: [UInt8]) {
        guard bytes.count == algorithm.length else { return nil }
        self.algorithm = algorithm
        self.bytes = bytes
    }
}

/// The short-term credentials of ICE (RFC 8445).
public struct ICECredentials: Hashable, Sendable {
    /// The user name fragment, 4 to 256 characters.
    public let fragment: String
    /// The password, 22 to 256 characters.
    public let password: String

    /// Credentials as they are.
    public init(fragment: String, password: String) {
        self.fragment = fragment
        self.password = password
    }
}
