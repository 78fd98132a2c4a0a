internal import Basics
internal import Storage

enum SignatureStore {
    static func customer(_ agreement: AgreementID, in tx: any Transaction) throws(Fault) -> CustomerSignature? {
        guard let row = try row(agreement, "customer", tx) else { return nil }
        guard let method = SigningMethod(rawValue: try row.text("method")) else {
            throw Fault(.damaged, "agreement \(agreement) was signed by an unknown method")
        }
        let key: CustomerPublicKey? = try row.optionalBlob("public_key").map { bytes throws(Fault) in
            try CustomerPublicKey(bytes: bytes)
        }
        return CustomerSignature(
            method: method, publicKey: key, signature: try row.blob("signature"), nonce: try row.blob("nonce"),
            at: try row.time("at"))
    }

    static func provider(_ agreement: AgreementID, in tx: any Transaction) throws(Fault) -> ProviderSignature? {
        guard let row = try row(agreement, "provider", tx) else { return nil }
        return ProviderSignature(
            publicKey: try row.blob("public_key"), signature: try row.blob("signature"), at: try row.time("at"))
    }

    static func insert(_ signature: CustomerSignature, of agreement: AgreementID, in tx: any Transaction) throws(Fault) {
        try insert(
            agreement, "customer", signature.method.rawValue, key: signature.publicKey?.bytes, signature.signature,
            nonce: signature.nonce, at: signature.at, tx)
    }

    static func insert(_ signature: ProviderSignature, of agreement: AgreementID, in tx: any Transaction) throws(Fault) {
        try insert(
            agreement, "provider", "seal", key: signature.publicKey, signature.signature, nonce: nil, at: signature.at, tx)
    }

    static func delete(_ agreement: AgreementID, in tx: any Transaction) throws(Fault) {
        try tx.execute("DELETE FROM agreement_signatures WHERE agreement = $1", [.id(agreement)])
    }

    private static func row(_ agreement: AgreementID, _ party: String, _ tx: any Transaction) throws(Fault) -> Row? {
        try tx.first(
            "SELECT method, public_key, signature, nonce, at FROM agreement_signatures WHERE agreement = $1 AND party = $2",
            [.id(agreement), .text(party)])
    }

    private static func insert(
        _ agreement: AgreementID, _ party: String, _ method: String, key: [UInt8]?, _ signature: [UInt8], nonce: [UInt8]?,
        at: Timestamp, _ tx: any Transaction
    ) throws(Fault) {
        try tx.execute(
            """
            INSERT INTO agreement_signatures (agreement, party, method, public_key, signature, nonce, at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            [
                .id(agreement), .text(party), .text(method), key.map(Value.blob) ?? .null, .blob(signature),
                nonce.map(Value.blob) ?? .null, .time(at),
            ])
    }
}
