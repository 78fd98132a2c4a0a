public import Access
public import Basics
public import Charging
public import Storage

/// Gives up what is unpaid of an invoice with its penalty. The books keep it as a loss; the same again changes nothing and returns false.
@discardableResult
public func writeOff(
    _ invoice: InvoiceID, reason: String, by act: StaffAct, policy: BillingPolicy = .standard, in tx: any Transaction,
    at now: Timestamp, zone: BusinessZone
) throws(Fault) -> Bool {
    try act.require(.runBilling)
    try checkReason(reason)
    let found = try InvoiceStore.existing(invoice, in: tx)
    let account = try BilledAccount(found.account, in: tx, at: now, zone: zone, order: policy.order)
    let inserted = try tx.execute(
        """
        INSERT INTO billing_write_offs (id, account, invoice, on_day, at, reason, recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT DO NOTHING
        """,
        [
            .id(invoice), .id(found.account), .id(invoice), .day(account.today), .time(now), .text(reason), .text(act.actor),
        ])
    guard inserted == 1 else { return false }
    let facts = try account.facts()
    let standing = standing(of: facts, on: account.today)
    try account.book(Change(id: "write-off:\(invoice)", kind: "write-off"), to: standing)
    try account.follow(standing, facts, by: act.actor)
    try appendJournal(
        JournalEntry(
            at: now, actor: act.actor, action: "invoice.written-off", subject: "account:\(found.account)", clause: 5,
            after: journalState([
                "invoice": .text(found.number), "lost": .number(standing.writtenOff.micros), "purpose": .text(act.purpose),
            ])), in: tx)
    return true
}

/// Declares days on which deadlines and penalty of an account stand still, because of force majeure (clause 14). The same id again moves the end;
/// what is owed is recomputed.
public func declareStillDays(
    _ id: PaymentID, for account: AccountID, days: DaySpan, evidence: String, by act: StaffAct, policy: BillingPolicy = .standard,
    in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) {
    try act.require(.runBilling)
    guard (1...BillingLimits.referenceBytes).contains(evidence.utf8.count), days.from <= days.through ?? days.from else {
        throw Fault(.textRefused, "still days have an evidence and an end that is not before their beginning")
    }
    let billed = try BilledAccount(account, in: tx, at: now, zone: zone, order: policy.order)
    let changed = try tx.execute(
        """
        INSERT INTO billing_still_days (id, account, from_day, through_day, evidence, declared_by) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (id) DO UPDATE SET through_day = $4 WHERE billing_still_days.account = $2 AND billing_still_days.from_day = $3
        """,
        [.id(id), .id(account), .day(days.from), .optional(days.through), .text(evidence), .text(act.actor)])
    guard changed == 1 else { throw Fault(.repeatedDifferently, "the id came before with another account or beginning") }
    let facts = try billed.facts()
    let standing = standing(of: facts, on: billed.today)
    let end = days.through.map { "\($0)" } ?? "open"
    try billed.book(Change(id: "still-days:\(id):\(end):\(now.milliseconds)", kind: "settlement"), to: standing)
    try billed.follow(standing, facts, by: act.actor)
    try appendJournal(
        JournalEntry(
            at: now, actor: act.actor, action: "still-days.declared", subject: "account:\(account)", clause: 14,
            after: journalState([
                "id": .text(id.rawValue), "from": .text("\(days.from)"), "through": .text(end), "evidence": .text(evidence),
                "purpose": .text(act.purpose),
            ])), in: tx)
}
