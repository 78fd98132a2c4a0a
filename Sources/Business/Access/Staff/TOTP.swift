package import Basics
internal import Crypto

/// One-time codes by time (RFC 6238 over RFC 4226): HMAC-SHA-1, six digits, thirty seconds, as every authenticator app knows them.
package enum TOTP {
    package static let digits = 6
    package static let stepSeconds: Int64 = 30
    /// 160 bits, the length of the hash, as RFC 4226 section 4 recommends.
    package static let secretBytes = 20
    /// Steps that a clock may be early or late by.
    package static let tolerance: Int64 = 1

    /// The step that an instant lies in.
    package static func step(at now: Timestamp) -> Int64 { max(0, now.milliseconds / (stepSeconds * 1000)) }

    /// The code of a step.
    package static func code(secret: [UInt8], step: Int64, digits: Int = TOTP.digits) -> String {
        let counter = (0..<8).reversed().map { UInt8(truncatingIfNeeded: step >> Int64($0 * 8)) }
        let hash = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
        let offset = Int(hash[hash.count - 1] & 0x0F)
        let number = hash[offset..<offset + 4].reduce(UInt32(0)) { ($0 << 8) | UInt32($1) } & 0x7FFF_FFFF
        let text = String(number)
        let padded = String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
        return String(padded.suffix(digits))
    }

    /// The step whose code was typed: the present one, the one before or the one after; nil when it is none of them. All are compared in
    /// full, so that the time does not tell how near a guess was.
    package static func matchingStep(_ typed: String, secret: [UInt8], at now: Timestamp) -> Int64? {
        let present = step(at: now)
        var found: Int64?
        for candidate in (present - tolerance)...(present + tolerance) where candidate >= 0 {
            if isEqual(Array(code(secret: secret, step: candidate).utf8), Array(typed.utf8)) { found = candidate }
        }
        return found
    }

    /// What an authenticator reads from the QR code (Key Uri Format).
    package static func uri(secret: [UInt8], account: String, issuer: String) -> String {
        let (account, issuer) = (percentEncoded(account), percentEncoded(issuer))
        return
            "otpauth://totp/\(issuer):\(account)?secret=\(base32(secret))&issuer=\(issuer)&algorithm=SHA1&digits=\(digits)&period=\(stepSeconds)"
    }

    private static func isEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        guard a.count == b.count else { return false }
        return zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// RFC 3986: all but the unreserved characters.
    private static func percentEncoded(_ text: String) -> String {
        text.utf8.reduce(into: "") { result, byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let hex = String(byte, radix: 16, uppercase: true)
                result += hex.utf8.count == 1 ? "%0\(hex)" : "%\(hex)"
            }
        }
    }
}
