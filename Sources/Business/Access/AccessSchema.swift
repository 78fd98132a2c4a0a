internal import Basics
public import Storage

/// The room's tables.
public enum AccessSchema {
    /// What is sealed by the vault.
    public static let sealed: [SealedColumn] = [
        SealedColumn(table: "access_second_factors", key: "staff", column: "secret") {
            secondFactorPlace(of: StaffID(trusted: $0))
        }
    ]

    /// In order; never edited, only added to.
    public static let migrations: [Migration] = [
        Migration(
            room: "access", number: 1,
            statements: [
                """
                CREATE TABLE access_principals (
                    id TEXT PRIMARY KEY,
                    kind TEXT NOT NULL,
                    sign_in_name TEXT NOT NULL UNIQUE,
                    password_hash TEXT NOT NULL,
                    created_at BIGINT NOT NULL,
                    password_since BIGINT NOT NULL
                )
                """,
                """
                CREATE TABLE access_sessions (
                    id TEXT PRIMARY KEY,
                    token_hash BLOB NOT NULL UNIQUE,
                    principal TEXT NOT NULL REFERENCES access_principals (id),
                    device TEXT NOT NULL,
                    created_at BIGINT NOT NULL,
                    last_seen_at BIGINT NOT NULL,
                    expires_at BIGINT NOT NULL
                )
                """,
                "CREATE INDEX access_sessions_by_principal ON access_sessions (principal)",
                "CREATE INDEX access_sessions_by_expiry ON access_sessions (expires_at)",
                """
                CREATE TABLE access_attempts (
                    subject TEXT PRIMARY KEY,
                    debt_until BIGINT NOT NULL
                )
                """,
                "CREATE INDEX access_attempts_by_debt ON access_attempts (debt_until)",
            ]),
        staff, givenPasswords,
    ]

    /// A password that somebody else gave: it opens the door to a change of it and nothing else. The instant is when it was given.
    private static let givenPasswords = Migration(
        room: "access", number: 3, statements: ["ALTER TABLE access_staff ADD COLUMN password_given_at BIGINT"])

    /// Staff beside customers: what a member of the staff proves besides a password, and sessions that no customer's token opens.
    private static let staff = Migration(
        room: "access", number: 2,
        statements: [
            "ALTER TABLE access_principals ADD COLUMN ended_at BIGINT",
            """
            CREATE TABLE access_staff (
                id TEXT PRIMARY KEY REFERENCES access_principals (id),
                name TEXT NOT NULL,
                roles TEXT NOT NULL,
                since BIGINT NOT NULL,
                ended_at BIGINT
            )
            """,
            // The secret is sealed by a key outside the database. last_step is the step of the last code that was used.
            """
            CREATE TABLE access_second_factors (
                staff TEXT PRIMARY KEY REFERENCES access_staff (id),
                secret BLOB NOT NULL,
                began_at BIGINT NOT NULL,
                confirmed_at BIGINT,
                last_step BIGINT NOT NULL
            )
            """,
            """
            CREATE TABLE access_recovery_codes (
                staff TEXT NOT NULL REFERENCES access_staff (id),
                code_hash BLOB NOT NULL,
                used_at BIGINT,
                PRIMARY KEY (staff, code_hash)
            )
            """,
            """
            CREATE TABLE access_staff_sessions (
                id TEXT PRIMARY KEY,
                token_hash BLOB NOT NULL UNIQUE,
                staff TEXT NOT NULL REFERENCES access_staff (id),
                device TEXT NOT NULL,
                created_at BIGINT NOT NULL,
                second_factor_at BIGINT,
                last_seen_at BIGINT NOT NULL,
                expires_at BIGINT NOT NULL
            )
            """,
            "CREATE INDEX access_staff_sessions_by_staff ON access_staff_sessions (staff)",
            "CREATE INDEX access_staff_sessions_by_expiry ON access_staff_sessions (expires_at)",
        ])
}
