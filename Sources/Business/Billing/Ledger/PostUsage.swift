public import Basics
public import Charging
public import Orders
public import Storage

/// Books what a call cost, in the transaction that settles it: one ledger transaction for each month that its seconds fall into.
///
/// The customer owes it (debit of the receivable), the provider has earned it (credit of the usage revenue).
public func postUsage(
    _ settlement: Settlement, kind: CallKind, endedAt: Timestamp, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) {
    guard !settlement.months.isEmpty else { return try noteUsage(of: settlement.account, in: tx) }
    let unbilled = try UsageStore(tx: tx, accounts: AccountList([settlement.account])).firstUnbilled()[settlement.account]
    for share in settlement.months {
        let cost = share.cost
        guard cost != .zero else { continue }
        // Usage of a month that is over by the end of the call counts in its last millisecond; that of a block which reaches past the end of
        // the call into the next month, in its first.
        let inMonth = max(min(endedAt, zone.end(of: share.month).adding(milliseconds: -1)), zone.start(of: share.month))
        // After a clock was set back, the time of a call may be invoiced already: it counts from there on, and is on the next invoice.
        let effective = max(inMonth, unbilled ?? inMonth)
        let isNew = try postTransaction(
            LedgerTransaction(
                id: LedgerTransactionID("usage:\(settlement.call):\(share.month)"), kind: "usage",
                subject: "call:\(settlement.call)", effectiveAt: effective,
                entries: [
                    .debit(.receivable(settlement.account), cost), .credit(.usageRevenue(kind), cost),
                ]), in: tx, at: now)
        if isNew {
            try UsageStore.add(
                cost, of: kind, in: share.month, counting: zone.month(of: effective), to: settlement.account, in: tx)
        }
    }
    try noteUsage(of: settlement.account, in: tx)
}
