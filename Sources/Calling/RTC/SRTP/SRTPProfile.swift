/// A protection profile of DTLS-SRTP (RFC 5764 section 4.1.2, RFC 7714 section 14.2), best first.
public enum SRTPProfile: UInt16, CaseIterable, Sendable {
    /// AES-128 in Galois/counter mode, 16-byte tags.
    case aeadAES128GCM = 0x0007
    /// AES-128 in counter mode with 10-byte HMAC-SHA1 tags.
    case aes128CMSHA1 = 0x0001

    /// The length of a master salt in bytes.
    package var saltBytes: Int { self == .aeadAES128GCM ? 12 : 14 }
    /// What protection adds to an RTP packet, in bytes.
    package var tagBytes: Int { self == .aeadAES128GCM ? 16 : 10 }
    /// What protection adds to an RTCP compound: the tag and the word with the index.
    package var rtcpTrailerBytes: Int { tagBytes + 4 }
    /// The exporter gives two keys and two salts.
    package var keyingMaterialBytes: Int { 2 * (SRTPMasterKey.keyBytes + saltBytes) }
}

/// What one direction's session keys are derived from.
package struct SRTPMasterKey {
    package static let keyBytes = 16
    package let key: [UInt8]
    package let salt: [UInt8]

    package init(key: [UInt8], salt: [UInt8]) {
        self.key = key
        self.salt = salt
    }

    /// Cuts the exporter's bytes (RFC 5764 section 4.2): client key, server key, client salt, server salt.
    static func split(_ material: [UInt8], profile: SRTPProfile) -> (client: SRTPMasterKey, server: SRTPMasterKey)? {
        guard material.count == profile.keyingMaterialBytes else { return nil }
        let salts = 2 * keyBytes
        let middle = salts + profile.saltBytes
        return (
            SRTPMasterKey(key: Array(material[..<keyBytes]), salt: Array(material[salts..<middle])),
            SRTPMasterKey(key: Array(material[keyBytes..<salts]), salt: Array(material[middle...]))
        )
    }

    /// One session key by the AES-CM generator of RFC 3711 section 4.3.3, rate 0; nil when the cipher cannot be made.
    package func derive(label: UInt8, count: Int) -> [UInt8]? {
        var iv = [UInt8](repeating: 0, count: 16)
        iv.replaceSubrange(..<salt.count, with: salt)
        iv[7] ^= label
        var bytes = [UInt8](repeating: 0, count: count)
        guard let cipher = CounterCipher(key: key) else { return nil }
        defer { cipher.free() }
        let done = bytes.withUnsafeMutableBytes { bytes in iv.withUnsafeBytes { cipher.apply(iv: $0, to: bytes) } }
        return done ? bytes : nil
    }
}
