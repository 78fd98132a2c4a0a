// The tables of money on its way in, and of what the room watches by the clock.

extension BillingSchema {
    static let intents = [
        """
        CREATE TABLE billing_payment_intents (
            id TEXT NOT NULL PRIMARY KEY, account TEXT NOT NULL, amount BIGINT NOT NULL CHECK (amount > 0), provider TEXT NOT NULL,
            state TEXT NOT NULL, created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL)
        """,
        "CREATE INDEX billing_payment_intents_open ON billing_payment_intents (expires_at) WHERE state = 'requested'",
        "CREATE INDEX billing_payment_intents_of_account ON billing_payment_intents (account)",
        """
        CREATE TABLE billing_payment_events (
            provider TEXT NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, reference TEXT NOT NULL, amount BIGINT NOT NULL,
            currency TEXT NOT NULL, paid_on BIGINT, at BIGINT NOT NULL, result TEXT NOT NULL, payment TEXT,
            PRIMARY KEY (provider, id))
        """,
    ]

    /// A line is of a statement (`origin` is the import) or came through a payment provider (`provider:NAME`).
    static let bank = [
        """
        CREATE TABLE billing_bank_imports (
            id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, lines BIGINT NOT NULL, repeated BIGINT NOT NULL,
            imported_at BIGINT NOT NULL, imported_by TEXT NOT NULL)
        """,
        "CREATE INDEX billing_bank_imports_by_time ON billing_bank_imports (imported_at, id)",
        """
        CREATE TABLE billing_bank_lines (
            id TEXT NOT NULL PRIMARY KEY, origin TEXT NOT NULL, position BIGINT NOT NULL, on_day BIGINT NOT NULL,
            amount BIGINT NOT NULL CHECK (amount > 0), reference TEXT NOT NULL, payer TEXT NOT NULL, state TEXT NOT NULL,
            account TEXT, payment TEXT, reason TEXT, at BIGINT NOT NULL, decided_by TEXT, decided_at BIGINT)
        """,
        "CREATE INDEX billing_bank_lines_by_state ON billing_bank_lines (state, on_day, id)",
        "CREATE INDEX billing_bank_lines_of_origin ON billing_bank_lines (origin, position)",
    ]

    /// Lists over all accounts read one page of these.
    static let byTime = [
        "CREATE INDEX ledger_transactions_recorded ON ledger_transactions (recorded_at DESC, id)",
        "CREATE INDEX ledger_transactions_effective ON ledger_transactions (effective_at DESC, id)",
        "CREATE INDEX billing_invoices_issued ON billing_invoices (issued_at, number)",
        "CREATE INDEX billing_receipts_recorded ON billing_receipts (at DESC, id)",
        "CREATE INDEX billing_payment_intents_created ON billing_payment_intents (created_at DESC, id)",
        "CREATE INDEX billing_payment_events_received ON billing_payment_events (at DESC)",
        "CREATE INDEX billing_payment_events_of_reference ON billing_payment_events (reference)",
    ]

    /// Accounts whose usage has changed since it was last looked at; what was found abnormal; what the staff was reminded of.
    static let watch = [
        "CREATE TABLE billing_usage_looks (account TEXT NOT NULL PRIMARY KEY)",
        """
        CREATE TABLE billing_abnormal_fees (
            account TEXT NOT NULL, kind TEXT NOT NULL, on_day BIGINT NOT NULL, amount BIGINT NOT NULL, average BIGINT NOT NULL,
            at BIGINT NOT NULL, acknowledged_by TEXT, acknowledged_at BIGINT, PRIMARY KEY (account, kind, on_day))
        """,
        "CREATE INDEX billing_abnormal_fees_open ON billing_abnormal_fees (at) WHERE acknowledged_at IS NULL",
        """
        CREATE TABLE billing_dispute_reminders (
            dispute TEXT NOT NULL, days_left BIGINT NOT NULL, on_day BIGINT NOT NULL, at BIGINT NOT NULL,
            PRIMARY KEY (dispute, days_left))
        """,
    ]
}
