public import Basics
internal import Charging
public import Orders
public import Storage

/// Takes an ending as far as it goes today (clause 11): the service stops, the final invoice is made, and once nothing is owed the lines, the sign-in
/// and the agreement end. A repeat changes nothing. While a call of the customer still runs it waits.
@discardableResult
public func settleEnding(
    _ ending: Ending, policy: BillingPolicy = .standard, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> Ending {
    let owner = try account(of: ending.customer, in: tx)
    let billed = try BilledAccount(owner.id, in: tx, at: now, zone: zone, order: policy.order)
    var ending = ending
    if ending.state == .requested {
        ending = try advanceEnding(ending.id, owed: billed.settling(), in: tx, at: now, zone: zone)
    }
    guard ending.state == .settling || ending.state == .paid, let lastDay = ending.lastDay,
        try UsageStore(tx: tx, accounts: AccountList([owner.id])).openCalls(before: now.adding(milliseconds: 1)).isEmpty
    else { return ending }
    let bill = try makeFinalInvoice(
        of: owner.id, ending: ending.id.rawValue, lastDay: lastDay, policy: policy, in: tx, at: now, zone: zone)
    return try advanceEnding(ending.id, owed: bill.owed, in: tx, at: now, zone: zone)
}

/// Takes every ending that is due a step further; the daily close calls it. Returns how many changed.
@discardableResult
public func settleEndings(
    policy: BillingPolicy = .standard, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> Int {
    var changed = 0
    for ending in try dueEndings(in: tx, on: zone.date(of: now), limit: BillingLimits.singlesPerStep) {
        let after = try settleEnding(ending, policy: policy, in: tx, at: now, zone: zone)
        if after.state != ending.state { changed += 1 }
    }
    return changed
}

extension BilledAccount {
    /// What stands between the customer and the end, as things are.
    fileprivate func settling() throws(Fault) -> Money {
        let standing = standing(of: try facts(), on: today)
        return standing.owed + standing.held - standing.deposit
    }

    /// A payment that settles everything ends an agreement whose final invoice is out, at once.
    func settleOpenEnding(_ policy: BillingPolicy) throws(Fault) {
        guard let ending = try openEnding(of: try customer, in: tx), ending.state == .settling else { return }
        try settleEnding(ending, policy: policy, in: tx, at: now, zone: zone)
    }
}
