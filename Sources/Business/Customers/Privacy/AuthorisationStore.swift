internal import Basics
internal import Storage

enum AuthorisationStore {
    private static let columns = "id, customer, recipient, fields, purpose, given_at, last_day, withdrawn_at"

    static func insert(_ authorisation: Authorisation, of customer: CustomerID, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            "INSERT INTO customers_authorisations (\(columns)) VALUES ($1, $2, $3, $4, $5, $6, $7, NULL)",
            [
                .id(authorisation.id), .id(customer), .text(authorisation.recipient), .text(joined(authorisation.fields)),
                .text(authorisation.purpose), .time(authorisation.givenAt), .optional(authorisation.lastDay?.dayNumber),
            ])
    }

    static func withdraw(_ id: AuthorisationID, in tx: any Transaction, at now: Timestamp) throws(Fault) {
        try tx.execute(
            "UPDATE customers_authorisations SET withdrawn_at = $2 WHERE id = $1 AND withdrawn_at IS NULL", [.id(id), .time(now)])
    }

    static func find(_ id: AuthorisationID, in tx: any Transaction) throws(Fault) -> (CustomerID, Authorisation)? {
        try list("id = $1", .id(id), in: tx).first
    }

    static func all(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> [Authorisation] {
        try list("customer = $1", .id(customer), in: tx).map(\.1)
    }

    private static func list(
        _ condition: String, _ value: Value, in tx: any Transaction
    ) throws(Fault) -> [(CustomerID, Authorisation)] {
        var found: [(CustomerID, Authorisation)] = []
        let rows = try tx.query(
            "SELECT \(columns) FROM customers_authorisations WHERE \(condition) ORDER BY given_at, id", [value])
        for row in rows {
            let authorisation = Authorisation(
                id: try row.id("id"), recipient: try row.text("recipient"), fields: fields(try row.text("fields")),
                purpose: try row.text("purpose"), givenAt: try row.time("given_at"),
                lastDay: try row.optionalInteger("last_day").map(BusinessDate.init(clamping:)),
                withdrawnAt: try row.optionalTime("withdrawn_at"))
            found.append((try row.id("customer"), authorisation))
        }
        return found
    }
}
