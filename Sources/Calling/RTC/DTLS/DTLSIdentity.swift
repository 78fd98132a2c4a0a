import COpenSSLShims

/// The certificate of this process: P-256, self-signed, made at the start and shared by all legs of all workers.
public final class DTLSIdentity: Sendable {
    // Proof: the context is configured before it is published and never changed again; OpenSSL counts references to it with atomics
    // and locks its own caches, so threads may make associations from it at the same time.
    nonisolated(unsafe) let context: OpaquePointer
    /// The digest to signal.
    public let fingerprint: CertificateFingerprint

    /// Makes a key and a certificate; nil when OpenSSL cannot. The profiles are offered, or taken from an offer, in their order.
    public init?(profiles: [SRTPProfile] = SRTPProfile.allCases) {
        guard let context = JM_dtls_context_new(profiles.map(\.name).joined(separator: ":")) else { return nil }
        guard let fingerprint = Self.fingerprint(of: context, .sha256) else {
            JM_dtls_context_free(context)
            return nil
        }
        self.context = context
        self.fingerprint = fingerprint
    }

    /// The digest by another hash function.
    package func fingerprint(_ algorithm: CertificateFingerprint.Algorithm) -> CertificateFingerprint? {
        Self.fingerprint(of: context, algorithm)
    }

    private static func fingerprint(
        of context: OpaquePointer, _ algorithm: CertificateFingerprint.Algorithm
    ) -> CertificateFingerprint? {
        CertificateFingerprint(algorithm, digestBytes { JM_dtls_own_digest(context, algorithm.bits, $0) })
    }

    deinit { JM_dtls_context_free(context) }
}

extension CertificateFingerprint.Algorithm {
    /// The digest's length in bits, by which the shim knows the function.
    var bits: Int32 { Int32(length * 8) }
}

extension SRTPProfile {
    /// OpenSSL's name.
    fileprivate var name: String {
        switch self {
        case .aeadAES128GCM: "SRTP_AEAD_AES_128_GCM"
        case .aes128CMSHA1: "SRTP_AES128_CM_SHA1_80"
        }
    }
}

/// Collects a digest of at most 64 bytes.
func digestBytes(_ write: (UnsafeMutablePointer<UInt8>) -> Int32) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 64) { bytes, count in
        count = bytes.baseAddress.map { Int(write($0)) } ?? 0
    }
}
