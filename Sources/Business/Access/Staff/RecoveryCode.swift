internal import Basics
internal import Crypto

/// A code on paper for when the authenticator is lost: 80 random bits as sixteen characters of Crockford base 32 in four groups. With
/// that many bits a plain hash cannot be searched backwards.
package struct RecoveryCode: Sendable, Equatable {
    /// As stored: without groups.
    let characters: String

    static let length = 16
    private static let alphabet = "0123456789abcdefghjkmnpqrstvwxyz"

    /// As shown: `7h2k-0cvm-…`.
    package var text: String {
        var groups: [Substring] = []
        var rest = characters[...]
        while !rest.isEmpty {
            groups.append(rest.prefix(4))
            rest = rest.dropFirst(4)
        }
        return groups.joined(separator: "-")
    }

    static func random() -> RecoveryCode {
        // An id has 26 such characters from the same generator; the last one holds only three bits, so the first are taken.
        RecoveryCode(characters: String(Identifier<RecoveryCode>.random().rawValue.prefix(length)))
    }

    private init(characters: String) { self.characters = characters }

    /// Reads what somebody typed, with the usual slips (O for 0, I or L for 1, capitals, other groups); nil when it is none.
    package init?(typed text: String) {
        guard text.utf8.count <= AccessLimits.codeBytes else { return nil }
        let slips: [Character: Character] = ["o": "0", "i": "1", "l": "1"]
        let plain = text.lowercased().filter { $0 != "-" && !$0.isWhitespace }.map { slips[$0] ?? $0 }
        guard plain.count == Self.length, plain.allSatisfy(Self.alphabet.contains) else { return nil }
        characters = String(plain)
    }

    func hash(of staff: StaffID) -> [UInt8] { Array(SHA256.hash(data: Array("\(staff):\(characters)".utf8))) }
}
