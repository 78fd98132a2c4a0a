package import Basics
internal import Foundation

/// Text that somebody typed, as it may be kept and shown: NFC, trimmed, inner spaces single, and every character visible.
///
/// What people type is shown to other people, on their screens and in their languages, so it must not be able to look empty, to turn the
/// direction of the text around it, or to hide a difference in an invisible character. Throws `customers.name-character` with the
/// first character that is none of these; the result may be empty.
package func visibleText(_ typed: String) throws(Fault) -> String {
    let normal = typed.precomposedStringWithCanonicalMapping
    if let bad = normal.unicodeScalars.first(where: { !isVisible($0) }) { throw .badCharacter(bad) }
    return normal.split(whereSeparator: \.isWhitespace).joined(separator: " ")
}

extension Fault {
    /// Names a character that may not be there, as in `U+202E`.
    static func badCharacter(_ scalar: Unicode.Scalar) -> Fault {
        let point = String(scalar.value, radix: 16, uppercase: true)
        let padded = String(repeating: "0", count: max(0, 4 - point.count)) + point
        return Fault(
            .nameCharacter, "this holds a character that cannot be seen or does not belong", ["character": "U+\(padded)"])
    }
}

/// A scalar that may be in a text: no control or format character (zero-width, direction overrides, tags), no line or paragraph
/// separator, nothing private or unassigned, and none of the letters that are drawn as nothing.
func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    if blanks.contains(scalar.value) || (0xFE00...0xFE0F).contains(scalar.value) || (0xE0100...0xE01EF).contains(scalar.value) {
        return false
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: return false
    default: return true
    }
}

/// Letters and symbols that are drawn as nothing: combining grapheme joiner, Hangul and Khmer fillers, the empty Braille cell.
private let blanks: Set<UInt32> = [0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, 0x1D159]

/// Full-width letters, digits and signs as their ASCII forms: what a Chinese input method types into a field for a number.
func halfWidth(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
        switch scalar.value {
        case 0xFF01...0xFF5E: result.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value - 0xFEE0)))
        case 0x3000: result.append(" ")
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}

/// A code as it is compared: half-width, capitals, without spaces and dashes between the characters.
func compactCode(_ typed: String) -> String {
    String(halfWidth(typed).uppercased().filter { !$0.isWhitespace && $0 != "-" && $0 != "\u{2010}" && $0 != "\u{2013}" })
}
