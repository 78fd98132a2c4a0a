internal import Basics
internal import Customers
internal import Storage

enum DocumentStore {
    static let place: @Sendable (String) -> String = { "agreement.documents:\($0)" }

    static func insert(
        _ hash: ContentHash, kind: String, customer: CustomerID?, content: [UInt8], vault: Vault, in tx: any Transaction,
        at now: Timestamp
    ) throws(Fault) {
        try tx.execute(
            """
            INSERT INTO agreement_documents (hash, kind, customer, content, made_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (hash) DO NOTHING
            """,
            [
                .text(hash.hex), .text(kind), .optional(customer), .blob(try vault.seal(content, for: place(hash.hex))),
                .time(now),
            ])
    }

    static func isThere(_ hash: ContentHash, in tx: any Transaction) throws(Fault) -> Bool {
        try tx.first("SELECT 1 AS found FROM agreement_documents WHERE hash = $1", [.text(hash.hex)]) != nil
    }

    static func find(_ hash: ContentHash, vault: Vault, in tx: any Transaction) throws(Fault) -> StoredDocument? {
        let row = try tx.first(
            "SELECT kind, customer, content, made_at FROM agreement_documents WHERE hash = $1", [.text(hash.hex)])
        guard let row, let sealed = try row.optionalBlob("content") else { return nil }
        let content = try vault.open(sealed, for: place(hash.hex))
        guard ContentHash(of: content) == hash else { throw Fault(.damaged, "document \(hash) no longer has this hash") }
        return StoredDocument(
            hash: hash, kind: try row.text("kind"), customer: try row.optionalID("customer"), content: content,
            madeAt: try row.time("made_at"))
    }

    static func delete(_ hash: ContentHash, in tx: any Transaction) throws(Fault) {
        try tx.execute("DELETE FROM agreement_documents WHERE hash = $1", [.text(hash.hex)])
    }
}
