public import Basics
internal import Charging
public import Storage

/// Does the next piece of what Billing has to do by the clock: endings that are due, money that has come, usage and disputes to watch, the invoices of the month
/// that is over, the day's look at
/// every account's ladder, the sums of the books. Returns how much it did; zero when nothing is left for now. The program calls it in small transactions, again and
/// again; killed anywhere it goes on where it was.
@discardableResult
public func advanceBilling(
    policy: BillingPolicy = .standard, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> Int {
    let endings = try settleEndings(policy: policy, in: tx, at: now, zone: zone)
    if endings > 0 { return endings }
    let arrivals = try expireIntents(in: tx, at: now) + matchBankLines(policy: policy, in: tx, at: now, zone: zone)
    if arrivals > 0 { return arrivals }
    let forgotten = try forgetPayers(in: tx, at: now)
    if forgotten > 0 { return forgotten }
    let watched = try watchUsage(in: tx, at: now, zone: zone) + remindOfDisputes(in: tx, at: now, zone: zone)
    if watched > 0 { return watched }
    let month = zone.month(of: now).previous
    let before = try billRun(month, in: tx)
    if before?.isFinished != true {
        let after = try advanceBillRun(month, policy: policy, in: tx, at: now, zone: zone)
        return max(Int(after.done - (before?.done ?? 0)), 1)
    }
    if let before, before.waiting > 0 {
        let after = try advanceBillRun(month, policy: policy, in: tx, at: now, zone: zone)
        if after.waiting < before.waiting { return Int(before.waiting - after.waiting) }
    }
    let swept = try sweepDay(policy, in: tx, at: now, zone: zone)
    return try swept > 0 ? swept : sumLedger(in: tx)
}

/// The day's look at the ladder, a step further; zero once it is over.
private func sweepDay(
    _ policy: BillingPolicy, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> Int {
    let today = zone.date(of: now)
    try tx.execute(
        "INSERT INTO billing_sweeps (day, cursor, finished) VALUES ($1, '', 0) ON CONFLICT DO NOTHING", [.day(today)])
    let row = try tx.first("SELECT finished FROM billing_sweeps WHERE day = $1\(tx.forUpdate)", [.day(today)])
    guard let row, try !row.boolean("finished") else { return 0 }
    let sweep = try sweepLadder(policy: policy, in: tx, at: now, zone: zone)
    try tx.execute(
        "UPDATE billing_sweeps SET finished = $2 WHERE day = $1", [.day(today), .boolean(sweep.isFinished)])
    return max(sweep.moves.count, 1)
}
