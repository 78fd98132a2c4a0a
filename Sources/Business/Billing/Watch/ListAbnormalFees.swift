public import Access
public import Basics
public import Charging
public import Storage

/// Abnormal fees that nobody of the staff has taken note of, the oldest first; `after` is the last one of the page before.
public func abnormalFees(after last: AbnormalFee? = nil, limit: Int = 50, in tx: any Transaction) throws(Fault) -> [AbnormalFee] {
    let limit = min(max(limit, 1), BillingLimits.invoicePage)
    let order = "ORDER BY at, account, kind, on_day LIMIT \(limit)"
    guard let last else { return try read("acknowledged_at IS NULL \(order)", [], in: tx) }
    return try read(
        """
        acknowledged_at IS NULL AND (at > $1 OR (at = $1 AND (account > $2 OR (account = $2 AND (kind > $3
            OR (kind = $3 AND on_day > $4)))))) \(order)
        """, [.time(last.foundAt), .id(last.account), .text(last.kind.rawValue), .day(last.on)], in: tx)
}

/// The abnormal fees of an account, the newest first, whether somebody has taken note or not.
public func abnormalFees(of account: AccountID, in tx: any Transaction) throws(Fault) -> [AbnormalFee] {
    try read("account = $1 ORDER BY at DESC, kind LIMIT \(BillingLimits.invoicePage)", [.id(account)], in: tx)
}

/// Takes note of an abnormal fee. The same again changes nothing; whoever was first stays named.
@discardableResult
public func acknowledgeAbnormalFee(
    _ fee: AbnormalFee, by act: StaffAct, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> AbnormalFee {
    try act.require(.handleDisputes)
    let key: [Value] = [.id(fee.account), .text(fee.kind.rawValue), .day(fee.on)]
    let changed = try tx.execute(
        """
        UPDATE billing_abnormal_fees SET acknowledged_by = $4, acknowledged_at = $5
        WHERE account = $1 AND kind = $2 AND on_day = $3 AND acknowledged_at IS NULL
        """, key + [.text(act.actor), .time(now)])
    guard let found = try read("account = $1 AND kind = $2 AND on_day = $3", key, in: tx).first else {
        throw Fault(.noAlarm, "there is no such alarm")
    }
    guard changed == 1 else { return found }
    try appendJournal(
        JournalEntry(
            at: now, actor: act.actor, action: "usage.abnormal-acknowledged", subject: "account:\(fee.account)", clause: 6,
            after: journalState([
                "kind": .text(fee.kind.rawValue), "on": .text("\(fee.on)"), "purpose": .text(act.purpose),
            ])), in: tx)
    return found
}

private func read(_ condition: String, _ values: [Value], in tx: any Transaction) throws(Fault) -> [AbnormalFee] {
    var fees: [AbnormalFee] = []
    for row in try tx.query("SELECT * FROM billing_abnormal_fees WHERE \(condition)", values) {
        guard let kind = AbnormalFee.Kind(rawValue: try row.text("kind")) else {
            throw Fault(.schema, "an alarm is of a kind that this program does not know")
        }
        fees.append(
            AbnormalFee(
                account: try row.id("account"), on: try row.day("on_day"), kind: kind, amount: try row.money("amount"),
                average: try row.money("average"), foundAt: try row.time("at"),
                acknowledgedBy: try row.optionalText("acknowledged_by")))
    }
    return fees
}
