/// The name that ICE checks carry: our user fragment, eight characters that fit one word, so that finding a leg compares two words.
package struct Fragment: Sendable {
    /// How long ours are; RFC 8445 asks for at least four characters and 24 random bits, these have 47.
    package static let length = 8
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)

    /// Random text for a user fragment or, longer, a password (22 characters: 131 bits).
    package static func random(length: Int) -> String {
        var generator = SystemRandomNumberGenerator()
        return String(decoding: (0..<length).map { _ in alphabet.randomElement(using: &generator) ?? 65 }, as: UTF8.self)
    }

    /// The word of a fragment of ours; nil for one of another length.
    package static func key(_ text: String) -> UInt64? {
        let bytes = text.utf8
        return bytes.count == length ? bytes.reduce(0) { $0 << 8 | UInt64($1) } : nil
    }

    /// Whom a STUN binding request is for: the part of its user name before the colon (RFC 8445 section 7.2.2). Nil when the datagram is
    /// no binding request, or names nobody that could be ours. Allocates nothing; everything else about it is checked later.
    package static func key(addressedIn datagram: UnsafeRawBufferPointer, length total: Int) -> UInt64? {
        guard total >= 20, total <= datagram.count, word16(datagram, 0) == 0x0001,
            word16(datagram, 4) == 0x2112, word16(datagram, 6) == 0xA442, Int(word16(datagram, 2)) + 20 == total
        else { return nil }
        var offset = 20
        while offset + 4 <= total {
            let type = word16(datagram, offset)
            let count = Int(word16(datagram, offset + 2))
            guard offset + 4 + count <= total else { return nil }
            if type == 0x0006 {
                guard count > length, datagram[offset + 4 + length] == UInt8(ascii: ":") else { return nil }
                return (0..<length).reduce(0) { $0 << 8 | UInt64(datagram[offset + 4 + $1]) }
            }
            offset += 4 + ((count + 3) & ~3)
        }
        return nil
    }

    private static func word16(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt16 {
        UInt16(bytes[offset]) << 8 | UInt16(bytes[offset + 1])
    }
}
