public import Storage

/// The room's tables.
public enum AccessSchema {
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
            ])
    ]
}
