import COpenSSLShims

/// HMAC-SHA1 under one key, prepared once. The only importer of OpenSSL's hashes.
package struct KeyedSHA1 {
    static let digestBytes = 20
    private var state = JM_hmac_sha1()

    init(key: UnsafeRawBufferPointer) {
        JM_hmac_sha1_init(&state, key.baseAddress?.assumingMemoryBound(to: UInt8.self), key.count)
    }

    package init(key: [UInt8]) {
        self = key.withUnsafeBytes { KeyedSHA1(key: $0) }
    }

    /// The hash of `data` followed by the big-endian bytes of `tail`, if any, into 20 bytes at `out`.
    mutating func hash(_ data: UnsafeRawBufferPointer, tail: UInt32? = nil, into out: UnsafeMutableRawPointer) {
        let digest = out.assumingMemoryBound(to: UInt8.self)
        let bytes = data.baseAddress?.assumingMemoryBound(to: UInt8.self)
        guard let tail else { return JM_hmac_sha1_compute(&state, bytes, data.count, nil, 0, digest) }
        withUnsafeBytes(of: tail.bigEndian) {
            JM_hmac_sha1_compute(
                &state, bytes, data.count, $0.baseAddress?.assumingMemoryBound(to: UInt8.self), $0.count, digest)
        }
    }

    /// Whether the first `tag.count` bytes of the hash of `data` (and `tail`) are `tag`, in constant time.
    mutating func verifies(_ data: UnsafeRawBufferPointer, tail: UInt32? = nil, tag: UnsafeRawBufferPointer) -> Bool {
        var digest: (UInt64, UInt64, UInt32) = (0, 0, 0)
        return withUnsafeMutableBytes(of: &digest) { digest in
            guard let start = digest.baseAddress, tag.count <= Self.digestBytes else { return false }
            hash(data, tail: tail, into: start)
            return isEqualInConstantTime(UnsafeRawBufferPointer(rebasing: digest[..<tag.count]), tag)
        }
    }

    mutating func forget() { JM_cleanse(&state, MemoryLayout<JM_hmac_sha1>.size) }
}

func isEqualInConstantTime(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
    guard a.count == b.count else { return false }
    return JM_equal(
        a.baseAddress?.assumingMemoryBound(to: UInt8.self), b.baseAddress?.assumingMemoryBound(to: UInt8.self), a.count) == 1
}

/// HMAC-SHA256 in one go (RFC 8489 MESSAGE-INTEGRITY-SHA256).
func hmacSHA256(key: [UInt8], _ data: UnsafeRawBufferPointer) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 32) { out, count in
        key.withUnsafeBufferPointer {
            JM_hmac_sha256(
                $0.baseAddress, $0.count, data.baseAddress?.assumingMemoryBound(to: UInt8.self), data.count, out.baseAddress)
        }
        count = 32
    }
}
