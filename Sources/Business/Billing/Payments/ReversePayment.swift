public import Access
public import Basics
internal import Charging
internal import Notices
public import Storage

/// Takes back a payment that bounced: arrears and penalty of every day are as if it had never been. The books keep it, its exact opposite, and
/// what follows from its absence. The same again returns what is owed now.
@discardableResult
public func reversePayment(
    _ id: PaymentID, reason: String, by act: StaffAct, policy: BillingPolicy = .standard, in tx: any Transaction,
    at now: Timestamp, zone: BusinessZone
) throws(Fault) -> Owed {
    try act.require(.recordPayments)
    return try reverse(id, reason: reason, by: act.actor, purpose: act.purpose, policy, in: tx, at: now, zone: zone)
}

/// The same, by the staff or because a payment provider says so.
@discardableResult
func reverse(
    _ id: PaymentID, reason: String, by actor: String, purpose: String?, _ policy: BillingPolicy, in tx: any Transaction,
    at now: Timestamp, zone: BusinessZone
) throws(Fault) -> Owed {
    try checkReason(reason)
    guard let payment = try PaymentStore.find(id, in: tx) else { throw Fault(.noPayment, "there is no such payment") }
    let account = try BilledAccount(payment.account, in: tx, at: now, zone: zone, order: policy.order)
    let inserted = try tx.execute(
        """
        INSERT INTO billing_reversals (receipt, on_day, at, reason, reversed_by) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING
        """, [.id(id), .day(account.today), .time(now), .text(reason), .text(actor)])
    guard inserted == 1 else {
        return try owed(by: payment.account, on: account.today, in: tx, at: now, zone: zone)
    }
    let old = LedgerTransactionID("payment:\(id)")
    try reverseTransaction(old, as: LedgerTransactionID("payment-reversed:\(id)"), in: tx, at: now)
    let facts = try account.facts()
    let standing = standing(of: facts, on: account.today)
    try account.book(Change(id: "payment-reversed:\(id):settlement", kind: "settlement", corrects: old), to: standing)
    try account.follow(standing, facts, by: actor)
    try appendJournal(
        JournalEntry(
            at: now, actor: actor, action: "payment.reversed", subject: "account:\(payment.account)", clause: 5,
            before: journalState(["payment": .text(id.rawValue), "amount": .number(payment.amount.micros)]),
            after: journalState(["owed": .number(standing.owed.micros), "purpose": .optional(purpose)])), in: tx)
    try account.tell(.paymentReversed, ["amount": payment.amount.formatted], key: "payment-reversed:\(id)")
    return try owed(by: payment.account, on: account.today, in: tx, at: now, zone: zone)
}
