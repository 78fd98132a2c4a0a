public import Basics
public import Lines
public import Storage

/// What a call was charged in the end.
public struct Settlement: Sendable, Equatable {
    /// Which call.
    public let call: CallID
    /// Who pays.
    public let account: AccountID
    /// All charged seconds of the call.
    public let seconds: Int64
    /// All it cost.
    public let cost: Money
    /// The price of a second; the list price at the start where there was a tariff.
    public let pricePerSecond: Money
    /// What each month was charged; empty where nothing was.
    public let months: [MonthCharge]
    /// How the cost came about.
    public let parts: [RatedPart]
    /// False where the call had been settled before and this is the first answer again.
    public let isNew: Bool
}

/// Ends the credit of a call: charges what was used and not charged yet, returns the rest of the reservation.
///
/// `usedSeconds` nil settles at the last confirmed second, for a call whose end nobody saw. Never more than granted is charged.
public func settleCredit(
    _ operation: OperationID, call: CallID, usedSeconds: Int64?, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> Settlement {
    guard (0...ChargingLimits.longestCallSeconds).contains(usedSeconds ?? 0) else {
        throw Fault(.chargeOutOfRange, "the used seconds are out of range")
    }
    let store = CreditStore(tx: tx)
    var open = try OpenCredit(call: call, for: operation, store: store, at: now, zone: zone)
    guard open.session.settledAt == nil else { return try open.settlement(isNew: false) }
    guard !open.isRepeated else {
        throw Fault(.operationReused, "the operation settled another state of this call")
    }
    let used = min(usedSeconds ?? open.session.confirmed, open.session.granted)
    let charged = try open.charge(upTo: used)
    try open.release()
    open.session.settledAt = now
    _ = try open.finish(operation, kind: .settle, charged: charged, isFinal: true)
    return try open.settlement(isNew: true)
}

extension OpenCredit {
    /// The whole call as charged: from its session alone, or from what was rated.
    fileprivate func settlement(isNew: Bool) throws(Fault) -> Settlement {
        var parts: [RatedPart] = []
        if session.tariff != nil {
            parts = try RateStore(tx: store.tx).parts(of: session.call)
        } else if let answered = session.answeredAt {
            parts = flatParts(price: session.price, answered: answered, from: 0, to: session.confirmed, zone: zone)
        }
        return Settlement(
            call: session.call, account: account.id, seconds: session.confirmed, cost: session.charged,
            pricePerSecond: session.price, months: monthCharges(parts), parts: parts, isNew: isNew)
    }
}
