public import Storage

/// The tables of this room.
public enum ChargingSchema {
    /// In order; append only.
    public static let migrations = [
        Migration(
            room: "charging", number: 1,
            statements: accounts + sessions + operations + records,
            engineStatements: AppendOnly.statements(table: "charging_operations")),
        // What the customer has paid ahead and Billing lets count for the month's usage.
        Migration(
            room: "charging", number: 2,
            statements: ["ALTER TABLE charging_usage ADD COLUMN paid_ahead BIGINT NOT NULL DEFAULT 0 CHECK (paid_ahead >= 0)"]),
        Migration(room: "charging", number: 3, statements: choices + tariffs),
        // An extension of a call changes no index: what changes with every operation is in none.
        Migration(
            room: "charging", number: 4,
            statements: [
                "DROP INDEX charging_operations_of_call", "DROP INDEX charging_sessions_open",
                "CREATE INDEX charging_sessions_unsettled ON charging_sessions (account) WHERE settled_at IS NULL",
            ]),
        Migration(room: "charging", number: 5, statements: latestMonth),
    ]

    /// The charges of an account's latest month stand in its own row, which every operation changes anyway; earlier months in a table of
    /// their own. `charging_usage` is both together, for reading.
    private static let latestMonth = [
        "ALTER TABLE charging_usage RENAME TO charging_past_usage",
        "ALTER TABLE charging_accounts ADD COLUMN charged_month TEXT",
        "ALTER TABLE charging_accounts ADD COLUMN charged BIGINT NOT NULL DEFAULT 0 CHECK (charged >= 0)",
        """
        UPDATE charging_accounts SET
            charged_month = (SELECT MAX(u.month) FROM charging_past_usage u WHERE u.account = charging_accounts.id),
            charged = COALESCE((SELECT u.charged FROM charging_past_usage u
                WHERE u.account = charging_accounts.id ORDER BY u.month DESC LIMIT 1), 0)
        """,
        """
        DELETE FROM charging_past_usage
        WHERE month = (SELECT a.charged_month FROM charging_accounts a WHERE a.id = charging_past_usage.account)
        """,
        """
        CREATE VIEW charging_usage AS
        SELECT account, month, charged FROM charging_past_usage
        UNION ALL SELECT id, charged_month, charged FROM charging_accounts WHERE charged_month IS NOT NULL
        """,
    ]

    /// What the customer chose, what Billing says is paid ahead and since when, and that the month's warning was given.
    private static let choices = [
        "ALTER TABLE charging_accounts ADD COLUMN hold_scope TEXT NOT NULL DEFAULT 'outgoing'",
        "ALTER TABLE charging_accounts ADD COLUMN warned_month TEXT",
        "ALTER TABLE charging_accounts ADD COLUMN covered_month TEXT",
        "ALTER TABLE charging_accounts ADD COLUMN covered BIGINT NOT NULL DEFAULT 0 CHECK (covered >= 0)",
        """
        UPDATE charging_accounts SET
            covered_month = (SELECT MAX(u.month) FROM charging_usage u WHERE u.account = charging_accounts.id AND u.paid_ahead > 0),
            covered = COALESCE((SELECT u.paid_ahead FROM charging_usage u
                WHERE u.account = charging_accounts.id AND u.paid_ahead > 0 ORDER BY u.month DESC LIMIT 1), 0)
        """,
    ]

    /// Calls whose tariff is more than a price of a second: the tariff beside the reservation, what the cost is made of, free seconds.
    private static let tariffs = [
        "ALTER TABLE charging_sessions ADD COLUMN charged BIGINT NOT NULL DEFAULT 0",
        "UPDATE charging_sessions SET charged = confirmed * price",
        "ALTER TABLE charging_sessions ADD COLUMN tariff TEXT",
        "ALTER TABLE charging_operations ADD COLUMN warned BIGINT NOT NULL DEFAULT 0",
        "ALTER TABLE charging_operations ADD COLUMN outlook TEXT",
        """
        CREATE TABLE call_rates (
            call TEXT NOT NULL, from_second BIGINT NOT NULL, kind TEXT NOT NULL, month TEXT NOT NULL, seconds BIGINT NOT NULL,
            price BIGINT NOT NULL, discount BIGINT NOT NULL, amount BIGINT NOT NULL, PRIMARY KEY (call, from_second, kind))
        """,
        """
        CREATE TABLE charging_allowances (
            account TEXT NOT NULL REFERENCES charging_accounts (id), plan TEXT NOT NULL, kind TEXT NOT NULL, month TEXT NOT NULL,
            used BIGINT NOT NULL CHECK (used >= 0), held BIGINT NOT NULL CHECK (held >= 0),
            PRIMARY KEY (account, plan, kind, month))
        """,
        """
        CREATE TABLE charging_free_holds (
            call TEXT NOT NULL, month TEXT NOT NULL, seconds BIGINT NOT NULL, PRIMARY KEY (call, month))
        """,
    ]

