internal import Basics

/// The bytes under each signature. Each begins with its own name, so that a signature made for one purpose is worth nothing for another;
/// everything after it is of fixed length.
enum SignedMessages {
    /// What a customer's key signs: the name, the document's hash, the challenge's nonce.
    static func customer(document: ContentHash, nonce: [UInt8]) -> [UInt8] {
        Array("jianmian.signature.1".utf8) + document.bytes + nonce
    }

    /// What takes the place of a signature when a customer signs with a code.
    static func codeHash(document: ContentHash, nonce: [UInt8], code: String) -> [UInt8] {
        ContentHash(of: Array("jianmian.code.1".utf8) + document.bytes + nonce + Array(code.utf8)).bytes
    }

    /// What the provider's seal signs: the document, the customer's signature if it came first, the time.
    static func provider(document: ContentHash, customer: CustomerSignature?, at: Timestamp) -> [UInt8] {
        let other = customer.map { digest(of: $0) } ?? [UInt8](repeating: 0, count: 32)
        return Array("jianmian.seal.1".utf8) + document.bytes + other + bigEndian(at.milliseconds)
    }

    /// What the provider's seal signs when annexes have been added.
    static func fingerprint(_ fingerprint: ContentHash) -> [UInt8] {
        Array("jianmian.fingerprint-seal.1".utf8) + fingerprint.bytes
    }

    private static func digest(of signature: CustomerSignature) -> [UInt8] {
        let key = signature.publicKey?.bytes ?? [UInt8](repeating: 0, count: 65)
        let method: UInt8 = signature.method == .key ? 1 : 2
        return ContentHash(of: [method] + key + signature.nonce + bigEndian(signature.at.milliseconds) + signature.signature)
            .bytes
    }

    private static func bigEndian(_ value: Int64) -> [UInt8] {
        stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: value >> Int64($0)) }
    }
}

/// The chain over a document and its annexes: each link covers the one before, the annex's document and its number. Anybody who has the
/// hashes can compute it.
public func fingerprint(document: ContentHash, annexes: [(number: String, document: ContentHash)]) -> ContentHash {
    var link = ContentHash(of: Array("jianmian.fingerprint.1".utf8) + document.bytes)
    for annex in annexes {
        link = ContentHash(of: Array("jianmian.annex.1".utf8) + link.bytes + annex.document.bytes + Array(annex.number.utf8))
    }
    return link
}
