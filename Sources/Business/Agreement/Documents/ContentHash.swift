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
        var nibbles: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): nibbles.append(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): nibbles.append(byte - UInt8(ascii: "a") + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): nibbles.append(byte - UInt8(ascii: "A") + 10)
            case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: ":"), 9, 10, 13: continue
            default: return nil
            }
        }
        guard nibbles.count == 64 else { return nil }
        bytes = stride(from: 0, to: 64, by: 2).map { nibbles[$0] << 4 | nibbles[$0 + 1] }
    }

    /// 64 hexadecimal digits in lower case.
    public var hex: String { hexadecimal(bytes) }

    /// The digits in sixteen groups of four, as they are printed.
    public var grouped: String {
        let digits = Array(hex)
        return stride(from: 0, to: digits.count, by: 4).map { String(digits[$0..<$0 + 4]) }.joined(separator: " ")
    }

    /// The digits.
    public var description: String { hex }
}

/// Bytes as hexadecimal digits in lower case.
func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in bytes {
        text.append(digits[Int(byte >> 4)])
        text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
}
