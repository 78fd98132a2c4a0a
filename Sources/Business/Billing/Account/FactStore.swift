internal import Basics
internal import Charging
internal import Storage

/// Reads the facts of accounts in one statement: all of them are rows of `account, kind, id, invoice, dispute, amount, on_day, through, at` and
/// three numbers.
enum FactStore {
    static func facts(of account: AccountID, in tx: any Transaction) throws(Fault) -> AccountFacts {
        try facts(of: AccountList([account]), in: tx)[account] ?? AccountFacts()
    }

    /// The facts of each account to which something has happened.
    static func facts(of accounts: AccountList, in tx: any Transaction) throws(Fault) -> [AccountID: AccountFacts] {
        var facts: [AccountID: AccountFacts] = [:]
        for row in try tx.query(sql(accounts.places), accounts.values()) {
            try add(row, to: &facts[try row.id("account"), default: AccountFacts()])
        }
        return facts
    }

    private static let none = "CAST(NULL AS TEXT)"
    private static let zero = "CAST(0 AS BIGINT)"
    private static let null = "CAST(NULL AS BIGINT)"

    private static func sql(_ accounts: String) -> String {
        """
        SELECT account, 'claim' AS kind, id, id AS invoice, \(none) AS dispute, total AS amount, issued_on AS on_day, due_on AS through,
            issued_at AS at, rate AS first, suspend_months AS second, terminate_months AS third
        FROM billing_invoices WHERE account IN \(accounts)
        UNION ALL
        SELECT account, 'credit-note', id, invoice, dispute, net + tax, issued_on, \(null), issued_at, \(zero), \(zero), \(zero)
        FROM billing_credit_notes WHERE account IN \(accounts)
        UNION ALL
        SELECT account, 'receipt', id, \(none), \(none), amount, on_day, \(null), at, \(zero), \(zero), \(zero)
        FROM billing_receipts r WHERE account IN \(accounts) AND NOT EXISTS (SELECT 1 FROM billing_reversals v WHERE v.receipt = r.id)
        UNION ALL
        SELECT account, 'refund', id, \(none), \(none), amount, on_day, \(null), at, \(zero), \(zero), \(zero)
        FROM billing_refunds WHERE account IN \(accounts)
        UNION ALL
        SELECT account, 'cost', id, \(none), \(none), amount, on_day, \(null), at, \(zero), \(zero), \(zero)
        FROM billing_costs WHERE account IN \(accounts)
        UNION ALL
        SELECT account, 'relief', id, invoice, dispute, amount, on_day, \(null), at, \(zero), \(zero), \(zero)
        FROM billing_reliefs WHERE account IN \(accounts)
        UNION ALL
        SELECT account, 'write-off', id, invoice, \(none), \(zero), on_day, \(null), at, \(zero), \(zero), \(zero)
        FROM billing_write_offs WHERE account IN \(accounts)
        UNION ALL
        SELECT account, 'still', id, \(none), \(none), \(zero), from_day, through_day, \(zero), \(zero), \(zero), \(zero)
        FROM billing_still_days WHERE account IN \(accounts)
        UNION ALL
        SELECT account, CASE WHEN subject = 'penalty' THEN 'held-penalty' ELSE 'held' END, id, invoice, id, amount, raised_on, decided_on,
            raised_at, \(zero), \(zero), \(zero)
        FROM billing_disputes WHERE account IN \(accounts)
        UNION ALL
        SELECT r.account, 'reckoning', r.id, \(none), \(none), \(zero), v.on_day, \(null), v.at, \(zero), \(zero), \(zero)
        FROM billing_receipts r JOIN billing_reversals v ON v.receipt = r.id WHERE r.account IN \(accounts)
        ORDER BY 7, 9, 3
        """
    }

    private static func add(_ row: Row, to facts: inout AccountFacts) throws(Fault) {
        let (amount, on) = (try row.money("amount"), try row.day("on_day"))
        func invoice() throws(Fault) -> InvoiceID { try row.id("invoice") }
        switch try row.text("kind") {
        case "claim":
            let terms = LatePaymentTerms(
                ratePerMilleThousandths: try row.integer("first"), monthsUntilSuspension: try row.integer("second"),
                monthsUntilTermination: try row.integer("third"))
            facts.claims.append(
                Claim(id: try invoice(), amount: amount, issuedOn: on, due: try row.optionalDay("through") ?? on, terms: terms))
        case "credit-note":
            facts.credits.append(
                ClaimCredit(claim: try invoice(), amount: amount, dispute: try row.optionalID("dispute")))
        case "receipt": facts.receipts.append(Receipt(on: on, amount: amount))
        case "refund": facts.refunds.append(DatedAmount(on: on, amount: amount))
        case "cost": facts.costs.append(DatedAmount(on: on, amount: amount))
        case "relief": facts.reliefs.append(PenaltyRelief(claim: try invoice(), on: on, amount: amount))
        case "write-off": facts.writeOffs.append(WriteOff(claim: try invoice(), on: on))
        case "reckoning": facts.reckonings.append(on)
        case "still": facts.stillDays.append(DaySpan(from: on, through: try row.optionalDay("through")))
        case let kind:
            facts.held.append(
                HeldAmount(
                    dispute: try row.id("dispute"), claim: try invoice(), amount: amount, isPenalty: kind == "held-penalty",
                    days: DaySpan(from: on, through: try row.optionalDay("through"))))
        }
    }
}
