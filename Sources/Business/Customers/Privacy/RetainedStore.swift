internal import Basics
internal import Storage

/// What the law keeps after the end, in tables that nothing else reads.
enum RetainedStore {
    /// Moves identity and copies, still sealed, and erases everything that no law keeps.
    static func setApart(_ customer: CustomerID, in tx: any Transaction) throws(Fault) {
        for statement in [
            "INSERT INTO customers_retained (customer, kind, sealed) SELECT customer, kind, sealed FROM customers_identities WHERE customer = $1",
            """
            INSERT INTO customers_retained_evidence (id, customer, format, sealed)
            SELECT id, customer, format, sealed FROM customers_evidence WHERE customer = $1
            """,
            "DELETE FROM customers_identities WHERE customer = $1", "DELETE FROM customers_evidence WHERE customer = $1",
            "DELETE FROM customers_verification_steps WHERE customer = $1",
            "DELETE FROM customers_verifications WHERE customer = $1",
            "DELETE FROM customers_contacts WHERE owner = $1",
        ] { try tx.execute(statement, [.id(customer)]) }
        try tx.execute(
            "UPDATE customers_customers SET name = $2, folded = NULL WHERE id = $1", [.id(customer), .text(endedName)])
    }

    /// What is shown for a customer whose name is erased.
    static let endedName = "已注销"

    static func identity(of customer: CustomerID, with vault: Vault, in tx: any Transaction) throws(Fault) -> Identity? {
        let row = try tx.first("SELECT sealed FROM customers_retained WHERE customer = $1", [.id(customer)])
        guard let row else { return nil }
        return try StoredIdentity.open(try row.blob("sealed"), of: customer, with: vault)
    }

    static func eraseIdentity(of customer: CustomerID, in tx: any Transaction) throws(Fault) {
        try tx.execute("DELETE FROM customers_retained WHERE customer = $1", [.id(customer)])
        try tx.execute("DELETE FROM customers_retained_evidence WHERE customer = $1", [.id(customer)])
    }

    static func eraseRecords(of customer: CustomerID, in tx: any Transaction) throws(Fault) {
        for table in ["customers_consents", "customers_authorisations", "customers_disclosures", "customers_access_log"] {
            try tx.execute("DELETE FROM \(table) WHERE customer = $1", [.id(customer)])
        }
    }
}

enum EndingStore {
    struct Ending {
        let customer: CustomerID
        let retention: Retention
        let identityErasedAt: Timestamp?
        let recordsErasedAt: Timestamp?
    }

    static func insert(
        _ retention: Retention, of customer: CustomerID, endedOn day: BusinessDate, in tx: any Transaction
    ) throws(Fault) {
        try tx.execute(
            "INSERT INTO customers_endings (customer, ended_on, identity_until, records_until) VALUES ($1, $2, $3, $4)",
            [
                .id(customer), .integer(day.dayNumber), .integer(retention.identityUntil.dayNumber),
                .integer(retention.recordsUntil.dayNumber),
            ])
    }

    static func find(_ customer: CustomerID, in tx: any Transaction) throws(Fault) -> Ending? {
        try list("customer = $1", [.id(customer)], in: tx).first
    }

    /// Endings of which something has to be erased on a day.
    static func due(on day: BusinessDate, in tx: any Transaction) throws(Fault) -> [Ending] {
        try list(
            """
            (identity_until < $1 AND identity_erased_at IS NULL) OR (records_until < $1 AND records_erased_at IS NULL)
            """, [.integer(day.dayNumber)], in: tx)
    }

    static func note(_ column: String, of customer: CustomerID, in tx: any Transaction, at now: Timestamp) throws(Fault) {
        try tx.execute("UPDATE customers_endings SET \(column) = $2 WHERE customer = $1", [.id(customer), .time(now)])
    }

    private static func list(_ condition: String, _ values: [Value], in tx: any Transaction) throws(Fault) -> [Ending] {
        var endings: [Ending] = []
        let rows = try tx.query(
            """
            SELECT customer, identity_until, records_until, identity_erased_at, records_erased_at FROM customers_endings
            WHERE \(condition) ORDER BY identity_until, customer LIMIT \(CustomersLimits.stepRows)
            """, values)
        for row in rows {
            endings.append(
                Ending(
                    customer: try row.id("customer"),
                    retention: Retention(
                        identityUntil: BusinessDate(clamping: try row.integer("identity_until")),
                        recordsUntil: BusinessDate(clamping: try row.integer("records_until"))),
                    identityErasedAt: try row.optionalTime("identity_erased_at"),
                    recordsErasedAt: try row.optionalTime("records_erased_at")))
        }
        return endings
    }
}
