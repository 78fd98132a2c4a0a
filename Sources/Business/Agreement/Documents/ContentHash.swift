internal import Basics
internal import Crypto

/// A SHA-256: of a document's bytes, of a PDF, of a fingerprint's chain.
public struct ContentHash: Hashable, Sendable, CustomStringConvertible {
    /// The 32 bytes.
    public let bytes: [UInt8]

    /// The hash of some bytes.
    public init(of content: [UInt8]) { bytes = Array(SHA256.hash(data: content)) }

    /// Accepts 32 bytes; nil for any other number.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    /// Accepts 64 hexadecimal digits, also in groups as they are printed and in capitals; nil for anything else.
    public init?(hex text: String) {
        guard text.utf8.count <= 256 else { return nil }
        let digits = text.lowercased().utf8.filter { !Self.separators.contains($0) }
        guard let bytes = bytesOf(hexadecimal: digits) else { return nil }
        self.init(bytes: bytes)
    }

    /// 64 hexadecimal digits in lower case.
    public var hex: String { hexadecimal(bytes) }

    /// The digits in sixteen groups of four, as they are printed.
    public var grouped: String {
        let digits = Array(hex)
        return stride(from: 0, to: digits.count, by: 4).map { String(digits[$0..<$0 + 4]) }.joined(separator: " ")
    }

    /// Between the groups of a printed hash: blank, hyphen, colon, tab and line breaks.
    private static let separators = Array(" -:\t\n\r".utf8)

    /// The digits.
    public var description: String { hex }
}
