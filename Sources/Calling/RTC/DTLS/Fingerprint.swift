/// A certificate's digest as a session description signals it (RFC 8122).
public struct Fingerprint: Hashable, Sendable {
    /// The hash functions we accept; SHA-1 and older are refused.
    public enum Algorithm: String, Sendable, CaseIterable {
        /// SHA-256.
        case sha256 = "sha-256"
        /// SHA-384.
        case sha384 = "sha-384"
        /// SHA-512.
        case sha512 = "sha-512"

        /// The digest's length in bits.
        var bits: Int32 {
            switch self {
            case .sha256: 256
            case .sha384: 384
            case .sha512: 512
            }
        }
    }

    /// The hash function.
    public let algorithm: Algorithm
    /// The digest.
    public let digest: [UInt8]

    init(algorithm: Algorithm, digest: [UInt8]) {
        self.algorithm = algorithm
        self.digest = digest
    }

    /// Reads the name of a hash function and a digest in hexadecimal pairs with colons, in any case; nil when either is not acceptable.
    public init?(algorithm name: some StringProtocol, hex: some StringProtocol) {
        guard name.utf8.count <= 16, hex.utf8.count <= 191, let algorithm = Algorithm(rawValue: name.lowercased()) else {
            return nil
        }
        let pairs = hex.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard pairs.count == Int(algorithm.bits) / 8 else { return nil }
        var digest: [UInt8] = []
        digest.reserveCapacity(pairs.count)
        for pair in pairs {
            let isHexadecimal = pair.allSatisfy { ($0 | 0x20) >= UInt8(ascii: "a") || $0 <= UInt8(ascii: "9") }
            guard pair.count == 2, isHexadecimal, let byte = UInt8(String(decoding: pair, as: UTF8.self), radix: 16) else {
                return nil
            }
            digest.append(byte)
        }
        self.init(algorithm: algorithm, digest: digest)
    }

    /// The digest as upper-case pairs with colons, as in `a=fingerprint`.
    public var hex: String {
        digest.map { String($0 >> 4, radix: 16, uppercase: true) + String($0 & 15, radix: 16, uppercase: true) }.joined(
            separator: ":")
    }
}
