public import Basics
public import Charging
public import Storage

/// Something that changed what an account owes and is neither an invoice nor a payment.
public struct AccountEvent: Sendable, Equatable {
    /// What it was.
    public enum Kind: String, Sendable, CaseIterable {
        /// A line of an invoice was corrected.
        case creditNote = "credit-note"
        /// Money was paid back to the customer.
        case refund
        /// Costs of collection were charged.
        case costs
        /// A penalty was let go.
        case relief
        /// A debt was given up.
        case writeOff = "write-off"
        /// A payment bounced.
        case reversal
        /// Days were declared on which every clock stands still.
        case stillDays = "still-days"
    }

    /// What it was.
    public let kind: Kind
    /// Its id; of a credit note its number, of a reversal the payment.
    public let id: String
    /// The invoice that it is about.
    public let invoice: InvoiceID?
    /// How much; zero for still days and for a debt given up, which is what was unpaid.
    public let amount: Money
    /// The day; the first of still days.
    public let on: BusinessDate
    /// The last of still days; nil while they go on.
    public let through: BusinessDate?
    /// The reason, the reference or the evidence.
    public let text: String
    /// Who did it, as in the journal.
    public let by: String
}

/// Everything that changed what an account owes besides invoices, payments and disputes; the newest first.
public func accountHistory(
    of account: AccountID, limit: Int = BillingLimits.invoicePage, in tx: any Transaction
) throws(Fault) -> [AccountEvent] {
    let rows = try tx.query(
        """
        SELECT 'credit-note' AS kind, number AS id, invoice, net + tax AS amount, issued_on AS on_day, CAST(NULL AS BIGINT) AS through,
            reason AS words, issued_by AS by_whom, issued_at AS at
        FROM billing_credit_notes WHERE account = $1
        UNION ALL
        SELECT 'refund', id, NULL, amount, on_day, NULL, reference, recorded_by, at FROM billing_refunds WHERE account = $1
        UNION ALL
        SELECT 'costs', id, NULL, amount, on_day, NULL, reason, recorded_by, at FROM billing_costs WHERE account = $1
        UNION ALL
        SELECT 'relief', id, invoice, amount, on_day, NULL, COALESCE(dispute, ''), recorded_by, at
        FROM billing_reliefs WHERE account = $1
        UNION ALL
        SELECT 'write-off', id, invoice, 0, on_day, NULL, reason, recorded_by, at FROM billing_write_offs WHERE account = $1
        UNION ALL
        SELECT 'reversal', v.receipt, NULL, r.amount, v.on_day, NULL, v.reason, v.reversed_by, v.at
        FROM billing_reversals v JOIN billing_receipts r ON r.id = v.receipt WHERE r.account = $1
        UNION ALL
        SELECT 'still-days', id, NULL, 0, from_day, through_day, evidence, declared_by, CAST(from_day AS BIGINT) * 86400000
        FROM billing_still_days WHERE account = $1
        ORDER BY 5 DESC, 9 DESC, 2 LIMIT \(min(max(limit, 1), BillingLimits.invoicePage))
        """, [.id(account)])
    var events: [AccountEvent] = []
    for row in rows {
        guard let kind = AccountEvent.Kind(rawValue: try row.text("kind")) else { continue }
        events.append(
            AccountEvent(
                kind: kind, id: try row.text("id"), invoice: try row.optionalID("invoice"), amount: try row.money("amount"),
                on: try row.day("on_day"), through: try row.optionalDay("through"), text: try row.text("words"),
                by: try row.text("by_whom")))
    }
    return events
}

/// A notice of the ladder that was given to the customer before a step (clause 5).
public struct GivenNotice: Sendable, Equatable {
    /// The invoice that climbs.
    public let invoice: InvoiceID
    /// The step that it announced.
    public let step: LadderStep
    /// When.
    public let at: Timestamp
}

/// The notices of the ladder that an account was given, the newest first.
public func ladderNotices(of account: AccountID, in tx: any Transaction) throws(Fault) -> [GivenNotice] {
    var notices: [GivenNotice] = []
    for row in try tx.query(
        """
        SELECT invoice, step, at FROM billing_notices WHERE account = $1 ORDER BY at DESC, invoice
        LIMIT \(BillingLimits.invoicePage)
        """, [.id(account)])
    {
        guard let step = LadderStep(rawValue: try row.text("step")) else { continue }
        notices.append(GivenNotice(invoice: try row.id("invoice"), step: step, at: try row.time("at")))
    }
    return notices
}
