public import Basics
public import Charging
public import Storage

/// What is to be settled before an agreement ends (clause 11).
public struct FinalBill: Sendable, Equatable {
    /// The final invoice; nil where there is nothing more to ask for. A preview has no number.
    public let invoice: Invoice?
    /// What is owed with it, penalties and what is in dispute included; below zero where the provider owes the customer.
    public let owed: Money
}

/// What the final invoice would be if service stopped at the end of a day, with what else is owed; nothing is written.
public func previewFinalInvoice(
    of account: AccountID, lastDay: BusinessDate, policy: BillingPolicy = .standard, in tx: any Transaction, at now: Timestamp,
    zone: BusinessZone
) throws(Fault) -> FinalBill {
    let reader = try BilledAccount(reading: account, in: tx, at: now, zone: zone, order: policy.order)
    let draft = InvoiceDraft(
        request: try gatherBill(
            of: account, month: lastDay.month, lastDay: lastDay, policy: policy, in: tx, at: now, zone: zone),
        kind: .final, purpose: "preview", usageUntil: now.adding(milliseconds: 1))
    if let (invoice, facts) = try draft.compose(for: reader, number: "") {
        return FinalBill(invoice: invoice, owed: settling(standing(of: facts, on: reader.today)))
    }
    return FinalBill(invoice: nil, owed: settling(standing(of: try reader.facts(), on: reader.today)))
}

/// Makes the final invoice of an ending once: what was not invoiced of the month before, the calls up to now, the rent up to and with the last
/// day. It is due at once. The service must have stopped. The same ending again returns the same invoice with what is owed now.
@discardableResult
public func makeFinalInvoice(
    of account: AccountID, ending: String, lastDay: BusinessDate, policy: BillingPolicy = .standard, in tx: any Transaction,
    at now: Timestamp, zone: BusinessZone
) throws(Fault) -> FinalBill {
    guard (1...BillingLimits.chargeIDBytes).contains(ending.utf8.count) else {
        throw Fault(.textRefused, "an ending has a name of 1 to \(BillingLimits.chargeIDBytes) bytes")
    }
    if now >= zone.end(of: lastDay.month.previous) {
        let before = try gatherBill(
            of: account, month: lastDay.month.previous, lastDay: lastDay, policy: policy, in: tx, at: now, zone: zone)
        try billMonth(before, in: tx, at: now, zone: zone)
    }
    let draft = InvoiceDraft(
        request: try gatherBill(
            of: account, month: lastDay.month, lastDay: lastDay, policy: policy, in: tx, at: now, zone: zone),
        kind: .final, purpose: "final:\(ending)", usageUntil: now.adding(milliseconds: 1))
    let invoice = try draft.make(in: tx, at: now, zone: zone)
    let reader = try BilledAccount(reading: account, in: tx, at: now, zone: zone, order: policy.order)
    return FinalBill(invoice: invoice, owed: settling(standing(of: try reader.facts(), on: reader.today)))
}

/// What stands between a customer and the end. What is in dispute is not settled either.
private func settling(_ standing: Standing) -> Money { standing.owed + standing.held - standing.deposit }
