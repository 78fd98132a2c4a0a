internal import Basics
internal import Charging
internal import Storage

/// The SQL of payments and credits.
enum PaymentStore {
    static func insert(
        _ payment: Payment, clause: Int?, by actor: String, in tx: any Transaction, at now: Timestamp
    ) throws(Fault) {
        try tx.execute(
            """
            INSERT INTO billing_receipts (id, account, kind, amount, on_day, at, method, reference, clause, recorded_by, to_costs,
                to_penalty, to_principal, to_deposit)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            """,
            [
                .id(payment.id), .id(payment.account), .text(clause == nil ? "payment" : "credit"), .money(payment.amount),
                .day(payment.on), .time(now), .text(payment.method.rawValue), .text(payment.reference),
                .optional(clause.map(Int64.init)), .text(actor), .money(payment.toCosts), .money(payment.toPenalty),
                .money(payment.toPrincipal), .money(payment.toDeposit),
            ])
    }

    static func find(_ id: PaymentID, in tx: any Transaction) throws(Fault) -> Payment? {
        try list("r.id = $1", [.id(id)], limit: 1, in: tx).first
    }

    static func list(_ condition: String, _ values: [Value], limit: Int, in tx: any Transaction) throws(Fault) -> [Payment] {
        var payments: [Payment] = []
        for row in try tx.query(
            """
            SELECT r.id, r.account, r.amount, r.on_day, r.method, r.reference, r.to_costs, r.to_penalty, r.to_principal, r.to_deposit,
                CASE WHEN v.receipt IS NULL THEN 0 ELSE 1 END AS reversed
            FROM billing_receipts r LEFT JOIN billing_reversals v ON v.receipt = r.id
            WHERE \(condition) ORDER BY r.at DESC, r.id LIMIT \(limit)
            """, values)
        {
            payments.append(
                Payment(
                    id: try row.id("id"), account: try row.id("account"), amount: try row.money("amount"),
                    on: try row.day("on_day"), method: Payment.Method(rawValue: try row.text("method")) ?? .bank,
                    reference: try row.text("reference"), toCosts: try row.money("to_costs"),
                    toPenalty: try row.money("to_penalty"), toPrincipal: try row.money("to_principal"),
                    toDeposit: try row.money("to_deposit"), isReversed: try row.boolean("reversed")))
        }
        return payments
    }
}
