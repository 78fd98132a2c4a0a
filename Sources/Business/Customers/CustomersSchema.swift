public import Storage

/// The room's tables.
public enum CustomersSchema {
    /// In order; never edited, only added to.
    public static let migrations: [Migration] = [parties, identities, privacy, search]

    /// The columns that the vault seals, for the rotation of its keys.
    public static let sealed: [SealedColumn] = [
        SealedColumn(table: "customers_identities", key: "customer", column: "sealed", place: SealedPlace.identity),
        SealedColumn(table: "customers_retained", key: "customer", column: "sealed", place: SealedPlace.identity),
        SealedColumn(table: "customers_evidence", key: "id", column: "sealed", place: SealedPlace.evidence),
        SealedColumn(table: "customers_evidence", key: "id", column: "sealed_name", place: SealedPlace.evidenceName),
        SealedColumn(table: "customers_retained_evidence", key: "id", column: "sealed", place: SealedPlace.evidence),
    ]

    private static let parties = Migration(
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

    /// Identities and their verification. Who somebody is stands sealed in one column; the indexes beside it are blind.
    private static let identities = Migration(
        room: "customers", number: 2,
        statements: [
            """
            CREATE TABLE customers_identities (
                customer TEXT PRIMARY KEY REFERENCES customers_customers (id),
                kind TEXT NOT NULL,
                sealed BLOB NOT NULL,
                number_index BLOB NOT NULL,
                phone_index BLOB NOT NULL,
                name_index BLOB NOT NULL,
                organisation BLOB,
                changed_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX customers_identities_by_number ON customers_identities (number_index)",
            "CREATE INDEX customers_identities_by_phone ON customers_identities (phone_index)",
            "CREATE INDEX customers_identities_by_name ON customers_identities (name_index)",
            "CREATE INDEX customers_identities_by_organisation ON customers_identities (organisation)",
            """
            CREATE TABLE customers_verifications (
                id TEXT PRIMARY KEY,
                customer TEXT NOT NULL UNIQUE REFERENCES customers_customers (id),
                kind TEXT NOT NULL,
                state TEXT NOT NULL,
                version BIGINT NOT NULL,
                round BIGINT NOT NULL,
                reason TEXT,
                note TEXT,
                deadline BIGINT,
                is_overdue BIGINT NOT NULL,
                is_false BIGINT NOT NULL,
                submitted_at BIGINT NOT NULL,
                decided_by TEXT,
                decided_at BIGINT,
                verified_at BIGINT
            )
            """,
            "CREATE INDEX customers_verifications_queue ON customers_verifications (state, submitted_at, id)",
            "CREATE INDEX customers_verifications_by_deadline ON customers_verifications (state, is_overdue, deadline)",
            "CREATE INDEX customers_verifications_by_check ON customers_verifications (state, verified_at)",
            """
            CREATE TABLE customers_verification_steps (
                id BIGSERIAL PRIMARY KEY,
                customer TEXT NOT NULL,
                at BIGINT NOT NULL,
                actor TEXT NOT NULL,
                state TEXT NOT NULL,
                reason TEXT,
                note TEXT,
                deadline BIGINT
            )
            """,
            "CREATE INDEX customers_verification_steps_by_customer ON customers_verification_steps (customer, id)",
            """
            CREATE TABLE customers_evidence (
                id TEXT PRIMARY KEY,
                customer TEXT NOT NULL REFERENCES customers_customers (id),
                round BIGINT NOT NULL,
                format TEXT NOT NULL,
                size BIGINT NOT NULL,
                width BIGINT,
                height BIGINT,
                digest BLOB NOT NULL,
                added_at BIGINT NOT NULL,
                sealed_name BLOB NOT NULL,
                sealed BLOB NOT NULL
            )
            """,
            "CREATE INDEX customers_evidence_by_customer ON customers_evidence (customer, added_at)",
        ])

    /// What was agreed to, who looked, who was told, and what is kept after the end.
    private static let privacy = Migration(
        room: "customers", number: 3,
        statements: [
            """
            CREATE TABLE customers_consents (
                id BIGSERIAL PRIMARY KEY,
                customer TEXT NOT NULL REFERENCES customers_customers (id),
                purpose TEXT NOT NULL,
                version BIGINT NOT NULL,
                given BIGINT NOT NULL,
                at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX customers_consents_by_customer ON customers_consents (customer, purpose, id)",
            """
            CREATE TABLE customers_authorisations (
                id TEXT PRIMARY KEY,
                customer TEXT NOT NULL REFERENCES customers_customers (id),
                recipient TEXT NOT NULL,
                fields TEXT NOT NULL,
                purpose TEXT NOT NULL,
                given_at BIGINT NOT NULL,
                last_day BIGINT,
                withdrawn_at BIGINT
            )
            """,
            "CREATE INDEX customers_authorisations_by_customer ON customers_authorisations (customer, given_at)",
            """
            CREATE TABLE customers_disclosures (
                id TEXT PRIMARY KEY,
                customer TEXT NOT NULL REFERENCES customers_customers (id),
                recipient TEXT NOT NULL,
                fields TEXT NOT NULL,
                purpose TEXT NOT NULL,
                authorisation TEXT,
                law TEXT,
                article TEXT,
                document TEXT,
                is_confidential BIGINT NOT NULL,
                actor TEXT NOT NULL,
                at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX customers_disclosures_by_customer ON customers_disclosures (customer, at)",
            """
            CREATE TABLE customers_access_log (
                id BIGSERIAL PRIMARY KEY,
                customer TEXT NOT NULL,
                at BIGINT NOT NULL,
                actor TEXT NOT NULL,
                action TEXT NOT NULL,
                purpose TEXT NOT NULL,
                fields TEXT NOT NULL,
                recipient TEXT,
                is_confidential BIGINT NOT NULL
            )
            """,
            "CREATE INDEX customers_access_log_by_customer ON customers_access_log (customer, id)",
            """
            CREATE TABLE customers_endings (
                customer TEXT PRIMARY KEY REFERENCES customers_customers (id),
                ended_on BIGINT NOT NULL,
                identity_until BIGINT NOT NULL,
                records_until BIGINT NOT NULL,
                identity_erased_at BIGINT,
                records_erased_at BIGINT
            )
            """,
            "CREATE INDEX customers_endings_by_identity ON customers_endings (identity_until)",
            "CREATE INDEX customers_endings_by_records ON customers_endings (records_until)",
            "CREATE TABLE customers_retained (customer TEXT PRIMARY KEY, kind TEXT NOT NULL, sealed BLOB NOT NULL)",
            """
            CREATE TABLE customers_retained_evidence (
                id TEXT PRIMARY KEY, customer TEXT NOT NULL, format TEXT NOT NULL, sealed BLOB NOT NULL)
            """,
            "CREATE INDEX customers_retained_evidence_by_customer ON customers_retained_evidence (customer)",
        ])

    /// The name by which a customer is found: folded, as bytes, so that both engines order and compare it alike.
    private static let search = Migration(
        room: "customers", number: 4,
        statements: [
            "ALTER TABLE customers_customers ADD COLUMN folded BLOB",
            "CREATE INDEX customers_customers_by_name ON customers_customers (folded, id)",
        ],
        engineStatements: [
            .sqlite: ["UPDATE customers_customers SET folded = CAST(lower(name) AS BLOB)"],
            .postgresql: ["UPDATE customers_customers SET folded = convert_to(lower(name), 'UTF8')"],
        ])
}
