internal import Access
internal import Basics
internal import Storage

/// A challenge as it waits for its answer.
struct OpenChallenge {
    let nonce: [UInt8]
    let document: ContentHash
    let method: SigningMethod
    let codeHash: [UInt8]?
    let wrongCodes: Int
    let begunAt: Timestamp
}

enum ChallengeStore {
    static func insert(
        _ challenge: SigningChallenge, agreement: AgreementID, session: SessionID, in tx: any Transaction, at now: Timestamp
    ) throws(Fault) {
        let codeHash = challenge.code.map {
            SignedMessages.codeHash(document: challenge.documentHash, nonce: challenge.nonce, code: $0)
        }
        try tx.execute(
            """
            INSERT INTO agreement_challenges (nonce, agreement, session, document, method, code_hash, wrong_codes, begun_at)
            VALUES ($1, $2, $3, $4, $5, $6, 0, $7)
            """,
            [
                .blob(challenge.nonce), .id(agreement), .id(session), .blob(challenge.documentHash.bytes),
                .text(challenge.method.rawValue), codeHash.map(Value.blob) ?? .null, .time(now),
            ])
    }

    /// The challenge of this agreement and session, while it is open.
    static func open(
        _ nonce: [UInt8], of agreement: AgreementID, session: SessionID, in tx: any Transaction
    ) throws(Fault) -> OpenChallenge? {
        let row = try tx.first(
            """
            SELECT document, method, code_hash, wrong_codes, begun_at FROM agreement_challenges
            WHERE nonce = $1 AND agreement = $2 AND session = $3 AND closed_at IS NULL\(tx.forUpdate)
            """, [.blob(nonce), .id(agreement), .id(session)])
        guard let row, let method = SigningMethod(rawValue: try row.text("method")) else { return nil }
        return OpenChallenge(
            nonce: nonce, document: try hash(row, "document"), method: method, codeHash: try row.optionalBlob("code_hash"),
            wrongCodes: Int(try row.integer("wrong_codes")), begunAt: try row.time("begun_at"))
    }

    static func noteWrongCode(_ nonce: [UInt8], in tx: any Transaction) throws(Fault) {
        try tx.execute("UPDATE agreement_challenges SET wrong_codes = wrong_codes + 1 WHERE nonce = $1", [.blob(nonce)])
    }

    static func close(_ nonce: [UInt8], at now: Timestamp, in tx: any Transaction) throws(Fault) {
        try tx.execute("UPDATE agreement_challenges SET closed_at = $2 WHERE nonce = $1", [.blob(nonce), .time(now)])
    }

    static func closeAll(_ agreement: AgreementID, at now: Timestamp, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            "UPDATE agreement_challenges SET closed_at = $2 WHERE agreement = $1 AND closed_at IS NULL",
            [.id(agreement), .time(now)])
    }

    static func count(_ agreement: AgreementID, since: Timestamp, in tx: any Transaction) throws(Fault) -> Int64 {
        let row = try tx.first(
            "SELECT COUNT(*) AS n FROM agreement_challenges WHERE agreement = $1 AND begun_at > $2",
            [.id(agreement), .time(since)])
        return try row?.integer("n") ?? 0
    }

    static func forget(before: Timestamp, _ agreement: AgreementID, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            "DELETE FROM agreement_challenges WHERE agreement = $1 AND begun_at <= $2", [.id(agreement), .time(before)])
    }
}
