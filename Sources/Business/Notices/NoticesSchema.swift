public import Storage

/// The room's tables.
public enum NoticesSchema {
    /// In order; never edited, only added to.
    public static let migrations: [Migration] = [
        Migration(
            room: "notices", number: 1,
            statements: [
                """
                CREATE TABLE notices_announcements (
                    position BIGSERIAL PRIMARY KEY,
                    id TEXT NOT NULL UNIQUE,
                    kind TEXT NOT NULL,
                    title_zh TEXT NOT NULL,
                    title_en TEXT NOT NULL,
                    body_zh TEXT NOT NULL,
                    body_en TEXT NOT NULL,
                    published_at BIGINT NOT NULL,
                    published_by TEXT NOT NULL
                )
                """,
                // The position is the order in which a customer reads.
                """
                CREATE TABLE notices_notices (
                    position BIGSERIAL PRIMARY KEY,
                    id TEXT NOT NULL UNIQUE,
                    customer TEXT NOT NULL REFERENCES customers_customers (id),
                    notice_key TEXT NOT NULL,
                    kind TEXT NOT NULL,
                    parameters TEXT NOT NULL,
                    clause BIGINT,
                    at BIGINT NOT NULL,
                    read_at BIGINT,
                    UNIQUE (customer, notice_key)
                )
                """,
                "CREATE INDEX notices_notices_by_customer ON notices_notices (customer, position)",
                "CREATE INDEX notices_notices_unread ON notices_notices (customer, position) WHERE read_at IS NULL",
                // A row lives until its notice has left the house or was given up (due_at NULL).
                """
                CREATE TABLE notices_outbox (
                    notice TEXT PRIMARY KEY REFERENCES notices_notices (id),
                    due_at BIGINT,
                    tries BIGINT NOT NULL,
                    fault TEXT
                )
                """,
                "CREATE INDEX notices_outbox_due ON notices_outbox (due_at) WHERE due_at IS NOT NULL",
                """
                CREATE TABLE notices_jobs (
                    id TEXT PRIMARY KEY,
                    kind TEXT NOT NULL,
                    subject TEXT NOT NULL,
                    state TEXT NOT NULL,
                    cursor TEXT NOT NULL,
                    done BIGINT NOT NULL,
                    total BIGINT NOT NULL,
                    batches BIGINT NOT NULL,
                    faults BIGINT NOT NULL,
                    fault TEXT,
                    started_by TEXT NOT NULL,
                    started_at BIGINT NOT NULL,
                    changed_at BIGINT NOT NULL,
                    ended_at BIGINT,
                    runner TEXT,
                    leased_until BIGINT NOT NULL,
                    UNIQUE (kind, subject)
                )
                """,
                "CREATE INDEX notices_jobs_running ON notices_jobs (started_at) WHERE state = 'running'",
                "CREATE TABLE notices_followed (id BIGINT PRIMARY KEY CHECK (id = 1), position BIGINT NOT NULL)",
            ])
    ]
}
