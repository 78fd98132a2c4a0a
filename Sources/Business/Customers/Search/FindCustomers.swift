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