    private static let accounts = [
        """
        CREATE TABLE charging_accounts (
            id TEXT NOT NULL PRIMARY KEY, customer TEXT NOT NULL UNIQUE,
            credit_limit BIGINT NOT NULL CHECK (credit_limit >= 0),
            reserved BIGINT NOT NULL CHECK (reserved >= 0), opened_at BIGINT NOT NULL)
        """,
        """
        CREATE TABLE charging_usage (
            account TEXT NOT NULL REFERENCES charging_accounts (id), month TEXT NOT NULL,
            charged BIGINT NOT NULL CHECK (charged >= 0), PRIMARY KEY (account, month))
        """,
    ]

    private static let sessions = [
        """
        CREATE TABLE charging_sessions (
            call TEXT NOT NULL PRIMARY KEY, account TEXT NOT NULL REFERENCES charging_accounts (id),
            price BIGINT NOT NULL CHECK (price >= 0), slice BIGINT NOT NULL CHECK (slice > 0), answered_at BIGINT,
            granted BIGINT NOT NULL CHECK (granted >= confirmed), confirmed BIGINT NOT NULL CHECK (confirmed >= 0),
            reserved BIGINT NOT NULL CHECK (reserved >= 0), expires_at BIGINT NOT NULL, settled_at BIGINT)
        """,
        "CREATE INDEX charging_sessions_open ON charging_sessions (expires_at) WHERE settled_at IS NULL",
    ]

    private static let operations = [
        """
        CREATE TABLE charging_operations (
            id TEXT NOT NULL PRIMARY KEY, call TEXT NOT NULL, account TEXT NOT NULL, kind TEXT NOT NULL, at BIGINT NOT NULL,
            used BIGINT NOT NULL, granted BIGINT NOT NULL, charged BIGINT NOT NULL, reserved BIGINT NOT NULL,
            available BIGINT NOT NULL, final BIGINT NOT NULL)
        """,
        "CREATE INDEX charging_operations_of_call ON charging_operations (call)",
    ]

    private static let records = [
        """
        CREATE TABLE call_records (
            call TEXT NOT NULL PRIMARY KEY, caller_line TEXT NOT NULL, caller_number TEXT NOT NULL, caller_device TEXT NOT NULL,
            callee_line TEXT, callee_number TEXT NOT NULL, callee_device TEXT, kind TEXT NOT NULL, account TEXT,
            price BIGINT NOT NULL, dialled_at BIGINT NOT NULL, rung_at BIGINT, answered_at BIGINT, ended_at BIGINT,
            outcome TEXT, ended_by TEXT, seconds BIGINT NOT NULL, cost BIGINT NOT NULL, media TEXT)
        """,
        "CREATE INDEX call_records_open ON call_records (dialled_at) WHERE ended_at IS NULL",
        """
        CREATE TABLE call_devices (
            call TEXT NOT NULL REFERENCES call_records (call), device TEXT NOT NULL, line TEXT NOT NULL, outcome TEXT NOT NULL,
            PRIMARY KEY (call, device))
        """,
        """
        CREATE TABLE call_parties (
            line TEXT NOT NULL, dialled_at BIGINT NOT NULL, call TEXT NOT NULL REFERENCES call_records (call),
            direction TEXT NOT NULL, missed BIGINT NOT NULL, PRIMARY KEY (line, dialled_at, call, direction))
        """,
        "CREATE INDEX call_parties_missed ON call_parties (line, dialled_at, call) WHERE missed = 1",
    ]
}
