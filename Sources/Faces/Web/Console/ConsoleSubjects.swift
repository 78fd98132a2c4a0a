/// Everything that staff work on, in the order of the navigation.
extension ConsoleSubject {
    static let all: [ConsoleSubject] = [
        .customers, .verification, .orders, .catalogue, .versions, .objections, .interpretations, .abuse, .appeals, .endings,
        .announcements, .accounts, .invoices, .payments, .paymentIntents, .paymentEvents, .bank, .bankImports, .disputes, .fees,
        .billRuns, .ledger, .entries,
        .revenue, .journal, .staff,
    ]

    /// The page of a subject of the journal, by the beginning of its name there.
    static let pages = [
        "staff": "members", "abuse": "abuse", "customer": "customers", "agreement-version": "versions", "objection": "objections",
        "item": "catalogue", "announcement": "announcements", "account": "accounts", "invoice": "invoices",
        "bill-run": "bill-runs",
        "bank-import": "bank-imports", "bank-line": "bank",
    ]
}

/// Everything that staff do.
extension ConsoleAct {
    static let all: [ConsoleAct] =
        VerificationActs.all + PrivacyActs.all + AgreementActs.all + CaseActs.all + OrderActs.all + CatalogueActs.all
        + VersionActs.all + ObjectionActs.all + InterpretationActs.all + AbuseActs.all + AppealActs.all + EndingActs.all
        + AnnouncementActs.all + StaffActs.all + AccountActs.all + InvoiceActs.all + PaymentActs.all + DisputeActs.all
        + BillRunActs.all + BankActs.all + FeeActs.all
}
