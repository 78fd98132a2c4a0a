extension ICECredentials {
    /// New credentials: 48 bits of name, 144 bits of password.
    public static func random(using generator: inout some RandomNumberGenerator) -> ICECredentials {
        ICECredentials(fragment: text(LegKey.fragmentBytes, using: &generator), password: text(24, using: &generator))
    }

    /// New credentials from the system's generator.
    public static func random() -> ICECredentials {
        var generator = SystemRandomNumberGenerator()
        return random(using: &generator)
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static func text(_ count: Int, using generator: inout some RandomNumberGenerator) -> String {
        String(decoding: (0..<count).map { _ in alphabet[Int.random(in: 0..<64, using: &generator)] }, as: UTF8.self)
    }
}

/// Our own fragment as a number, so that a worker finds the leg of a check from an unknown address without touching the heap.
public struct LegKey: Hashable, Sendable {
    static let fragmentBytes = 8
    private let packed: UInt64

    /// The key of credentials that ``ICECredentials/random()`` made; nil for others.
    public init?(_ credentials: ICECredentials) {
        let bytes = Array(credentials.fragment.utf8)
        guard bytes.count == Self.fragmentBytes else { return nil }
        packed = bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The key in the USERNAME of a well-formed binding request; nil for any other datagram. Only lengths are examined, so a flood of
    /// unknown names costs neither checksums nor cryptography; the leg's `Transport` does the rest for the names that exist.
    public init?(request datagram: UnsafeRawBufferPointer) {
        guard STUNMessage.looksLikeSTUN(datagram), let message = try? STUNMessage(datagram, checkingFingerprint: false),
            message.kind == .bindingRequest, message.hasFingerprint,
            let username = message.username, username.count > Self.fragmentBytes,
            datagram[username.lowerBound + Self.fragmentBytes] == UInt8(ascii: ":")
        else { return nil }
        packed = datagram.load64(username.lowerBound)
    }
}
