/// A typed id: a line's id cannot be passed where a customer's is wanted. 1–64 characters of `A–Z a–z 0–9 _ -`.
public struct Identifier<Owner>: Hashable, Sendable, CustomStringConvertible {
    /// The text, as stored and shown.
    public let rawValue: String

    /// Accepts text from outside; nil when it is empty, too long or has other characters.
    public init?(_ text: String) {
        guard (1...64).contains(text.utf8.count), text.utf8.allSatisfy(Self.isAllowed) else { return nil }
        rawValue = text
    }

    /// Trusts text that this program wrote itself (a row of its own database, a literal).
    public init(trusted text: String) { rawValue = text }

    /// A new random id: 128 bits from the system's generator as 26 characters of Crockford base 32.
    public static func random() -> Identifier {
        var generator = SystemRandomNumberGenerator()
        return random(using: &generator)
    }

    /// A new random id from a given generator, so that a test can repeat it.
    public static func random(using generator: inout some RandomNumberGenerator) -> Identifier {
        let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
        var value = (UInt128(generator.next() as UInt64) << 64) | UInt128(generator.next() as UInt64)
        var text: [UInt8] = []
        for _ in 0..<26 {
            text.append(alphabet[Int(value & 31)])
            value >>= 5
        }
        return Identifier(trusted: String(decoding: text, as: UTF8.self))
    }

    /// The text.
    public var description: String { rawValue }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
