/// The tables of this room: the journal.
public enum StorageSchema {
    /// In order; the first that any database runs.
    public static let migrations = [
        Migration(
            room: "storage", number: 1,
            statements: [
                """
                CREATE TABLE journal (
                    id BIGSERIAL PRIMARY KEY, at BIGINT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL,
                    clause BIGINT, state_before TEXT, state_after TEXT)
                """,
                "CREATE INDEX journal_subject ON journal (subject, id)",
                // Entries whose link is still to be made. Written with the entry, so an entry that commits late is never passed over.
                "CREATE TABLE journal_unsealed (entry BIGINT PRIMARY KEY REFERENCES journal (id))",
                """
                CREATE TABLE journal_links (
                    position BIGINT PRIMARY KEY, entry BIGINT NOT NULL UNIQUE REFERENCES journal (id), hash BLOB NOT NULL)
                """,
                // One row: where the chain ends. Its lock keeps two sealers apart.
                "CREATE TABLE journal_head (id BIGINT PRIMARY KEY CHECK (id = 1), position BIGINT NOT NULL, hash BLOB NOT NULL)",
            ],
            engineStatements: AppendOnly.statements(table: "journal").merging(AppendOnly.statements(table: "journal_links")) {
                $0 + $1
            }),
        // The head is there from the start, so that also the first two sealers take turns.
        Migration(
            room: "storage", number: 2, statements: [],
            engineStatements: [
                .sqlite: [
                    "INSERT INTO journal_head (id, position, hash) VALUES (1, 0, zeroblob(32)) ON CONFLICT (id) DO NOTHING"
                ],
                .postgresql: [
                    "INSERT INTO journal_head (id, position, hash) VALUES (1, 0, decode(repeat('00', 32), 'hex')) ON CONFLICT (id) DO NOTHING"
                ],
            ]),
        // For those who look through the journal by who did it, what was done, under which clause and when.
        Migration(
            room: "storage", number: 3,
            statements: [
                "CREATE INDEX journal_actor ON journal (actor, id)",
                "CREATE INDEX journal_action ON journal (action, id)",
                "CREATE INDEX journal_clause ON journal (clause, id) WHERE clause IS NOT NULL",
                "CREATE INDEX journal_at ON journal (at)",
            ]),
    ]
}
