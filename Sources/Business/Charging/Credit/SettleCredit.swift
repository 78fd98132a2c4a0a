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
    /// The price of a second.
    public let pricePerSecond: Money
    /// How the seconds fall into months; empty where nothing was charged.
    public let months: [MonthShare]
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
    var open = try OpenCredit(call: call, store: store, at: now, zone: zone)
    guard open.session.settledAt == nil else { return open.settlement(isNew: false) }
    guard try store.answer(to: operation, kind: .settle, call: call) == nil else {
        throw Fault(.operationReused, "the operation settled another state of this call")
    }
    let used = min(usedSeconds ?? open.session.confirmed, open.session.granted)
    let charged = try open.charge(upTo: used)
    open.release(open.session.reserved)
    open.session.settledAt = now
    _ = try open.finish(operation, kind: .settle, charged: charged, isFinal: true)
    return open.settlement(isNew: true)
}

extension OpenCredit {
    /// The whole call as charged, from its session alone.
    fileprivate func settlement(isNew: Bool) -> Settlement {
        let months = session.answeredAt.map { monthShares(answered: $0, from: 0, to: session.confirmed, zone: zone) }
        return Settlement(
            call: session.call, account: account.id, seconds: session.confirmed, cost: session.price * session.confirmed,
            pricePerSecond: session.price, months: months ?? [], isNew: isNew)
    }
}
