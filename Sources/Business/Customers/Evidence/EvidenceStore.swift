internal import Basics
internal import Storage

enum EvidenceStore {
    private static let columns = "id, customer, format, size, width, height, added_at, sealed_name"

    static func insert(
        _ file: EvidenceFile, _ bytes: [UInt8], digest: [UInt8], round: Int64, with vault: Vault, in tx: any Transaction
    ) throws(Fault) {
        let id = file.id.rawValue
        try tx.execute(
            "INSERT INTO customers_evidence (\(columns), digest, round, sealed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            [
                .id(file.id), .id(file.customer), .text(file.format.rawValue), .integer(Int64(file.size)),
                .optional(file.width.map(Int64.init)), .optional(file.height.map(Int64.init)), .time(file.addedAt),
                .blob(try vault.seal(Array(file.name.utf8), for: SealedPlace.evidenceName(id))), .blob(digest), .integer(round),
                .blob(try vault.seal(bytes, for: SealedPlace.evidence(id))),
            ])
    }

    static func find(
        _ id: EvidenceID, with vault: Vault, in tx: any Transaction
    ) throws(Fault) -> (file: EvidenceFile, digest: [UInt8])? {
        let row = try tx.first("SELECT \(columns), digest FROM customers_evidence WHERE id = $1", [.id(id)])
        guard let row else { return nil }
        return (try read(row, with: vault), try row.blob("digest"))
    }

    static func all(of customer: CustomerID, with vault: Vault, in tx: any Transaction) throws(Fault) -> [EvidenceFile] {
        var files: [EvidenceFile] = []
        let rows = try tx.query(
            "SELECT \(columns) FROM customers_evidence WHERE customer = $1 ORDER BY added_at, id", [.id(customer)])
        for row in rows { files.append(try read(row, with: vault)) }
        return files
    }

    static func count(of customer: CustomerID, since: Timestamp?, in tx: any Transaction) throws(Fault) -> Int64 {
        try tx.first(
            "SELECT COUNT(*) AS total FROM customers_evidence WHERE customer = $1 AND added_at >= $2",
            [.id(customer), .integer(since?.milliseconds ?? .min)])?.integer("total") ?? 0
    }

    static func count(of customer: CustomerID, round: Int64, in tx: any Transaction) throws(Fault) -> Int64 {
        try tx.first(
            "SELECT COUNT(*) AS total FROM customers_evidence WHERE customer = $1 AND round = $2",
            [.id(customer), .integer(round)])?.integer("total") ?? 0
    }

    /// How many copies each of a page of customers has handed in.
    static func counts(of customers: [CustomerID], in tx: any Transaction) throws(Fault) -> [CustomerID: Int] {
        guard let page = idPage(customers) else { return [:] }
        let rows = try tx.query(
            "SELECT customer, COUNT(*) AS total FROM customers_evidence WHERE customer IN (\(page.places)) GROUP BY customer",
            page.values)
        var found: [CustomerID: Int] = [:]
        for row in rows { found[try row.id("customer")] = Int(try row.integer("total")) }
        return found
    }

    static func bytes(_ id: EvidenceID, with vault: Vault, in tx: any Transaction) throws(Fault) -> [UInt8] {
        let row = try tx.first("SELECT sealed FROM customers_evidence WHERE id = $1", [.id(id)])
        guard let row else { throw .unknownEvidence }
        return try vault.open(try row.blob("sealed"), for: SealedPlace.evidence(id.rawValue))
    }

    /// False where it is there no longer, or belongs to a round that was decided.
    static func delete(_ id: EvidenceID, of customer: CustomerID, round: Int64, in tx: any Transaction) throws(Fault) -> Bool {
        try tx.execute(
            "DELETE FROM customers_evidence WHERE id = $1 AND customer = $2 AND round = $3",
            [.id(id), .id(customer), .integer(round)]) == 1
    }

    private static func read(_ row: Row, with vault: Vault) throws(Fault) -> EvidenceFile {
        let id = try row.id("id", of: EvidenceFile.self)
        guard let format = EvidenceFormat(rawValue: try row.text("format")) else {
            throw Fault(.schema, "copy \(id) is of a format that this program does not know")
        }
        let name = try vault.open(try row.blob("sealed_name"), for: SealedPlace.evidenceName(id.rawValue))
        return EvidenceFile(
            id: id, customer: try row.id("customer"), name: String(decoding: name, as: UTF8.self), format: format,
            size: Int(try row.integer("size")), width: try row.optionalInteger("width").map(Int.init),
            height: try row.optionalInteger("height").map(Int.init), addedAt: try row.time("added_at"))
    }
}

extension Fault {
    static var unknownEvidence: Fault { Fault(.unknownEvidence, "there is no such copy") }
}
