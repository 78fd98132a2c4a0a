/// A number that can be dialled: 3–15 digits (the longest that ITU-T E.164 allows), nothing else.
public struct PhoneNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The digits, as stored and as sent in messages.
    public let digits: String

    /// The fewest and the most digits.
    public static let length = 3...15

    /// Accepts what people type: full-width digits, and spaces, dashes, dots and brackets between digits. Nil when it is not a number.
    public init?(_ text: String) {
        guard text.utf8.count <= 128 else { return nil }
        var digits: [UInt8] = []
        for scalar in text.unicodeScalars {
            if let digit = Self.digit(scalar) {
                digits.append(digit)
            } else if !Self.isSeparator(scalar) {
                return nil
            }
        }
        guard Self.length.contains(digits.count) else { return nil }
        self.digits = String(decoding: digits, as: UTF8.self)
    }

    /// Trusts digits that this program wrote itself (a row of its own database, a literal).
    public init(trusted digits: String) { self.digits = digits }

    /// As people read it: `6000 0001`, `138 0013 8000`; up to five digits stay together (`110`, `10086`).
    public var grouped: String {
        let characters = Array(digits)
        guard characters.count > 5 else { return digits }
        let head = characters.count == 11 ? 3 : (characters.count % 4 == 0 ? 4 : characters.count % 4)
        var text = String(characters[..<head])
        for (offset, character) in characters[head...].enumerated() {
            if offset % 4 == 0 { text.append(" ") }
            text.append(character)
        }
        return text
    }

    /// By digits, as text: `119` before `60000000`, `6000` before `60000000`.
    public static func < (a: PhoneNumber, b: PhoneNumber) -> Bool { a.digits < b.digits }

    /// The grouped digits.
    public var description: String { grouped }

    private static func digit(_ scalar: Unicode.Scalar) -> UInt8? {
        switch scalar {
        case "0"..."9": UInt8(truncatingIfNeeded: scalar.value)
        case "\u{FF10}"..."\u{FF19}": UInt8(truncatingIfNeeded: scalar.value - 0xFF10 + 0x30)
        default: nil
        }
    }

    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case " ", "\u{A0}", "\u{3000}", "\t", "-", "\u{2010}"..."\u{2013}", "\u{FF0D}", ".", "(", ")", "\u{FF08}", "\u{FF09}":
            true
        default: false
        }
    }
}
