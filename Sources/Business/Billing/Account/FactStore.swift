internal import Basics
internal import Charging
internal import Storage

/// Reads the facts of an account in one statement: all of them are rows of `kind, id, invoice, dispute, amount, on_day, through, at` and three numbers.
enum FactStore {
    static func facts(of account: AccountID, in tx: any Transaction) throws(Fault) -> AccountFacts {
        var facts = AccountFacts()
        for row in try tx.query(sql, [.id(account)]) { try add(row, to: &facts) }
        return facts
    }

    private static let none = "CAST(NULL AS TEXT)"
    private static let zero = "CAST(0 AS BIGINT)"
    private static let null = "CAST(NULL AS BIGINT)"

    private static let sql = """
        SELECT 'claim' AS kind, id, id AS invoice, \(none) AS dispute, total AS amount, issued_on AS on_day, due_on AS through,
            issued_at AS at, rate AS first, suspend_months AS second, terminate_months AS third
        FROM billing_invoices WHERE account = $1
        UNION ALL
        SELECT 'credit-note', id, invoice, dispute, net + tax, issued_on, \(null), issued_at, \(zero), \(zero), \(zero)
        FROM billing_credit_notes WHERE account = $1
        UNION ALL
        SELECT 'receipt', id, \(none), \(none), amount, on_day, \(null), at, \(zero), \(zero), \(zero)
        FROM billing_receipts r WHERE account = $1 AND NOT EXISTS (SELECT 1 FROM billing_reversals v WHERE v.receipt = r.id)
        UNION ALL
        SELECT 'refund', id, \(none), \(none), amount, on_day, \(null), at, \(zero), \(zero), \(zero)
        FROM billing_refunds WHERE account = $1
        UNION ALL
        SELECT 'cost', id, \(none), \(none), amount, on_day, \(null), at, \(zero), \(zero), \(zero)
        FROM billing_costs WHERE account = $1
        UNION ALL
        SELECT 'relief', id, invoice, dispute, amount, on_day, \(null), at, \(zero), \(zero), \(zero)
        FROM billing_reliefs WHERE account = $1
        UNION ALL
        SELECT 'write-off', id, invoice, \(none), \(zero), on_day, \(null), at, \(zero), \(zero), \(zero)
        FROM billing_write_offs WHERE account = $1
        UNION ALL
        SELECT 'still', id, \(none), \(none), \(zero), from_day, through_day, \(zero), \(zero), \(zero), \(zero)
        FROM billing_still_days WHERE account = $1
        UNION ALL
        SELECT CASE WHEN subject = 'penalty' THEN 'held-penalty' ELSE 'held' END, id, invoice, id, amount, raised_on, decided_on,
            raised_at, \(zero), \(zero), \(zero)
        FROM billing_disputes WHERE account = $1
        ORDER BY 6, 8, 2
        """

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
        case "still": facts.stillDays.append(DaySpan(from: on, through: try row.optionalDay("through")))
        case let kind:
            facts.held.append(
                HeldAmount(
                    dispute: try row.id("dispute"), claim: try invoice(), amount: amount, isPenalty: kind == "held-penalty",
                    days: DaySpan(from: on, through: try row.optionalDay("through"))))
        }
    }
}
