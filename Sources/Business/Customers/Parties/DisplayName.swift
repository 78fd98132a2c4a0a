public import Basics

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
        let name = try visibleText(typed)
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
