public import Basics
internal import Foundation

/// A name that is safe to show: normalised to NFC, trimmed, one line, 1–40 characters, every one of them visible.
///
/// Names are shown to other people, on their screens and in their languages, so a name must not be able to look empty, to turn the
/// direction of the text around it, or to hide a difference from another name in an invisible character.
public struct DisplayName: Hashable, Sendable, CustomStringConvertible {
    /// The name.
    public let text: String

    /// Checks and normalises what somebody typed.
    public init(_ typed: String) throws(Fault) {
        guard typed.utf8.count <= CustomersLimits.nameBytes else { throw .tooLong }
        let normal = typed.precomposedStringWithCanonicalMapping
        if let bad = normal.unicodeScalars.first(where: { !isAllowed($0) }) {
            let point = String(bad.value, radix: 16, uppercase: true)
            let padded = String(repeating: "0", count: max(0, 4 - point.count)) + point
            throw Fault(.nameCharacter, "a name holds only characters that can be seen", ["character": "U+\(padded)"])
        }
        let words = normal.split(whereSeparator: \.isWhitespace)
        let name = words.joined(separator: " ")
        guard !name.isEmpty, name.unicodeScalars.contains(where: isBase) else {
            throw Fault(.nameEmpty, "a name needs a character")
        }
        guard name.count <= CustomersLimits.nameCharacters.upperBound, name.unicodeScalars.count <= CustomersLimits.nameScalars
        else { throw .tooLong }
        text = name
    }

    /// Trusts a name that this program checked before (a row of its own database).
    package init(trusted text: String) { self.text = text }

    /// The name.
    public var description: String { text }
}

/// A scalar that may be in a name: no control or format character (zero-width, direction overrides, tags), no line or paragraph
/// separator, nothing private or unassigned, and none of the letters that are drawn as nothing.
private func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
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

/// A scalar that is something by itself, not a mark on a neighbour or a space.
private func isBase(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark, .spaceSeparator: false
    default: true
    }
}

extension Fault {
    fileprivate static var tooLong: Fault {
        Fault(
            .nameTooLong, "a name may not have that many characters", ["maximum": "\(CustomersLimits.nameCharacters.upperBound)"])
    }
}
