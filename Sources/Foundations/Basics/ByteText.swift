// Bytes as text and back (RFC 4648). Reading takes only what writing makes: one text for the same bytes.

/// Bytes as hexadecimal digits in lower case.
package func hexadecimal(_ bytes: some Sequence<UInt8>) -> String { written(bytes, bits: 4, alphabet: hexadecimalDigits) }

/// The bytes of hexadecimal digits in lower case; nil for anything else.
package func bytesOf(hexadecimal digits: some Sequence<UInt8>) -> [UInt8]? {
    read(digits, bits: 4) { digit in
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}

/// Bytes as base64url without padding (section 5).
package func base64url(_ bytes: some Sequence<UInt8>) -> String { written(bytes, bits: 6, alphabet: base64urlDigits) }

/// The bytes of base64url without padding; nil for anything else.
package func bytesOf(base64url text: String) -> [UInt8]? {
    read(text.utf8, bits: 6) { digit in
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): digit - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0") + 52
        case UInt8(ascii: "-"): 62
        case UInt8(ascii: "_"): 63
        default: nil
        }
    }
}

/// Bytes as base32 without padding (section 6).
package func base32(_ bytes: some Sequence<UInt8>) -> String { written(bytes, bits: 5, alphabet: base32Digits) }

/// The bytes of base32 in capitals without padding; nil for anything else.
package func bytesOf(base32 text: String) -> [UInt8]? {
    read(text.utf8, bits: 5) { digit in
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit - UInt8(ascii: "A")
        case UInt8(ascii: "2")...UInt8(ascii: "7"): digit - UInt8(ascii: "2") + 26
        default: nil
        }
    }
}

private let hexadecimalDigits = Array("0123456789abcdef".utf8)
private let base32Digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
private let base64urlDigits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

/// Writes so many bits a digit, the highest first; the last digit is filled with zeros.
private func written(_ bytes: some Sequence<UInt8>, bits width: UInt32, alphabet: [UInt8]) -> String {
    var text: [UInt8] = []
    var (buffer, held): (UInt32, UInt32) = (0, 0)
    let mask = UInt32(alphabet.count - 1)
    for byte in bytes {
        buffer = (buffer << 8) | UInt32(byte)
        held += 8
        while held >= width {
            held -= width
            text.append(alphabet[Int((buffer >> held) & mask)])
        }
    }
    if held > 0 { text.append(alphabet[Int((buffer << (width - held)) & mask)]) }
    return String(decoding: text, as: UTF8.self)
}

/// Reads so many bits a digit. A digit too many and bits left over that are not zero are refused.
private func read(_ digits: some Sequence<UInt8>, bits width: UInt32, value: (UInt8) -> UInt8?) -> [UInt8]? {
    var bytes: [UInt8] = []
    var (buffer, held): (UInt32, UInt32) = (0, 0)
    for digit in digits {
        guard let value = value(digit) else { return nil }
        buffer = (buffer << width) | UInt32(value)
        held += width
        guard held >= 8 else { continue }
        held -= 8
        bytes.append(UInt8(truncatingIfNeeded: buffer >> held))
        buffer &= (1 << held) - 1
    }
    return held < width && buffer == 0 ? bytes : nil
}
