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
            ]),
        Migration(
            room: "lines", number: 2,
            statements: [
                // A number that is reserved rests until then, except for the order that it is reserved for.
                "ALTER TABLE lines_numbers ADD COLUMN reserved_for TEXT",
                "CREATE INDEX lines_numbers_by_reservation ON lines_numbers (reserved_for) WHERE reserved_for IS NOT NULL",
                """
                CREATE TABLE lines_number_changes (
                    line TEXT NOT NULL REFERENCES lines_lines (id),
                    changed_at BIGINT NOT NULL,
                    old_number TEXT NOT NULL,
                    new_number TEXT NOT NULL,
                    PRIMARY KEY (line, changed_at, old_number)
                )
                """,
                """
                CREATE TABLE lines_abuse_reports (
                    id TEXT PRIMARY KEY,
                    reporter TEXT NOT NULL REFERENCES lines_lines (id),
                    accused TEXT NOT NULL REFERENCES lines_lines (id),
                    call TEXT,
                    category TEXT NOT NULL,
                    words TEXT NOT NULL,
                    reported_at BIGINT NOT NULL,
                    state TEXT NOT NULL,
                    decided_at BIGINT,
                    decided_by TEXT,
                    finding TEXT,
                    hold TEXT REFERENCES lines_holds (id)
                )
                """,
                "CREATE INDEX lines_abuse_reports_by_reporter ON lines_abuse_reports (reporter, reported_at)",
                "CREATE INDEX lines_abuse_reports_by_accused ON lines_abuse_reports (accused, reported_at)",
                "CREATE INDEX lines_abuse_reports_by_state ON lines_abuse_reports (state, reported_at, id)",
                """
                CREATE TABLE lines_abuse_evidence (
                    report TEXT NOT NULL REFERENCES lines_abuse_reports (id),
                    position BIGINT NOT NULL,
                    source TEXT NOT NULL,
                    words TEXT NOT NULL,
                    added_at BIGINT NOT NULL,
                    added_by TEXT NOT NULL,
                    PRIMARY KEY (report, position)
                )
                """,
            ], engineStatements: AppendOnly.statements(table: "lines_abuse_evidence")),
        Migration(
            room: "lines", number: 3,
            statements: [
                """
                CREATE TABLE lines_appeals (
                    id TEXT PRIMARY KEY,
                    hold TEXT NOT NULL REFERENCES lines_holds (id),
                    line TEXT NOT NULL REFERENCES lines_lines (id),
                    customer TEXT NOT NULL REFERENCES customers_customers (id),
                    words TEXT NOT NULL,
                    filed_at BIGINT NOT NULL,
                    due_at BIGINT NOT NULL,
                    state TEXT NOT NULL,
                    answer TEXT,
                    decided_at BIGINT,
                    decided_by TEXT
                )
                """,
                "CREATE INDEX lines_appeals_by_hold ON lines_appeals (hold, filed_at)",
                "CREATE UNIQUE INDEX lines_appeals_open ON lines_appeals (hold) WHERE state = 'filed'",
                "CREATE INDEX lines_appeals_by_customer ON lines_appeals (customer, filed_at)",
                "CREATE INDEX lines_appeals_queue ON lines_appeals (state, due_at, id)",
            ]),
    ]
}
