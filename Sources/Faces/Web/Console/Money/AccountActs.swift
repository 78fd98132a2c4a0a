import Access
import Basics
import Billing
import Charging
import Storage

/// What staff do to an account's money. Every one is idempotent by the id that the dialog makes.
enum AccountActs {
    static let all = [pay, refund, costs, credit, still, endStill]

    private static let amount = ActField("amount", .money)
    private static let once = ActField("id", .once)

    private static func id(_ values: ActValues) throws(Fault) -> PaymentID {
        guard let id = PaymentID(values.text("id")) else { throw Fault.field("id", "is not an id") }
        return id
    }

    static let pay = ConsoleAct.money(
        "accounts.pay", .recordPayments, path: "accounts/{id}/payments",
        fields: [
            amount, ActField("on", .date, isOptional: true),
            ActField("method", .choice("method", [Payment.Method.bank, .cash, .provider].map(\.rawValue))),
            ActField("reference", .line(BillingLimits.referenceBytes), isOptional: true), once,
        ]
    ) { desk, act, values, tx throws(Fault) in
        let request = PaymentRequest(
            id: try id(values), account: try values.identifier(), amount: values.money("amount"), on: values.date("on"),
            method: Payment.Method(rawValue: values.text("method")) ?? .bank, reference: values.text("reference"))
        return answer(try recordPayment(request, by: act, in: tx, at: desk.now, zone: desk.zone))
    }

    static let refund = ConsoleAct.money(
        "accounts.refund", .recordPayments, path: "accounts/{id}/refunds",
        fields: [amount, ActField("reference", .line(BillingLimits.referenceBytes)), once], isDangerous: true
    ) { desk, act, values, tx throws(Fault) in
        let isNew = try Billing.refund(
            try id(values), of: values.money("amount"), to: try values.identifier(), reference: values.text("reference"), by: act,
            in: tx, at: desk.now, zone: desk.zone)
        return ["isNew": .bool(isNew)]
    }

    static let costs = ConsoleAct.money(
        "accounts.costs", .runBilling, path: "accounts/{id}/costs",
        fields: [amount, ActField("reason", .line(BillingLimits.referenceBytes)), once]
    ) { desk, act, values, tx throws(Fault) in
        let isNew = try chargeCosts(
            try id(values), of: values.money("amount"), to: try values.identifier(), reason: values.text("reason"), by: act,
            in: tx,
            at: desk.now, zone: desk.zone)
        return ["isNew": .bool(isNew)]
    }

    /// Clause 13: the fee of the time in which the service failed.
    static let credit = ConsoleAct.money(
        "accounts.credit", .runBilling, path: "accounts/{id}/credits",
        fields: [amount, ActField("evidence", .line(BillingLimits.referenceBytes)), once], isDangerous: true
    ) { desk, act, values, tx throws(Fault) in
        answer(
            try grantCredit(
                try id(values), to: try values.identifier(), amount: values.money("amount"), clause: 13,
                evidence: values.text("evidence"), by: act, in: tx, at: desk.now, zone: desk.zone))
    }

    /// Clause 14: days of force majeure.
    static let still = ConsoleAct.money(
        "accounts.still", .runBilling, path: "accounts/{id}/still-days",
        fields: [
            ActField("from", .date), ActField("through", .date, isOptional: true),
            ActField("evidence", .line(BillingLimits.referenceBytes)), once,
        ]
    ) { desk, act, values, tx throws(Fault) in
        guard let from = values.date("from") else { throw Fault(.consoleDate, "not a date", ["field": "from"]) }
        try declareStillDays(
            try id(values), for: try values.identifier(), days: DaySpan(from: from, through: values.date("through")),
            evidence: values.text("evidence"), by: act, in: tx, at: desk.now, zone: desk.zone)
        return [:]
    }

    /// Says when still days that went on have ended.
    static let endStill = ConsoleAct.money(
        "accounts.endStill", .runBilling, path: "accounts/{id}/still-days/{part}/end", fields: [ActField("through", .date)]
    ) { desk, act, values, tx throws(Fault) in
        let account: AccountID = try values.identifier()
        let declared = try accountHistory(of: account, in: tx).first { $0.kind == .stillDays && $0.id == values.part }
        guard let declared, let id = PaymentID(values.part) else { throw Fault(.webNotFound, "no such still days") }
        try declareStillDays(
            id, for: account, days: DaySpan(from: declared.on, through: values.date("through")), evidence: declared.text, by: act,
            in: tx, at: desk.now, zone: desk.zone)
        return [:]
    }

    static func answer(_ outcome: PaymentOutcome) -> [String: JSONValue] {
        let payment = outcome.payment
        return [
            "payment": .text(payment.id.rawValue), "isNew": .bool(outcome.isNew), "lifted": .integer(Int64(outcome.lifted.count)),
            "toCosts": .integer(payment.toCosts.micros), "toPenalty": .integer(payment.toPenalty.micros),
            "toPrincipal": .integer(payment.toPrincipal.micros), "toDeposit": .integer(payment.toDeposit.micros),
        ]
    }
}
