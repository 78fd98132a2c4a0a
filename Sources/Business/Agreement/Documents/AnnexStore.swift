internal import Basics
internal import Customers
internal import Storage

enum AnnexStore {
    static func all(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> [Annex] {
        let rows = try tx.query(
            "SELECT position, number, title_zh, title_en, document, at FROM agreement_annexes WHERE customer = $1 ORDER BY position",
            [.id(customer)])
        var annexes: [Annex] = []
        for row in rows {
            annexes.append(
                Annex(
                    position: Int(try row.integer("position")), number: try row.text("number"),
                    title: Wording(zh: try row.text("title_zh"), en: try row.text("title_en")),
                    document: try hash(row, "document"), at: try row.time("at")))
        }
        return annexes
    }

    static func insert(_ annex: Annex, of customer: CustomerID, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            """
            INSERT INTO agreement_annexes (customer, position, number, title_zh, title_en, document, at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            [
                .id(customer), .integer(Int64(annex.position)), .text(annex.number), .text(annex.title.zh),
                .text(annex.title.en), .blob(annex.document.bytes), .time(annex.at),
            ])
    }
}

extension Array where Element == Annex {
    /// What the chain of fingerprints covers.
    var links: [(number: String, document: ContentHash)] { map { (number: $0.number, document: $0.document) } }
}
