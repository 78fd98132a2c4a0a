import COpenSSLShims

// The only importer of OpenSSL's ciphers. A cipher is keyed once; a packet only sets its IV. Both are handles: whoever made one frees it.

/// AES-128 in counter mode.
struct CounterCipher {
    private let context: OpaquePointer

    init?(key: [UInt8]) {
        guard key.count == 16, let context = JM_ctr_new(key) else { return nil }
        self.context = context
    }

    func free() { JM_cipher_free(context) }

    /// Encrypts or decrypts in place with a 16-byte IV.
    func apply(iv: UnsafeRawBufferPointer, to bytes: UnsafeMutableRawBufferPointer) -> Bool {
        JM_ctr_apply(context, iv.bytes, bytes.bytes, Int32(truncatingIfNeeded: bytes.count)) == 1
    }
}

/// AES-128-GCM of one direction.
struct GaloisCipher {
    static let tagBytes = 16
    private let context: OpaquePointer

    init?(key: [UInt8], isEncrypting: Bool) {
        guard key.count == 16, let context = JM_gcm_new(key, isEncrypting ? 1 : 0) else { return nil }
        self.context = context
    }

    func free() { JM_cipher_free(context) }

    /// Encrypts `text` in place and writes 16 bytes of tag.
    func seal(
        iv: UnsafeRawBufferPointer, aad: UnsafeRawBufferPointer, moreAAD: UnsafeRawBufferPointer?,
        text: UnsafeMutableRawBufferPointer, tag: UnsafeMutableRawPointer
    ) -> Bool {
        JM_gcm_seal(
            context, iv.bytes, aad.bytes, Int32(truncatingIfNeeded: aad.count), moreAAD?.bytes,
            Int32(truncatingIfNeeded: moreAAD?.count ?? 0), text.bytes, Int32(truncatingIfNeeded: text.count),
            tag.assumingMemoryBound(to: UInt8.self)) == 1
    }

    /// Decrypts `text` in place; false when the tag does not fit, and then the text is garbage.
    func open(
        iv: UnsafeRawBufferPointer, aad: UnsafeRawBufferPointer, moreAAD: UnsafeRawBufferPointer?,
        text: UnsafeMutableRawBufferPointer, tag: UnsafeRawPointer
    ) -> Bool {
        JM_gcm_open(
            context, iv.bytes, aad.bytes, Int32(truncatingIfNeeded: aad.count), moreAAD?.bytes,
            Int32(truncatingIfNeeded: moreAAD?.count ?? 0), text.bytes, Int32(truncatingIfNeeded: text.count),
            tag.assumingMemoryBound(to: UInt8.self)) == 1
    }
}

extension UnsafeRawBufferPointer {
    fileprivate var bytes: UnsafePointer<UInt8>? { baseAddress?.assumingMemoryBound(to: UInt8.self) }
}

extension UnsafeMutableRawBufferPointer {
    fileprivate var bytes: UnsafeMutablePointer<UInt8>? { baseAddress?.assumingMemoryBound(to: UInt8.self) }
}
