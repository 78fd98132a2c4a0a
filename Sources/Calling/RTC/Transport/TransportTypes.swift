/// A datagram of the transport's own (STUN, DTLS) to send.
public struct Transmit: Sendable {
    /// Where to.
    public let address: TransportAddress
    /// The datagram.
    public let bytes: [UInt8]
}

/// What became of a received datagram.
public enum Received: Equatable, Sendable {
    /// RTP, decrypted in place; its length.
    case rtp(Int)
    /// An RTCP compound, decrypted in place; its length.
    case rtcp(Int)
    /// STUN or DTLS, dealt with; poll for datagrams and events.
    case consumed
    /// Of no use, and counted.
    case dropped(DropReason)
}

/// Why a datagram was dropped.
public enum DropReason: UInt8, CaseIterable, Sendable {
    /// Neither STUN, DTLS, RTP nor RTCP by its first bytes (RFC 7983), or longer than the slot.
    case notRecognised
    /// STUN that cannot be taken apart, or without a checksum.
    case stunMalformed
    /// STUN with another user name than this leg's.
    case stunUnknownUser
    /// STUN with a wrong password.
    case stunNotAuthentic
    /// A check seen before from another address.
    case stunReplayed
    /// STUN that answers nothing or asks for what we do not have.
    case stunUnexpected
    /// The peer believes to have the role that is ours.
    case stunRoleConflict
    /// From an address that passed no check lately.
    case addressNotValidated
    /// DTLS that is not a record.
    case dtlsMalformed
    /// Media before the handshake's end.
    case notSecured
    /// SRTP or SRTCP that is too short or inconsistent.
    case srtpMalformed
    /// A packet seen before, or too old to know.
    case srtpReplayed
    /// A wrong tag.
    case srtpNotAuthentic
    /// More synchronisation sources than the limit.
    case srtpTooManyStreams
    /// The leg has ended.
    case closed
    /// Own media that could not be sent: no consent, no keys or a spent index.
    case notSendable
}

/// What the transport tells its owner.
public enum TransportEvent: Equatable, Sendable {
    /// Media goes to this address from now on.
    case selected(TransportAddress)
    /// The handshake is through, the certificate is the signalled one, media can flow.
    case secured(SRTPProfile)
    /// The peer has not been heard for 30 s; nothing is sent any more.
    case consentLost
    /// The peer is heard again.
    case recovered
    /// The leg has ended by a failure.
    case failed(TransportFailure)
    /// The peer has closed the leg.
    case closed
}

/// Why a leg failed.
public enum TransportFailure: Equatable, Sendable {
    /// No check succeeded in time.
    case noConnectivity
    /// The peer insists on the controlling role.
    case roleConflict
    /// The handshake was refused or took too long.
    case handshake
    /// The peer's certificate is not the signalled one.
    case fingerprintMismatch
    /// The peer offered no protection profile of ours.
    case noCommonProfile
}

/// A remote address to check.
public struct ICECandidate: Hashable, Sendable {
    /// Where it is.
    public let address: TransportAddress
    /// The peer's preference (RFC 8445 section 5.1.2).
    public let priority: UInt32

    /// A candidate.
    public init(address: TransportAddress, priority: UInt32) {
        self.address = address
        self.priority = priority
    }
}

/// What the session descriptions said about the peer.
public struct RemoteParameters: Sendable {
    /// The peer's credentials.
    public var credentials: ICECredentials
    /// Digests, one of which the peer's certificate must have.
    public var fingerprints: [CertificateFingerprint]
    /// Addresses to check; a lite side needs none.
    public var candidates: [ICECandidate]

    /// The peer's side of a negotiation.
    public init(credentials: ICECredentials, fingerprints: [CertificateFingerprint], candidates: [ICECandidate] = []) {
        self.credentials = credentials
        self.fingerprints = fingerprints
        self.candidates = candidates
    }
}

/// Which side of ICE a transport is.
public enum TransportRole: Equatable, Sendable {
    /// ICE-lite and controlled: the server.
    case lite
    /// Full and controlling: a terminal or the load generator.
    case controlling(ICENomination)
}

/// How the controlling side nominates.
public enum ICENomination: Equatable, Sendable {
    /// A second check with USE-CANDIDATE on the best path.
    case regular
    /// USE-CANDIDATE in every check: one round trip less, the path may change at the start.
    case aggressive
}

/// A bounded queue of datagrams to send.
struct Outbox {
    private var waiting: [Transmit] = []

    mutating func send(_ bytes: [UInt8], to address: TransportAddress) {
        if waiting.count < RTCLimits.waitingDatagrams { waiting.append(Transmit(address: address, bytes: bytes)) }
    }

    mutating func poll() -> Transmit? { waiting.isEmpty ? nil : waiting.removeFirst() }
}
