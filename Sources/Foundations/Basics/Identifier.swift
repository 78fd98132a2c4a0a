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
        Identifier(trusted: written((UInt128(generator.next() as UInt64) << 64) | UInt128(generator.next() as UInt64)))
    }

    /// A new id that sorts after those of earlier milliseconds: 48 bits of time, 80 random ones, in the same writing. Many rows written one
    /// after another then stand beside one another in an index, whose other pages need not be read and written again.
    public static func ordered(at now: Timestamp) -> Identifier {
        var generator = SystemRandomNumberGenerator()
        let time = UInt128(UInt64(truncatingIfNeeded: now.milliseconds) & 0xFFFF_FFFF_FFFF)
        let random = (UInt128(generator.next() as UInt16) << 64) | UInt128(generator.next() as UInt64)
        return Identifier(trusted: written((time << 80) | random))
    }

    /// 128 bits, the highest first.
    private static func written(_ bits: UInt128) -> String {
        String(unsafeUninitializedCapacity: 26) { text in
            for index in 0..<26 {
                text[index] = alphabetOfIDs[Int(truncatingIfNeeded: (bits >> UInt128(5 * (25 - index))) & 31)]
            }
            return 26
        }
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

private let alphabetOfIDs = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
