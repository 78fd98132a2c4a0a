public import Storage

/// The room's tables.
public enum LinesSchema {
    /// In order; never edited, only added to.
    public static let migrations: [Migration] = [
        Migration(
            room: "lines", number: 1,
            statements: [
                """
                CREATE TABLE lines_lines (
                    id TEXT PRIMARY KEY,
                    number TEXT NOT NULL,
                    customer TEXT NOT NULL REFERENCES customers_customers (id),
                    account TEXT NOT NULL,
                    opened_at BIGINT NOT NULL,
                    ended_at BIGINT
                )
                """,
                "CREATE INDEX lines_lines_by_customer ON lines_lines (customer)",
                "CREATE INDEX lines_lines_by_account ON lines_lines (account)",
                // A number that was never given out has no row. One that rests has no line and says from when it is free again.
                """
                CREATE TABLE lines_numbers (
                    number TEXT PRIMARY KEY,
                    line TEXT,
                    since BIGINT NOT NULL,
                    free_from BIGINT
                )
                """,
                "CREATE INDEX lines_numbers_by_line ON lines_numbers (line)",
                """
                CREATE TABLE lines_devices (
                    line TEXT NOT NULL REFERENCES lines_lines (id),
                    id TEXT NOT NULL,
                    name TEXT NOT NULL,
                    first_seen_at BIGINT NOT NULL,
                    last_seen_at BIGINT NOT NULL,
                    PRIMARY KEY (line, id)
                )
                """,
                """
                CREATE TABLE lines_holds (
                    id TEXT PRIMARY KEY,
                    line TEXT NOT NULL REFERENCES lines_lines (id),
                    kind TEXT NOT NULL,
                    clause BIGINT,
                    reason TEXT NOT NULL,
                    evidence TEXT NOT NULL,
                    effect TEXT NOT NULL,
                    put_by TEXT NOT NULL,
                    since BIGINT NOT NULL,
                    lifted_at BIGINT,
                    lifted_by TEXT
                )
                """,
                "CREATE UNIQUE INDEX lines_holds_in_force ON lines_holds (line, kind, reason) WHERE lifted_at IS NULL",
                "CREATE INDEX lines_holds_by_line ON lines_holds (line, since)",
            ])
    ]
}
