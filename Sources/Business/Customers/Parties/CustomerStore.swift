internal import Access
internal import Basics
internal import Storage

enum CustomerStore {
    static func insert(_ customer: Customer, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            "INSERT INTO customers_customers (id, name, language, since, folded) VALUES ($1, $2, $3, $4, $5)",
            [
                .id(customer.id), .text(customer.name.text), .text(customer.language.rawValue), .time(customer.since),
                .blob(folded(customer.name.text)),
            ])
    }

    /// False when the principal stands for a customer already.
    static func link(_ principal: PrincipalID, to customer: CustomerID, in tx: any Transaction) throws(Fault) -> Bool {
        try tx.execute(
            "INSERT INTO customers_principals (principal, customer) VALUES ($1, $2) ON CONFLICT (principal) DO NOTHING",
            [.id(principal), .id(customer)]) == 1
    }

    static func find(_ id: CustomerID, in tx: any Transaction) throws(Fault) -> Customer? {
        try read(tx.query("SELECT id, name, language, since FROM customers_customers WHERE id = $1", [.id(id)]))
    }

    static func find(principal: PrincipalID, in tx: any Transaction) throws(Fault) -> Customer? {
        try read(
            tx.query(
                """
                SELECT c.id AS id, c.name AS name, c.language AS language, c.since AS since
                FROM customers_principals p JOIN customers_customers c ON c.id = p.customer WHERE p.principal = $1
                """,
                [.id(principal)]))
    }

    static func principals(of customer: CustomerID, in tx: any Transaction) throws(Fault) -> [PrincipalID] {
        var principals: [PrincipalID] = []
        for row in try tx.query(
            "SELECT principal FROM customers_principals WHERE customer = $1 ORDER BY principal", [.id(customer)])
        {
            principals.append(try row.id("principal"))
        }
        return principals
    }

    static func set(_ language: Language, of id: CustomerID, in tx: any Transaction) throws(Fault) {
        try tx.execute("UPDATE customers_customers SET language = $2 WHERE id = $1", [.id(id), .text(language.rawValue)])
    }

    private static func read(_ rows: [Row]) throws(Fault) -> Customer? {
        guard let row = rows.first else { return nil }
        return try read(row)
    }

    static func read(_ row: Row) throws(Fault) -> Customer {
        Customer(
            id: try row.id("id"), name: DisplayName(trusted: try row.text("name")),
            language: Language(rawValue: try row.text("language")) ?? .chinese, since: try row.time("since"))
    }
}
