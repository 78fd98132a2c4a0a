public import Storage

/// The room's tables.
public enum OrdersSchema {
    /// In order; never edited, only added to.
    public static let migrations: [Migration] = [
        Migration(
            room: "orders", number: 1,
            statements: [
                "CREATE TABLE orders_plans (id TEXT PRIMARY KEY, since BIGINT NOT NULL)",
                """
                CREATE TABLE orders_prices (
                    plan TEXT NOT NULL REFERENCES orders_plans (id),
                    kind TEXT NOT NULL,
                    effective_from BIGINT NOT NULL,
                    per_second BIGINT NOT NULL CHECK (per_second >= 0),
                    published_at BIGINT NOT NULL,
                    published_by TEXT NOT NULL,
                    PRIMARY KEY (plan, kind, effective_from)
                )
                """,
                """
                CREATE TABLE orders_line_plans (
                    line TEXT NOT NULL REFERENCES lines_lines (id),
                    effective_from BIGINT NOT NULL,
                    plan TEXT NOT NULL REFERENCES orders_plans (id),
                    PRIMARY KEY (line, effective_from)
                )
                """,
            ])
    ]
}
