internal import Basics
internal import Storage

enum IdentityStore {
    static func put(
        _ identity: Identity, of customer: CustomerID, with vault: Vault, in tx: any Transaction, at now: Timestamp
    ) throws(Fault) {
        let organisation: Value = identity.kind == .organisation ? .blob(folded(identity.legalName)) : .null
        try tx.execute(
            """
            INSERT INTO customers_identities
                (customer, kind, sealed, number_index, phone_index, name_index, organisation, changed_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (customer) DO UPDATE SET kind = excluded.kind, sealed = excluded.sealed,
                number_index = excluded.number_index, phone_index = excluded.phone_index, name_index = excluded.name_index,
                organisation = excluded.organisation, changed_at = excluded.changed_at
            """,
            [
                .id(customer), .text(identity.kind.rawValue), .blob(try StoredIdentity.seal(identity, of: customer, with: vault)),
                .blob(vault.index(identity.number, for: SealedPlace.numberIndex)),
                .blob(vault.index(identity.phone, for: SealedPlace.phoneIndex)),
                .blob(vault.index(foldedText(identity.legalName), for: SealedPlace.nameIndex)), organisation, .time(now),
            ])
    }

    static func find(_ customer: CustomerID, with vault: Vault, in tx: any Transaction) throws(Fault) -> Identity? {
        let row = try tx.first("SELECT sealed FROM customers_identities WHERE customer = $1", [.id(customer)])
        guard let row else { return nil }
        return try StoredIdentity.open(try row.blob("sealed"), of: customer, with: vault)
    }

    /// The identities of a page of customers in one statement.
    static func all(
        of customers: [CustomerID], with vault: Vault, in tx: any Transaction
    ) throws(Fault) -> [CustomerID: Identity] {
        guard let page = idPage(customers) else { return [:] }
        let rows = try tx.query(
            "SELECT customer, sealed FROM customers_identities WHERE customer IN (\(page.places))", page.values)
        var found: [CustomerID: Identity] = [:]
        for row in rows {
            let customer = try row.id("customer", of: Customer.self)
            found[customer] = try StoredIdentity.open(try row.blob("sealed"), of: customer, with: vault)
        }
        return found
    }

    /// How many other customers gave the same ID.
    static func others(than customer: CustomerID, with number: String, vault: Vault, in tx: any Transaction) throws(Fault)
        -> Int64
    {
        let row = try tx.first(
            "SELECT COUNT(*) AS total FROM customers_identities WHERE number_index = $1 AND customer <> $2",
            [.blob(vault.index(number, for: SealedPlace.numberIndex)), .id(customer)])
        return try row?.integer("total") ?? 0
    }
}
