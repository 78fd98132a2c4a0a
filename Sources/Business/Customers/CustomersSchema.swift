public import Storage

/// The room's tables.
public enum CustomersSchema {
    /// In order; never edited, only added to.
    public static let migrations: [Migration] = [
        Migration(
            room: "customers", number: 1,
            statements: [
                """
                CREATE TABLE customers_customers (
                    id TEXT PRIMARY KEY,
                    name TEXT NOT NULL,
                    language TEXT NOT NULL,
                    since BIGINT NOT NULL
                )
                """,
                """
                CREATE TABLE customers_principals (
                    principal TEXT PRIMARY KEY REFERENCES access_principals (id),
                    customer TEXT NOT NULL REFERENCES customers_customers (id)
                )
                """,
                "CREATE INDEX customers_principals_by_customer ON customers_principals (customer)",
                """
                CREATE TABLE customers_contacts (
                    id TEXT NOT NULL,
                    owner TEXT NOT NULL REFERENCES customers_customers (id),
                    name TEXT NOT NULL,
                    number TEXT NOT NULL,
                    PRIMARY KEY (owner, id),
                    UNIQUE (owner, number)
                )
                """,
            ])
    ]
}
