internal import Basics
internal import Crypto

/// The secret of a session: 256 bits from the system's generator, as base64url without padding.
struct SessionToken {
    let text: String

    static let characters = 43

    static func random() -> SessionToken {
        var generator = SystemRandomNumberGenerator()
        var bytes: [UInt8] = []
        for _ in 0..<4 {
            let word: UInt64 = generator.next()
            withUnsafeBytes(of: word) { bytes.append(contentsOf: $0) }
        }
        return SessionToken(text: base64url(bytes))
    }

    /// What is stored. The token has 256 random bits, so a plain hash cannot be searched backwards.
    static func hash(_ text: String) -> [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
}
