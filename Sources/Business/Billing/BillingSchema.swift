public import Storage

/// The tables of this room.
public enum BillingSchema {
    /// In order; append only.
    public static let migrations = [
        Migration(
            room: "billing", number: 1,
            statements: [
                """
                CREATE TABLE ledger_transactions (
                    id TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, effective_at BIGINT NOT NULL,
                    recorded_at BIGINT NOT NULL, corrects TEXT REFERENCES ledger_transactions (id))
                """,
                """
                CREATE TABLE ledger_entries (
                    transaction_id TEXT NOT NULL REFERENCES ledger_transactions (id), position BIGINT NOT NULL,
                    account TEXT NOT NULL, amount BIGINT NOT NULL CHECK (amount <> 0), PRIMARY KEY (transaction_id, position))
                """,
                "CREATE INDEX ledger_entries_of_account ON ledger_entries (account)",
                "CREATE INDEX ledger_transactions_of_subject ON ledger_transactions (subject)",
            ],
            engineStatements: AppendOnly.statements(table: "ledger_transactions")
                .merging(AppendOnly.statements(table: "ledger_entries"), uniquingKeysWith: +))
    ]
}
