public import Access
public import Basics
public import Charging
public import Storage

/// Pays money on deposit back to the customer. The same request again changes nothing and returns false.
@discardableResult
public func refund(
    _ id: PaymentID, of amount: Money, to account: AccountID, reference: String, by act: StaffAct,
    policy: BillingPolicy = .standard, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> Bool {
    try act.require(.recordPayments)
    let entry = ExtraAmount(table: "refunds", column: "reference", id: id, amount: amount, text: reference)
    return try entry.record(on: account, by: act, policy, in: tx, at: now, zone: zone) { account, before throws(Fault) in
        guard before.deposit >= amount else {
            throw Fault(.depositTooSmall, "no more than the deposit can be paid back", ["deposit": before.deposit.formatted])
        }
        return (Change(id: "refund:\(id)", kind: "refund", entries: [.credit(.cash, amount)]), "refund.paid")
    }
}

/// Charges costs of collection on to the customer. The same request again changes nothing and returns false.
@discardableResult
public func chargeCosts(
    _ id: PaymentID, of amount: Money, to account: AccountID, reason: String, by act: StaffAct,
    policy: BillingPolicy = .standard, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> Bool {
    try act.require(.runBilling)
    let entry = ExtraAmount(table: "costs", column: "reason", id: id, amount: amount, text: reason)
    return try entry.record(on: account, by: act, policy, in: tx, at: now, zone: zone) { _, _ throws(Fault) in
        (Change(id: "costs:\(id)", kind: "costs", entries: [.credit(.collection, amount)]), "costs.charged")
    }
}

/// An amount that is neither an invoice nor a receipt.
private struct ExtraAmount {
    let table: String
    let column: String
    let id: PaymentID
    let amount: Money
    let text: String

    func record(
        on id: AccountID, by act: StaffAct, _ policy: BillingPolicy, in tx: any Transaction, at now: Timestamp,
        zone: BusinessZone,
        as describe: (BilledAccount, Standing) throws(Fault) -> (Change, String)
    ) throws(Fault) -> Bool {
        try checkAmount(amount)
        guard (1...BillingLimits.referenceBytes).contains(text.utf8.count) else {
            throw Fault(.textRefused, "a reference or reason has 1 to \(BillingLimits.referenceBytes) bytes")
        }
        let account = try BilledAccount(id, in: tx, at: now, zone: zone, order: policy.order)
        if let row = try tx.first("SELECT account, amount FROM billing_\(table) WHERE id = $1", [.id(self.id)]) {
            guard try row.text("account") == id.rawValue, try row.money("amount") == amount else {
                throw Fault(.repeatedDifferently, "the id came before with another account or amount")
            }
            return false
        }
        let (change, action) = try describe(account, standing(of: account.facts(), on: account.today))
        try tx.execute(
            """
            INSERT INTO billing_\(table) (id, account, amount, on_day, at, \(column), recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            [.id(self.id), .id(id), .money(amount), .day(account.today), .time(now), .text(text), .text(act.actor)])
        let facts = try account.facts()
        let after = standing(of: facts, on: account.today)
        try account.book(change, to: after)
        try account.follow(after, facts, by: act.actor)
        try appendJournal(
            JournalEntry(
                at: now, actor: act.actor, action: action, subject: "account:\(id)", clause: 5,
                after: journalState([
                    "id": .text(self.id.rawValue), "amount": .number(amount.micros), "purpose": .text(act.purpose),
                ])), in: tx)
        return true
    }
}
