internal import Basics
internal import Foundation
internal import Storage

enum VersionStore {
    static let columns = "id, number, state, terms, wording, summary_zh, summary_en, revision, published_at"

    static func insert(_ version: AgreementVersion, in tx: any Transaction, at now: Timestamp) throws(Fault) {
        try tx.execute(
            """
            INSERT INTO agreement_versions
                (id, number, state, terms, wording, summary_zh, summary_en, revision, made_at, published_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """,
            [
                .id(version.id), .integer(Int64(version.number)), .text(version.state.rawValue), .text(try json(version.terms)),
                .text(try json(version.text)), .text(version.summary.zh), .text(version.summary.en),
                .integer(Int64(version.revision)), .time(now), .optional(version.publishedAt),
            ])
    }

    static func update(_ version: AgreementVersion, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            """
            UPDATE agreement_versions SET state = $2, terms = $3, wording = $4, summary_zh = $5, summary_en = $6, revision = $7,
                published_at = $8 WHERE id = $1
            """,
            [
                .id(version.id), .text(version.state.rawValue), .text(try json(version.terms)), .text(try json(version.text)),
                .text(version.summary.zh), .text(version.summary.en), .integer(Int64(version.revision)),
                .optional(version.publishedAt),
            ])
    }

    static func delete(_ id: VersionID, in tx: any Transaction) throws(Fault) {
        try tx.execute("DELETE FROM agreement_versions WHERE id = $1", [.id(id)])
    }

    static func find(_ id: VersionID, in tx: any Transaction, locked: Bool = false) throws(Fault) -> AgreementVersion? {
        let lock = locked ? tx.forUpdate : ""
        return try tx.first("SELECT \(columns) FROM agreement_versions WHERE id = $1\(lock)", [.id(id)]).map(read)
    }

    static func draft(in tx: any Transaction) throws(Fault) -> AgreementVersion? {
        try tx.first("SELECT \(columns) FROM agreement_versions WHERE state = 'draft' ORDER BY number LIMIT 1").map(read)
    }

    static func current(in tx: any Transaction) throws(Fault) -> AgreementVersion? {
        try tx.first("SELECT \(columns) FROM agreement_versions WHERE state = 'published' ORDER BY number DESC LIMIT 1").map(read)
    }

    static func all(in tx: any Transaction) throws(Fault) -> [AgreementVersion] {
        try rows(tx.query("SELECT \(columns) FROM agreement_versions ORDER BY number DESC"))
    }

    /// Terms and dates alone: what the rules need of published versions from a number on.
    static func editions(from number: Int, zone: BusinessZone, in tx: any Transaction) throws(Fault) -> [AgreementFacts.Edition] {
        let rows = try tx.query(
            """
            SELECT id, number, terms, published_at FROM agreement_versions
            WHERE state = 'published' AND number >= $1 ORDER BY number
            """, [.integer(Int64(number))])
        var editions: [AgreementFacts.Edition] = []
        for row in rows {
            editions.append(
                AgreementFacts.Edition(
                    id: try row.id("id"), number: Int(try row.integer("number")),
                    terms: try decoded(AgreementTerms.self, try row.text("terms")),
                    published: zone.date(of: try row.time("published_at"))))
        }
        return editions
    }

    private static func rows(_ rows: [Row]) throws(Fault) -> [AgreementVersion] {
        var versions: [AgreementVersion] = []
        for row in rows { versions.append(try read(row)) }
        return versions
    }

    private static func read(_ row: Row) throws(Fault) -> AgreementVersion {
        AgreementVersion(
            id: try row.id("id"), number: Int(try row.integer("number")),
            state: try row.text("state") == "published" ? .published : .draft,
            terms: try decoded(AgreementTerms.self, try row.text("terms")),
            text: try decoded(AgreementText.self, try row.text("wording")),
            summary: Wording(zh: try row.text("summary_zh"), en: try row.text("summary_en")),
            revision: Int(try row.integer("revision")), publishedAt: try row.optionalTime("published_at"))
    }
}

/// JSON as the database keeps it, with its keys in order, so that equal values are equal texts.
func json(_ value: some Encodable) throws(Fault) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do { return String(decoding: try encoder.encode(value), as: UTF8.self) } catch {
        throw Fault(.damaged, "a value cannot be written as JSON")
    }
}

func decoded<T: Decodable>(_ type: T.Type, _ text: String) throws(Fault) -> T {
    do { return try JSONDecoder().decode(type, from: Data(text.utf8)) } catch {
        throw Fault(.damaged, "a stored \(type) is not the JSON that it should be")
    }
}
