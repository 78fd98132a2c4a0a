import COpenSSLShims

/// The certificate of this process: P-256, self-signed, made at the start and shared by all legs of all workers.
public final class DTLSIdentity: Sendable {
    // Proof: the context is configured before it is published and never changed again; OpenSSL counts references to it with atomics
    // and locks its own caches, so threads may make associations from it at the same time.
    nonisolated(unsafe) let context: OpaquePointer
    /// The digest to signal.
    public let fingerprint: Fingerprint

    /// Makes a key and a certificate; nil when OpenSSL cannot.
    public init?() {
        guard let context = JM_dtls_context_new() else { return nil }
        self.context = context
        let algorithm = Fingerprint.Algorithm.sha256
        fingerprint = Fingerprint(algorithm: algorithm, digest: digestBytes { JM_dtls_own_digest(context, algorithm.bits, $0) })
    }

    deinit { JM_dtls_context_free(context) }
}

/// Collects a digest of at most 64 bytes.
func digestBytes(_ write: (UnsafeMutablePointer<UInt8>) -> Int32) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 64) { bytes, count in
        count = bytes.baseAddress.map { Int(write($0)) } ?? 0
    }
}
