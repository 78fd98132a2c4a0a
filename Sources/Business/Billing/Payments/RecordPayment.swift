public import Access
public import Basics
public import Charging
internal import Notices
public import Storage

/// Records a payment that staff have seen, and lifts at once what payment lifts. The same request again returns the first answer.
@discardableResult
public func recordPayment(
    _ request: PaymentRequest, by act: StaffAct, policy: BillingPolicy = .standard, in tx: any Transaction, at now: Timestamp,
    zone: BusinessZone
) throws(Fault) -> PaymentOutcome {
    try act.require(.recordPayments)
    return try receive(request, clause: nil, by: act.actor, purpose: act.purpose, policy, in: tx, at: now, zone: zone)
}

/// Records a payment that a payment provider has reported and whose report was checked; `source` names it, as in `provider:demo`.
@discardableResult
public func receivePayment(
    _ request: PaymentRequest, from source: String, policy: BillingPolicy = .standard, in tx: any Transaction, at now: Timestamp,
    zone: BusinessZone
) throws(Fault) -> PaymentOutcome {
    try receive(request, clause: nil, by: source, purpose: nil, policy, in: tx, at: now, zone: zone)
}

/// Grants a credit that another room has found to be owed, such as the fee of a long interruption (clause 13). It counts like a payment.
@discardableResult
public func grantCredit(
    _ id: PaymentID, to account: AccountID, amount: Money, clause: Int, evidence: String, policy: BillingPolicy = .standard,
    in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> PaymentOutcome {
    let request = PaymentRequest(id: id, account: account, amount: amount, method: .credit, reference: evidence)
    return try receive(request, clause: clause, by: "system", purpose: nil, policy, in: tx, at: now, zone: zone)
}

/// Grants a credit by hand: what the provider owes a customer by a clause and no other room has found. It counts like a payment.
@discardableResult
public func grantCredit(
    _ id: PaymentID, to account: AccountID, amount: Money, clause: Int, evidence: String, by act: StaffAct,
    policy: BillingPolicy = .standard, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> PaymentOutcome {
    try act.require(.runBilling)
    let request = PaymentRequest(id: id, account: account, amount: amount, method: .credit, reference: evidence)
    return try receive(request, clause: clause, by: act.actor, purpose: act.purpose, policy, in: tx, at: now, zone: zone)
}

private func receive(
    _ request: PaymentRequest, clause: Int?, by actor: String, purpose: String?, _ policy: BillingPolicy, in tx: any Transaction,
    at now: Timestamp, zone: BusinessZone
) throws(Fault) -> PaymentOutcome {
    let account = try BilledAccount(request.account, in: tx, at: now, zone: zone, order: policy.order)
    if let there = try PaymentStore.find(request.id, in: tx) {
        guard there.account == request.account, there.amount == request.amount, there.method == request.method else {
            throw Fault(.repeatedDifferently, "the payment's id came before with another account, amount or method")
        }
        return PaymentOutcome(payment: there, lifted: [], isNew: false)
    }
    // What is said of a day is measured by the clock; nothing said is the account's own day.
    let on = try check(request, today: zone.date(of: now)) ?? account.today
    var facts = try account.facts()
    let before = standing(of: facts, on: account.today)
    // Receipts of one day count in the order in which they were recorded: this one is the last of its day.
    facts.receipts.append(Receipt(on: on, amount: request.amount))
    let after = standing(of: facts, on: account.today)
    let payment = Payment(request, on: on, before, after)
    try PaymentStore.insert(payment, clause: clause, by: actor, in: tx, at: now)
    let source: LedgerAccount = clause.map(LedgerAccount.credits(clause:)) ?? .cash
    try account.book(
        Change(
            id: "payment:\(payment.id)", kind: clause == nil ? "payment" : "credit", effectiveAt: account.instant(of: on),
            entries: [.debit(source, payment.amount)]), to: after)
    var lifted = try account.follow(after, facts, by: "system")
    lifted += try account.liftCredit(after, by: "system")
    try appendJournal(
        JournalEntry(
            at: now, actor: actor, action: clause == nil ? "payment.recorded" : "credit.granted",
            subject: "account:\(request.account)", clause: clause ?? 5,
            after: journalState([
                "payment": .text(payment.id.rawValue), "amount": .number(payment.amount.micros), "on": .text(on.description),
                "toCosts": .number(payment.toCosts.micros), "toPenalty": .number(payment.toPenalty.micros),
                "toPrincipal": .number(payment.toPrincipal.micros), "toDeposit": .number(payment.toDeposit.micros),
                "purpose": .optional(purpose),
            ])), in: tx)
    if clause == nil {
        try account.tell(.paymentReceived, ["amount": payment.amount.formatted], key: "payment:\(payment.id)")
    }
    try account.settleOpenEnding(policy)
    return PaymentOutcome(payment: payment, lifted: lifted, isNew: true)
}

/// Refuses what is no payment; returns the day that it names.
private func check(_ request: PaymentRequest, today: BusinessDate) throws(Fault) -> BusinessDate? {
    guard request.currency == "CNY" else {
        throw Fault(.currencyRefused, "payments are in CNY", ["currency": String(request.currency.prefix(8))])
    }
    try checkAmount(request.amount)
    guard request.reference.utf8.count <= BillingLimits.referenceBytes else {
        throw Fault(.textRefused, "a reference has at most \(BillingLimits.referenceBytes) bytes")
    }
    if let on = request.on { try checkPaymentDay(on, today: today) }
    return request.on
}

/// Refuses days on which nobody can have paid.
func checkPaymentDay(_ on: BusinessDate, today: BusinessDate) throws(Fault) {
    guard on <= today, today.days(since: on) <= BillingLimits.backdatingDays else {
        throw Fault(.dayRefused, "a payment lies neither in the future nor more than \(BillingLimits.backdatingDays) days back")
    }
}

/// Refuses a reason without words or beyond its limit.
func checkReason(_ reason: String) throws(Fault) {
    guard (1...BillingLimits.referenceBytes).contains(reason.utf8.count) else {
        throw Fault(.textRefused, "a reason has 1 to \(BillingLimits.referenceBytes) bytes")
    }
}

/// Refuses amounts that nobody can pay.
func checkAmount(_ amount: Money) throws(Fault) {
    guard amount > .zero, amount <= BillingLimits.highestPayment, amount.isWholeFen else {
        throw Fault(
            .amountRefused, "an amount is positive, in whole fen and at most the highest",
            ["highest": String(BillingLimits.highestPayment.micros / 1_000_000)])
    }
}

extension Payment {
    fileprivate init(_ request: PaymentRequest, on: BusinessDate, _ before: Standing, _ after: Standing) {
        let toPenalty = max(after.paidPenalty - before.paidPenalty, .zero)
        let toCosts = max(before.costs - after.costs, .zero)
        let toDeposit = min(max(after.deposit - before.deposit, .zero), request.amount)
        self.init(
            id: request.id, account: request.account, amount: request.amount, on: on, method: request.method,
            reference: request.reference, toCosts: toCosts, toPenalty: toPenalty,
            toPrincipal: max(request.amount - toCosts - toPenalty - toDeposit, .zero), toDeposit: toDeposit, isReversed: false)
    }
}
