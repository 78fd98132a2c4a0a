public import Basics
public import Charging
public import Storage

/// The invoice of a month as it would be now; nothing is written. Of a month that is not over it counts the calls up to now and the rent of the whole
/// month; of one that was invoiced it is that invoice. Nil where there is nothing to ask for.
public func previewMonth(
    of account: AccountID, month: BusinessMonth, policy: BillingPolicy = .standard, in tx: any Transaction, at now: Timestamp,
    zone: BusinessZone
) throws(Fault) -> Invoice? {
    let draft = InvoiceDraft(
        request: try gatherBill(of: account, month: month, policy: policy, in: tx, at: now, zone: zone), kind: .month,
        purpose: "month:\(month)", usageUntil: min(zone.end(of: month), now.adding(milliseconds: 1)))
    if let there = try draft.existing(in: tx) { return there }
    let reader = try BilledAccount(reading: account, in: tx, at: now, zone: zone, order: policy.order)
    return try draft.compose(for: reader, number: "")?.0
}
