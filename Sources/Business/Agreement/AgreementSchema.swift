public import Storage

/// The room's tables.
public enum AgreementSchema {
    /// In order; never edited, only added to.
    public static let migrations: [Migration] = [versions]

    private static let versions = Migration(
        room: "agreement", number: 1,
        statements: [
            """
            CREATE TABLE agreement_versions (
                id TEXT PRIMARY KEY,
                number BIGINT NOT NULL UNIQUE,
                state TEXT NOT NULL,
                terms TEXT NOT NULL,
                wording TEXT NOT NULL,
                summary_zh TEXT NOT NULL,
                summary_en TEXT NOT NULL,
                revision BIGINT NOT NULL,
                made_at BIGINT NOT NULL,
                published_at BIGINT
            )
            """,
            "CREATE TABLE agreement_numbers (year BIGINT PRIMARY KEY, last BIGINT NOT NULL)",
            // One for each customer. The document is the one to sign; once signed it stays.
            """
            CREATE TABLE agreement_agreements (
                id TEXT PRIMARY KEY,
                customer TEXT NOT NULL UNIQUE REFERENCES customers_customers (id),
                number TEXT NOT NULL UNIQUE,
                version TEXT NOT NULL REFERENCES agreement_versions (id),
                document BLOB NOT NULL,
                fingerprint BLOB NOT NULL,
                prepared_at BIGINT NOT NULL,
                in_force_at BIGINT,
                ended_at BIGINT,
                end_reason TEXT
            )
            """,
            "CREATE INDEX agreement_agreements_by_force ON agreement_agreements (in_force_at, id)",
            // A word of acceptance, or the silence that the daily close recorded at the end of a window.
            """
            CREATE TABLE agreement_acceptances (
                agreement TEXT NOT NULL REFERENCES agreement_agreements (id),
                version TEXT NOT NULL REFERENCES agreement_versions (id),
                because TEXT NOT NULL,
                at BIGINT NOT NULL,
                PRIMARY KEY (agreement, version)
            )
            """,
            """
            CREATE TABLE agreement_objections (
                id TEXT PRIMARY KEY,
                agreement TEXT NOT NULL REFERENCES agreement_agreements (id),
                version TEXT NOT NULL REFERENCES agreement_versions (id),
                reason TEXT NOT NULL,
                raised_at BIGINT NOT NULL,
                outcome TEXT,
                settled_at BIGINT,
                UNIQUE (agreement, version)
            )
            """,
            "CREATE INDEX agreement_objections_by_state ON agreement_objections (settled_at, raised_at)",
        ])
}
