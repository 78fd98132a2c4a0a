internal import Basics
internal import Storage

/// A state of an agreement and its annexes as it was sealed.
struct SealedFingerprint {
    let fingerprint: ContentHash
    let agreement: AgreementID
    let annexes: Int
    let publicKey: [UInt8]?
    let signature: [UInt8]?
    let at: Timestamp
}

enum FingerprintStore {
    private static let columns = "fingerprint, agreement, annexes, public_key, signature, at"

    static func insert(
        _ fingerprint: ContentHash, of agreement: AgreementID, annexes: Int, seal: ProviderSeal?, in tx: any Transaction,
        at now: Timestamp
    ) throws(Fault) {
        let signature = try seal?.sign(SignedMessages.fingerprint(fingerprint))
        try tx.execute(
            """
            INSERT INTO agreement_fingerprints (fingerprint, agreement, annexes, public_key, signature, at)
            VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (fingerprint) DO NOTHING
            """,
            [
                .blob(fingerprint.bytes), .id(agreement), .integer(Int64(annexes)),
                seal.map { .blob($0.publicKey) } ?? .null, signature.map(Value.blob) ?? .null, .time(now),
            ])
    }

    static func find(_ fingerprint: ContentHash, in tx: any Transaction) throws(Fault) -> SealedFingerprint? {
        try tx.first("SELECT \(columns) FROM agreement_fingerprints WHERE fingerprint = $1", [.blob(fingerprint.bytes)]).map(read)
    }

    static func all(of agreement: AgreementID, in tx: any Transaction) throws(Fault) -> [SealedFingerprint] {
        let rows = try tx.query(
            "SELECT \(columns) FROM agreement_fingerprints WHERE agreement = $1 ORDER BY annexes", [.id(agreement)])
        var found: [SealedFingerprint] = []
        for row in rows { found.append(try read(row)) }
        return found
    }

    /// States that were made while no seal was at hand.
    static func unsealed(limit: Int, in tx: any Transaction) throws(Fault) -> [ContentHash] {
        let rows = try tx.query(
            "SELECT fingerprint FROM agreement_fingerprints WHERE signature IS NULL ORDER BY fingerprint LIMIT $1",
            [.integer(Int64(limit))])
        var found: [ContentHash] = []
        for row in rows { found.append(try hash(row, "fingerprint")) }
        return found
    }

    static func seal(_ fingerprint: ContentHash, with seal: ProviderSeal, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            "UPDATE agreement_fingerprints SET public_key = $2, signature = $3 WHERE fingerprint = $1 AND signature IS NULL",
            [
                .blob(fingerprint.bytes), .blob(seal.publicKey), .blob(try seal.sign(SignedMessages.fingerprint(fingerprint))),
            ])
    }

    private static func read(_ row: Row) throws(Fault) -> SealedFingerprint {
        SealedFingerprint(
            fingerprint: try hash(row, "fingerprint"), agreement: try row.id("agreement"),
            annexes: Int(try row.integer("annexes")), publicKey: try row.optionalBlob("public_key"),
            signature: try row.optionalBlob("signature"), at: try row.time("at"))
    }
}
