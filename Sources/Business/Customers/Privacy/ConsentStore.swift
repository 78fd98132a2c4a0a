internal import Basics
internal import Storage

enum ConsentStore {
    static func add(_ consent: Consent, of customer: CustomerID, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            "INSERT INTO customers_consents (customer, purpose, version, given, at) VALUES ($1, $2, $3, $4, $5)",
            [
                .id(customer), .text(consent.purpose.rawValue), .integer(Int64(consent.version)), .boolean(consent.isGiven),
                .time(consent.at),
            ])
    }

    /// Everything that was given and withdrawn, the oldest first.
    static func history(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> [Consent] {
        var found: [Consent] = []
        let rows = try tx.query(
            "SELECT purpose, version, given, at FROM customers_consents WHERE customer = $1 ORDER BY id", [.id(customer)])
        for row in rows {
            guard let purpose = ConsentPurpose(rawValue: try row.text("purpose")) else { continue }
            found.append(
                Consent(
                    purpose: purpose, version: Int(try row.integer("version")), isGiven: try row.boolean("given"),
                    at: try row.time("at")))
        }
        return found
    }
}
