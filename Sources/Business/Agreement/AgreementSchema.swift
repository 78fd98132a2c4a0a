public import Storage

/// The room's tables.
public enum AgreementSchema {
    /// In order; never edited, only added to.
    public static let migrations: [Migration] = [versions, signing, life, answerers]

    /// Columns of sealed bytes, for the rotation of the vault's keys.
    public static let sealed = [
        SealedColumn(table: "agreement_documents", key: "hash", column: "content", place: DocumentStore.place)
    ]

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

    private static let signing = Migration(
        room: "agreement", number: 2,
        statements: [
            // By the SHA-256 of the content. The content is sealed by the vault; it is NULL once it had to be erased.
            """
            CREATE TABLE agreement_documents (
                hash TEXT PRIMARY KEY,
                kind TEXT NOT NULL,
                customer TEXT REFERENCES customers_customers (id),
                content BLOB,
                made_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX agreement_documents_by_customer ON agreement_documents (customer)",
            "ALTER TABLE agreement_agreements ADD COLUMN seal_key BLOB",
            "ALTER TABLE agreement_agreements ADD COLUMN signatory TEXT",
            """
            CREATE TABLE agreement_challenges (
                nonce BLOB PRIMARY KEY,
                agreement TEXT NOT NULL REFERENCES agreement_agreements (id),
                session TEXT NOT NULL,
                document BLOB NOT NULL,
                method TEXT NOT NULL,
                code_hash BLOB,
                wrong_codes BIGINT NOT NULL,
                begun_at BIGINT NOT NULL,
                closed_at BIGINT
            )
            """,
            "CREATE INDEX agreement_challenges_by_agreement ON agreement_challenges (agreement, begun_at)",
            """
            CREATE TABLE agreement_signatures (
                agreement TEXT NOT NULL REFERENCES agreement_agreements (id),
                party TEXT NOT NULL,
                method TEXT NOT NULL,
                public_key BLOB,
                signature BLOB NOT NULL,
                nonce BLOB,
                at BIGINT NOT NULL,
                PRIMARY KEY (agreement, party)
            )
            """,
            """
            CREATE TABLE agreement_annexes (
                customer TEXT NOT NULL REFERENCES customers_customers (id),
                position BIGINT NOT NULL,
                number TEXT NOT NULL,
                title_zh TEXT NOT NULL,
                title_en TEXT NOT NULL,
                document BLOB NOT NULL,
                at BIGINT NOT NULL,
                PRIMARY KEY (customer, position),
                UNIQUE (customer, number)
            )
            """,
            // Every state of an agreement and its annexes that there has been since it was in force, with the provider's seal on it.
            """
            CREATE TABLE agreement_fingerprints (
                fingerprint BLOB PRIMARY KEY,
                agreement TEXT NOT NULL REFERENCES agreement_agreements (id),
                annexes BIGINT NOT NULL,
                public_key BLOB,
                signature BLOB,
                at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX agreement_fingerprints_by_agreement ON agreement_fingerprints (agreement, annexes)",
            // PDF originals 1/2 and 2/2 by the SHA-256 of the file.
            """
            CREATE TABLE agreement_originals (
                hash BLOB PRIMARY KEY,
                agreement TEXT NOT NULL REFERENCES agreement_agreements (id),
                copy BIGINT NOT NULL,
                fingerprint BLOB NOT NULL,
                at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX agreement_originals_by_agreement ON agreement_originals (agreement)",
        ])

    // Who of the staff wrote a message: the customer is told by name whom they talk to.
    private static let answerers = Migration(
        room: "agreement", number: 4, statements: ["ALTER TABLE agreement_messages ADD COLUMN staff TEXT"])

    private static let life = Migration(
        room: "agreement", number: 3,
        statements: [
            // What the provider proposes as the end of a negotiation; the customer says yes or goes on.
            "ALTER TABLE agreement_objections ADD COLUMN proposed TEXT",
            """
            CREATE TABLE agreement_messages (
                id TEXT PRIMARY KEY,
                objection TEXT NOT NULL REFERENCES agreement_objections (id),
                author TEXT NOT NULL,
                words TEXT NOT NULL,
                at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX agreement_messages_by_objection ON agreement_messages (objection, at, id)",
            """
            CREATE TABLE agreement_interpretations (
                id TEXT PRIMARY KEY,
                clause BIGINT NOT NULL,
                zh TEXT NOT NULL,
                en TEXT NOT NULL,
                from_day BIGINT NOT NULL,
                published_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX agreement_interpretations_by_clause ON agreement_interpretations (clause, from_day)",
            """
            CREATE TABLE agreement_licences (
                customer TEXT NOT NULL REFERENCES customers_customers (id),
                software TEXT NOT NULL,
                version TEXT NOT NULL,
                wording BLOB NOT NULL,
                at BIGINT NOT NULL,
                PRIMARY KEY (customer, software, version)
            )
            """,
        ])
}
