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
                .merging(AppendOnly.statements(table: "ledger_entries"), uniquingKeysWith: +)),
        Migration(
            room: "billing", number: 2, statements: accounts + invoices + money + disputes + runs,
            engineStatements: appendOnly([
                "billing_invoices", "billing_invoice_lines", "billing_credit_notes", "billing_receipts", "billing_reversals",
                "billing_refunds", "billing_costs", "billing_reliefs", "billing_write_offs", "billing_notices",
            ])),
        // How far the daily look at the ladder has come.
        Migration(
            room: "billing", number: 3,
            statements: [
                "CREATE TABLE billing_sweeps (day BIGINT NOT NULL PRIMARY KEY, cursor TEXT NOT NULL, finished BIGINT NOT NULL)"
            ]),
        // Accounts that wait are looked at again in turn: the one that was tried least goes first.
        Migration(
            room: "billing", number: 4,
            statements: [
                "ALTER TABLE billing_runs_waiting ADD COLUMN tries BIGINT NOT NULL DEFAULT 0",
                "CREATE INDEX billing_runs_waiting_in_turn ON billing_runs_waiting (month, tries, account)",
            ]),
        Migration(
            room: "billing", number: 5, statements: intents + bank + watch,
            engineStatements: AppendOnly.statements(table: "billing_bank_imports")),
        // The first day on which the ladder's look at an account may change something; what happens to it sets it to zero. How many accounts a
        // run has before it.
        Migration(
            room: "billing", number: 6,
            statements: [
                "ALTER TABLE billing_accounts ADD COLUMN next_look BIGINT NOT NULL DEFAULT 0",
                "CREATE INDEX billing_accounts_to_look_at ON billing_accounts (next_look, account) WHERE terminated_on IS NULL",
                "ALTER TABLE billing_runs ADD COLUMN total BIGINT NOT NULL DEFAULT 0",
                "CREATE INDEX billing_invoice_lines_unearned ON billing_invoice_lines (account) WHERE unearned = 1",
            ]),
        // The staff's lists of everything, the newest first.
        Migration(room: "billing", number: 7, statements: byTime),
        Migration(room: "billing", number: 8, statements: usageSums),
        Migration(room: "billing", number: 9, statements: ledgerBalances),
        // Lines whose payers are not erased yet, the oldest first; the other index helped no question.
        Migration(
            room: "billing", number: 10,
            statements: [
                "CREATE INDEX billing_bank_lines_of_payers ON billing_bank_lines (at, id) WHERE payer <> '***'",
                "DROP INDEX billing_payment_events_received",
            ]),
        // Who paid is sealed; what was taken in before is sealed when the program starts (`sealPayers`).
        Migration(
            room: "billing", number: 11, statements: ["ALTER TABLE billing_bank_lines ADD COLUMN sealed_payer BLOB"]),
    ]

    /// Every column of sealed bytes.
    public static let sealed = [
        SealedColumn(table: "billing_bank_lines", key: "id", column: "sealed_payer", place: payerPlace)
    ]

    /// What the payer of a line is sealed for.
    @Sendable static func payerPlace(_ line: String) -> String { "billing.bank-payer:\(line)" }

    /// What all entries of each name in the chart come to, and the transactions that are not in these sums yet.
    private static let ledgerBalances = [
        """
        CREATE TABLE ledger_balances (
            code TEXT NOT NULL PRIMARY KEY, debit BIGINT NOT NULL CHECK (debit >= 0), credit BIGINT NOT NULL CHECK (credit >= 0))
        """,
        "CREATE TABLE ledger_unsummed (transaction_id TEXT NOT NULL PRIMARY KEY REFERENCES ledger_transactions (id))",
        """
        INSERT INTO ledger_balances (code, debit, credit)
        SELECT code, CAST(SUM(CASE WHEN amount > 0 THEN amount ELSE 0 END) AS BIGINT),
            CAST(SUM(CASE WHEN amount < 0 THEN -amount ELSE 0 END) AS BIGINT)
        FROM (SELECT
            CASE WHEN account LIKE 'receivable:%' THEN 'receivable' WHEN account LIKE 'deposit:%' THEN 'deposit'
                WHEN account LIKE 'unearned:rent:%' THEN 'unearned:rent' WHEN account LIKE 'revenue:penalty:%' THEN 'revenue:penalty'
                WHEN account LIKE 'expense:written-off:%' THEN 'expense:written-off' ELSE account END AS code, amount
            FROM ledger_entries) a
        GROUP BY code
        """,
    ]

    /// What each account's booked calls of a month come to, so that an invoice need not read every call again. `counted` is the month in which they
    /// count; until now it was always the month itself.
    private static let usageSums = [
        """
        CREATE TABLE billing_usage_sums (
            account TEXT NOT NULL, counted TEXT NOT NULL, month TEXT NOT NULL, kind TEXT NOT NULL,
            calls BIGINT NOT NULL, amount BIGINT NOT NULL, PRIMARY KEY (account, counted, month, kind))
        """,
        """
        INSERT INTO billing_usage_sums (account, counted, month, kind, calls, amount)
        SELECT SUBSTR(r.account, LENGTH('receivable:') + 1), SUBSTR(t.id, LENGTH(t.id) - 6), SUBSTR(t.id, LENGTH(t.id) - 6),
            SUBSTR(e.account, LENGTH('revenue:usage:') + 1), COUNT(*), CAST(-SUM(e.amount) AS BIGINT)
        FROM ledger_transactions t JOIN ledger_entries r ON r.transaction_id = t.id AND r.amount > 0
            JOIN ledger_entries e ON e.transaction_id = t.id AND e.amount < 0
        WHERE t.kind = 'usage'
        GROUP BY SUBSTR(r.account, LENGTH('receivable:') + 1), SUBSTR(t.id, LENGTH(t.id) - 6),
            SUBSTR(e.account, LENGTH('revenue:usage:') + 1)
        """,
    ]

    private static func appendOnly(_ tables: [String]) -> [Engine: [String]] {
        tables.reduce(into: [:]) { $0.merge(AppendOnly.statements(table: $1), uniquingKeysWith: +) }
    }

    /// The row of an account is locked before anything about its money changes; the step is where the last look found it.
    private static let accounts = [
        """
        CREATE TABLE billing_accounts (
            account TEXT NOT NULL PRIMARY KEY, step TEXT NOT NULL, step_since BIGINT NOT NULL, terminated_on BIGINT)
        """,
        "CREATE INDEX billing_accounts_by_step ON billing_accounts (step, account)",
        "CREATE TABLE billing_sequences (name TEXT NOT NULL PRIMARY KEY, last BIGINT NOT NULL)",
        """
        CREATE TABLE billing_notices (
            invoice TEXT NOT NULL, step TEXT NOT NULL, account TEXT NOT NULL, on_day BIGINT NOT NULL, at BIGINT NOT NULL,
            PRIMARY KEY (invoice, step))
        """,
        "CREATE INDEX billing_notices_of_account ON billing_notices (account)",
    ]

    private static let invoices = [
        """
        CREATE TABLE billing_invoices (
            id TEXT NOT NULL PRIMARY KEY, number TEXT NOT NULL UNIQUE, account TEXT NOT NULL, purpose TEXT NOT NULL,
            kind TEXT NOT NULL, month TEXT NOT NULL, issued_on BIGINT NOT NULL, issued_at BIGINT NOT NULL, due_on BIGINT NOT NULL,
            usage_from BIGINT NOT NULL, usage_until BIGINT NOT NULL, rate BIGINT NOT NULL, suspend_months BIGINT NOT NULL,
            terminate_months BIGINT NOT NULL, net BIGINT NOT NULL, tax BIGINT NOT NULL, total BIGINT NOT NULL,
            brought_forward BIGINT NOT NULL, costs BIGINT NOT NULL, penalty BIGINT NOT NULL, held BIGINT NOT NULL,
            deposit_used BIGINT NOT NULL, to_pay BIGINT NOT NULL, UNIQUE (account, purpose))
        """,
        """
        CREATE TABLE billing_invoice_lines (
            invoice TEXT NOT NULL REFERENCES billing_invoices (id), position BIGINT NOT NULL, account TEXT NOT NULL,
            subject TEXT NOT NULL, charge TEXT, charge_key TEXT, name_zh TEXT, name_en TEXT, from_day BIGINT NOT NULL,
            through_day BIGINT NOT NULL, quantity BIGINT NOT NULL, exact BIGINT NOT NULL, tax_rate BIGINT NOT NULL,
            tax_included BIGINT NOT NULL, net BIGINT NOT NULL, tax BIGINT NOT NULL, unearned BIGINT NOT NULL,
            PRIMARY KEY (invoice, position), UNIQUE (account, charge_key))
        """,
        """
        CREATE TABLE billing_credit_notes (
            id TEXT NOT NULL PRIMARY KEY, number TEXT NOT NULL UNIQUE, account TEXT NOT NULL, invoice TEXT NOT NULL,
            line BIGINT NOT NULL, net BIGINT NOT NULL, tax BIGINT NOT NULL, dispute TEXT, reason TEXT NOT NULL,
            issued_on BIGINT NOT NULL, issued_at BIGINT NOT NULL, issued_by TEXT NOT NULL)
        """,
        "CREATE INDEX billing_credit_notes_of_account ON billing_credit_notes (account)",
    ]

    private static let money =
        [
            """
            CREATE TABLE billing_receipts (
                id TEXT NOT NULL PRIMARY KEY, account TEXT NOT NULL, kind TEXT NOT NULL, amount BIGINT NOT NULL, on_day BIGINT NOT NULL,
                at BIGINT NOT NULL, method TEXT NOT NULL, reference TEXT NOT NULL, clause BIGINT, recorded_by TEXT NOT NULL,
                to_costs BIGINT NOT NULL, to_penalty BIGINT NOT NULL, to_principal BIGINT NOT NULL, to_deposit BIGINT NOT NULL)
            """,
            "CREATE INDEX billing_receipts_of_account ON billing_receipts (account)",
            """
            CREATE TABLE billing_reversals (
                receipt TEXT NOT NULL PRIMARY KEY REFERENCES billing_receipts (id), on_day BIGINT NOT NULL, at BIGINT NOT NULL,
                reason TEXT NOT NULL, reversed_by TEXT NOT NULL)
            """,
        ]
        + [("refunds", "reference TEXT NOT NULL"), ("costs", "reason TEXT NOT NULL")].flatMap(dated)
        + [("reliefs", "amount BIGINT NOT NULL, dispute TEXT"), ("write_offs", "reason TEXT NOT NULL")].flatMap(ofInvoice) + [
            """
            CREATE TABLE billing_still_days (
                id TEXT NOT NULL PRIMARY KEY, account TEXT NOT NULL, from_day BIGINT NOT NULL, through_day BIGINT,
                evidence TEXT NOT NULL, declared_by TEXT NOT NULL)
            """,
            "CREATE INDEX billing_still_days_of_account ON billing_still_days (account)",
        ]

    private static func dated(_ table: String, _ column: String) -> [String] {
        [
            """
            CREATE TABLE billing_\(table) (
                id TEXT NOT NULL PRIMARY KEY, account TEXT NOT NULL, amount BIGINT NOT NULL, on_day BIGINT NOT NULL,
                at BIGINT NOT NULL, \(column), recorded_by TEXT NOT NULL)
            """,
            "CREATE INDEX billing_\(table)_of_account ON billing_\(table) (account)",
        ]
    }

    private static func ofInvoice(_ table: String, _ columns: String) -> [String] {
        [
            """
            CREATE TABLE billing_\(table) (
                id TEXT NOT NULL PRIMARY KEY, account TEXT NOT NULL, invoice TEXT NOT NULL, on_day BIGINT NOT NULL,
                at BIGINT NOT NULL, \(columns), recorded_by TEXT NOT NULL)
            """,
            "CREATE INDEX billing_\(table)_of_account ON billing_\(table) (account)",
        ]
    }

    private static let runs = [
        """
        CREATE TABLE billing_runs (
            month TEXT NOT NULL PRIMARY KEY, cursor TEXT NOT NULL, done BIGINT NOT NULL, invoices BIGINT NOT NULL,
            amount BIGINT NOT NULL, started_at BIGINT NOT NULL, finished_at BIGINT)
        """,
        """
        CREATE TABLE billing_runs_waiting (
            month TEXT NOT NULL, account TEXT NOT NULL, code TEXT NOT NULL, PRIMARY KEY (month, account))
        """,
    ]

    private static let disputes = [
        """
        CREATE TABLE billing_disputes (
            id TEXT NOT NULL PRIMARY KEY, account TEXT NOT NULL, invoice TEXT NOT NULL, subject TEXT NOT NULL, line BIGINT,
            call TEXT, amount BIGINT NOT NULL, text TEXT NOT NULL, state TEXT NOT NULL, raised_on BIGINT NOT NULL,
            raised_at BIGINT NOT NULL, answer_due BIGINT NOT NULL, evidence TEXT NOT NULL, explanation TEXT, credited BIGINT NOT NULL,
            decided_on BIGINT, decided_at BIGINT, decided_by TEXT, reminded_on BIGINT)
        """,
        "CREATE INDEX billing_disputes_of_account ON billing_disputes (account)",
        "CREATE INDEX billing_disputes_open ON billing_disputes (answer_due) WHERE decided_on IS NULL",
    ]
}
