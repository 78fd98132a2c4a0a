package import Basics
package import Storage

/// Customers whose whole ID number, credit code, phone or legal name this is, found by blind index.
package func customersWithExactly(
    _ text: String, limit: Int, with vault: Vault, in tx: any Transaction
) throws(Fault) -> [CustomerID] {
    let code = compactCode(text)
    var keys: [(column: String, index: [UInt8])] = [("number_index", vault.index(code, for: SealedPlace.numberIndex))]
    if let phone = try? contactPhone(text) { keys.append(("phone_index", vault.index(phone, for: SealedPlace.phoneIndex))) }
    let name = (try? legalName(text)) ?? (try? organisationName(text)) ?? text
    keys.append(("name_index", vault.index(foldedText(name), for: SealedPlace.nameIndex)))
    var found: [CustomerID] = []
    for key in keys {
        let rows = try tx.query(
            "SELECT customer FROM customers_identities WHERE \(key.column) = $1 ORDER BY customer LIMIT $2",
            [.blob(key.index), .integer(Int64(limit))])
        for row in rows { found.append(try row.id("customer")) }
    }
    return found
}

/// Customers whose name that others see, or whose full name as an organisation, begins with this text, by name. Case, width and accents do
/// not count.
package func customersNamed(_ text: String, limit: Int, in tx: any Transaction) throws(Fault) -> [CustomerID] {
    let prefix = folded(text)
    // No byte of UTF-8 is 255, so this is the end of everything that begins with the prefix.
    let range: [Value] = [.blob(prefix), .blob(prefix + [0xFF]), .integer(Int64(limit))]
    let people = try tx.query(
        "SELECT id FROM customers_customers WHERE folded >= $1 AND folded < $2 ORDER BY folded, id LIMIT $3", range)
    let organisations = try tx.query(
        """
        SELECT customer AS id FROM customers_identities WHERE organisation >= $1 AND organisation < $2
        ORDER BY organisation, customer LIMIT $3
        """, range)
    var found: [CustomerID] = []
    for row in organisations + people { found.append(try row.id("id")) }
    return found
}

/// What a list shows of a customer.
package struct CustomerSummary: Sendable {
    /// The customer.
    package let customer: Customer
    /// Person or organisation; nil where no data were given yet.
    package let kind: PartyKind?
    /// Where the check of the identity stands.
    package let verification: VerificationState
}

/// A page of customers in one statement: a list must not ask for each of its rows.
package func customerSummaries(
    of ids: [CustomerID], in tx: any Transaction
) throws(Fault) -> [CustomerID: CustomerSummary] {
    guard let page = idPage(ids) else { return [:] }
    let rows = try tx.query(
        """
        SELECT c.id AS id, c.name AS name, c.language AS language, c.since AS since, v.kind AS kind, v.state AS state
        FROM customers_customers c LEFT JOIN customers_verifications v ON v.customer = c.id WHERE c.id IN (\(page.places))
        """, page.values)
    var found: [CustomerID: CustomerSummary] = [:]
    for row in rows {
        let customer = try CustomerStore.read(row)
        found[customer.id] = CustomerSummary(
            customer: customer, kind: try row.optionalText("kind").flatMap(PartyKind.init),
            verification: try row.optionalText("state").flatMap(VerificationState.init) ?? .none)
    }
    return found
}

/// The ids of at most one page as parameters, filled up with the last one so that every page is the same statement. Nil where there are none.
package func idPage(_ ids: [CustomerID]) -> (places: String, values: [Value])? {
    guard let last = ids.last else { return nil }
    let filled =
        ids.prefix(CustomersLimits.searchPage) + Array(repeating: last, count: max(0, CustomersLimits.searchPage - ids.count))
    return ((1...CustomersLimits.searchPage).map { "$\($0)" }.joined(separator: ", "), filled.map(Value.id))
}
