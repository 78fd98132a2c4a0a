import Agreement
import Basics
import Storage

extension DocumentCheck {
    /// Looks a printed fingerprint up.
    static func fingerprint(_ text: String, in tx: any Transaction) throws(Fault) -> DocumentCheck {
        guard let fingerprint = ContentHash(hex: text) else { return DocumentCheck(outcome: .malformed) }
        guard let proof = try findByFingerprint(fingerprint, in: tx) else { return DocumentCheck(outcome: .unknown) }
        let outcome: Outcome = proof.inForceAt == nil ? .unsigned : proof.isLatest ? .known : .older
        return DocumentCheck(outcome: outcome, facts: Facts(proof))
    }

    /// Looks a file up by its hash. `claims` is the fingerprint that an original of ours carries as its identifier: with it an altered
    /// original is told from a file that never was one.
    static func file(_ hash: String, claims: String?, in tx: any Transaction) throws(Fault) -> DocumentCheck {
        guard let hash = ContentHash(hex: hash) else { return DocumentCheck(outcome: .malformed, isFile: true) }
        if let proof = try findByOriginalHash(hash, in: tx) {
            return DocumentCheck(outcome: .genuine, facts: Facts(proof), isFile: true)
        }
        guard let claimed = claims.flatMap({ ContentHash(hex: $0) }), let proof = try findByFingerprint(claimed, in: tx) else {
            return DocumentCheck(outcome: .unknownFile, isFile: true)
        }
        return DocumentCheck(outcome: .altered, facts: Facts(proof), isFile: true)
    }
}

extension DocumentCheck.Facts {
    init(_ proof: OriginalProof) {
        self.init(
            number: proof.number, version: proof.versionNumber, customer: proof.customer, provider: proof.provider,
            customerSignedAt: proof.customerSignedAt, providerSignedAt: proof.providerSignedAt, inForceAt: proof.inForceAt,
            endedAt: proof.endedAt, annexes: proof.annexes, copy: proof.copy)
    }
}
