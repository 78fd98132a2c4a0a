internal import Basics
internal import Storage

enum OriginalStore {
    static func insert(
        _ pdf: ContentHash, of agreement: Agreement, copy: Int, in tx: any Transaction, at now: Timestamp
    ) throws(Fault) {
        try tx.execute(
            "INSERT INTO agreement_originals (hash, agreement, copy, fingerprint, at) VALUES ($1, $2, $3, $4, $5)",
            [
                .blob(pdf.bytes), .id(agreement.id), .integer(Int64(copy)), .blob(agreement.fingerprint.bytes), .time(now),
            ])
    }

    static func find(_ pdf: ContentHash, in tx: any Transaction) throws(Fault) -> (fingerprint: ContentHash, copy: Int)? {
        let row = try tx.first("SELECT fingerprint, copy FROM agreement_originals WHERE hash = $1", [.blob(pdf.bytes)])
        return try row.map { row throws(Fault) in (try hash(row, "fingerprint"), Int(try row.integer("copy"))) }
    }

    static func count(of agreement: AgreementID, in tx: any Transaction) throws(Fault) -> Int64 {
        let row = try tx.first("SELECT COUNT(*) AS n FROM agreement_originals WHERE agreement = $1", [.id(agreement)])
        return try row?.integer("n") ?? 0
    }
}
