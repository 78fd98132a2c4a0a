internal import Basics
internal import Customers
internal import Storage

enum AgreementStore {
    private static let select = """
        SELECT a.id AS id, a.customer AS customer, a.number AS number, a.version AS version, v.number AS version_number,
            a.document AS document, a.fingerprint AS fingerprint, a.prepared_at AS prepared_at, a.in_force_at AS in_force_at,
            a.ended_at AS ended_at, a.end_reason AS end_reason, a.seal_key AS seal_key
        FROM agreement_agreements a JOIN agreement_versions v ON v.id = a.version
        """

    /// Locks the agreement's row on an engine that locks rows, so that two signatures, an annex and an end come one after the other.
    static func lock(_ customer: CustomerID, in tx: any Transaction) throws(Fault) {
        _ = try tx.query("SELECT id FROM agreement_agreements WHERE customer = $1\(tx.forUpdate)", [.id(customer)])
    }

    static func find(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> Agreement? {
        try tx.first("\(select) WHERE a.customer = $1", [.id(customer)]).map { row throws(Fault) in try read(row, tx) }
    }

    static func find(_ id: AgreementID, in tx: any Transaction) throws(Fault) -> Agreement? {
        try tx.first("\(select) WHERE a.id = $1", [.id(id)]).map { row throws(Fault) in try read(row, tx) }
    }

    static func find(number: String, in tx: any Transaction) throws(Fault) -> Agreement? {
        try tx.first("\(select) WHERE a.number = $1", [.text(number)]).map { row throws(Fault) in try read(row, tx) }
    }

    static func sealKey(of id: AgreementID, in tx: any Transaction) throws(Fault) -> [UInt8]? {
        try tx.first("SELECT seal_key FROM agreement_agreements WHERE id = $1", [.id(id)])?.optionalBlob("seal_key")
    }

    /// The next number of a year, `JM-2026-000001`.
    static func nextNumber(year: Int, in tx: any Transaction) throws(Fault) -> String {
        let row = try tx.first(
            """
            INSERT INTO agreement_numbers (year, last) VALUES ($1, 1)
            ON CONFLICT (year) DO UPDATE SET last = agreement_numbers.last + 1 RETURNING last
            """, [.integer(Int64(year))])
        guard let row else { throw Fault(.damaged, "no number was given") }
        let digits = String(try row.integer("last"))
        return "JM-\(year)-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }

    static func insert(_ agreement: Agreement, sealKey: [UInt8], signatory: String, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            """
            INSERT INTO agreement_agreements
                (id, customer, number, version, document, fingerprint, prepared_at, seal_key, signatory)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (customer) DO UPDATE SET version = $4, document = $5, fingerprint = $6, prepared_at = $7, seal_key = $8,
                signatory = $9
            """,
            [
                .id(agreement.id), .id(agreement.customer), .text(agreement.number), .id(agreement.version),
                .blob(agreement.documentHash.bytes), .blob(agreement.fingerprint.bytes), .time(agreement.preparedAt),
                .blob(sealKey), .text(signatory),
            ])
    }

    static func setInForce(_ id: AgreementID, at instant: Timestamp, in tx: any Transaction) throws(Fault) {
        try tx.execute("UPDATE agreement_agreements SET in_force_at = $2 WHERE id = $1", [.id(id), .time(instant)])
    }

    static func setFingerprint(_ fingerprint: ContentHash, of id: AgreementID, in tx: any Transaction) throws(Fault) {
        try tx.execute("UPDATE agreement_agreements SET fingerprint = $2 WHERE id = $1", [.id(id), .blob(fingerprint.bytes)])
    }

    static func setEnded(_ id: AgreementID, reason: String, at instant: Timestamp, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            "UPDATE agreement_agreements SET ended_at = $2, end_reason = $3 WHERE id = $1",
            [.id(id), .time(instant), .text(reason)])
    }

    private static func read(_ row: Row, _ tx: any Transaction) throws(Fault) -> Agreement {
        let id: AgreementID = try row.id("id")
        let customer: CustomerID = try row.id("customer")
        return Agreement(
            id: id, customer: customer, number: try row.text("number"), version: try row.id("version"),
            versionNumber: Int(try row.integer("version_number")), documentHash: try hash(row, "document"),
            fingerprint: try hash(row, "fingerprint"), annexes: try AnnexStore.all(of: customer, in: tx),
            customerSignature: try SignatureStore.customer(id, in: tx),
            providerSignature: try SignatureStore.provider(id, in: tx),
            preparedAt: try row.time("prepared_at"), inForceAt: try row.optionalTime("in_force_at"),
            endedAt: try row.optionalTime("ended_at"), endReason: try row.optionalText("end_reason"))
    }
}

/// A column with 32 bytes.
func hash(_ row: Row, _ name: String) throws(Fault) -> ContentHash {
    guard let hash = ContentHash(bytes: try row.blob(name)) else { throw Fault(.damaged, "column \(name) is no SHA-256") }
    return hash
}
