/// One side's machine of checks; what it learns goes into the leg's ``ICEPaths``, what it sends into the outbox.
protocol ICEAgent: AnyObject {
    var deadline: MonotonicTime? { get }
    /// Takes a well-formed message; the reason when it was of no use.
    func receive(
        _ message: STUNMessage, _ datagram: UnsafeRawBufferPointer, from address: TransportAddress, now: MonotonicTime,
        paths: inout ICEPaths, outbox: inout Outbox
    ) -> DropReason?
    func handleTimeout(now: MonotonicTime, paths: inout ICEPaths, outbox: inout Outbox)
}

/// Both sides' credentials and what is computed from them once.
struct ICEGeneration {
    let local: ICECredentials
    let remote: ICECredentials
    let localKey: KeyedSHA1
    let remoteKey: KeyedSHA1
    /// The USERNAME of checks to us: our fragment, a colon, theirs.
    let incomingUsername: [UInt8]
    let outgoingUsername: [UInt8]

    init(local: ICECredentials, remote: ICECredentials) {
        self.local = local
        self.remote = remote
        localKey = KeyedSHA1(key: Array(local.password.utf8))
        remoteKey = KeyedSHA1(key: Array(remote.password.utf8))
        incomingUsername = Array("\(local.fragment):\(remote.fragment)".utf8)
        outgoingUsername = Array("\(remote.fragment):\(local.fragment)".utf8)
    }

    /// Whether a request names exactly this generation; costs no cryptography.
    func isNamed(by message: STUNMessage, in datagram: UnsafeRawBufferPointer) -> Bool {
        guard let username = message.username, username.count == incomingUsername.count else { return false }
        return datagram[username].elementsEqual(incomingUsername)
    }

    /// Whether a request was made with our password, by the better of the hash functions that it carries.
    func authenticates(_ message: STUNMessage, in datagram: UnsafeRawBufferPointer) -> Bool {
        message.hasIntegritySHA256
            ? message.isAuthenticSHA256(password: Array(local.password.utf8), in: datagram)
            : message.isAuthentic(key: localKey, in: datagram)
    }

    func success(for message: STUNMessage, from address: TransportAddress) -> [UInt8] {
        var answer = STUNWriter(.bindingSuccess, message.transactionID)
        answer.xorMappedAddress(address)
        return sign(answer, for: message)
    }

    func error(_ code: Int, _ reason: String, for message: STUNMessage) -> [UInt8] {
        var answer = STUNWriter(.bindingError, message.transactionID)
        answer.errorCode(code, reason)
        if code == STUN.ErrorCode.unknownAttribute { answer.unknownAttributes(of: message) }
        return sign(answer, for: message)
    }

    /// An answer carries the kind of integrity that its request had (RFC 8489 section 9.1.4).
    private func sign(_ answer: STUNWriter, for message: STUNMessage) -> [UInt8] {
        message.hasIntegritySHA256 ? answer.finish(sha256Password: Array(local.password.utf8)) : answer.finish(key: localKey)
    }
}
