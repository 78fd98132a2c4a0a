internal import Basics
internal import Storage

enum ContactStore {
    /// False when the number is in the book already.
    static func insert(_ contact: Contact, of owner: CustomerID, in tx: any Transaction) throws(Fault) -> Bool {
        try tx.execute(
            "INSERT INTO customers_contacts (id, owner, name, number) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
            [.id(contact.id), .id(owner), .text(contact.name.text), .text(contact.number.digits)]) == 1
    }

    static func update(_ contact: Contact, of owner: CustomerID, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            "UPDATE customers_contacts SET name = $3, number = $4 WHERE owner = $1 AND id = $2",
            [.id(owner), .id(contact.id), .text(contact.name.text), .text(contact.number.digits)])
    }

    static func delete(_ id: ContactID, of owner: CustomerID, in tx: any Transaction) throws(Fault) -> Bool {
        try tx.execute("DELETE FROM customers_contacts WHERE owner = $1 AND id = $2", [.id(owner), .id(id)]) == 1
    }

    static func all(of owner: CustomerID, in tx: any Transaction) throws(Fault) -> [Contact] {
        let rows = try tx.query("SELECT id, name, number FROM customers_contacts WHERE owner = $1", [.id(owner)])
        var contacts: [Contact] = []
        for row in rows { contacts.append(try read(row)) }
        return contacts
    }

    static func find(_ id: ContactID, of owner: CustomerID, in tx: any Transaction) throws(Fault) -> Contact? {
        let rows = try tx.query(
            "SELECT id, name, number FROM customers_contacts WHERE owner = $1 AND id = $2\(tx.forUpdate)", [.id(owner), .id(id)])
        guard let row = rows.first else { return nil }
        return try read(row)
    }

    static func find(_ number: PhoneNumber, of owner: CustomerID, in tx: any Transaction) throws(Fault) -> Contact? {
        let rows = try tx.query(
            "SELECT id, name, number FROM customers_contacts WHERE owner = $1 AND number = $2",
            [.id(owner), .text(number.digits)])
        guard let row = rows.first else { return nil }
        return try read(row)
    }

    static func count(of owner: CustomerID, in tx: any Transaction) throws(Fault) -> Int64 {
        let rows = try tx.query("SELECT COUNT(*) AS total FROM customers_contacts WHERE owner = $1", [.id(owner)])
        return try rows.first?.integer("total") ?? 0
    }

    private static func read(_ row: Row) throws(Fault) -> Contact {
        Contact(
            id: try row.id("id"), name: DisplayName(trusted: try row.text("name")),
            number: PhoneNumber(trusted: try row.text("number")))
    }
}
