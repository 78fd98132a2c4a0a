public import Basics
public import Lines
public import Storage

/// Reports the seconds used since the answer and reserves the next slice in one step.
///
/// The used seconds are charged to the month in which each begins, never more than were granted. The new grant reaches one slice past
/// what was granted, or past what was used where the reporter comes late (its clock was moved); where the credit affords less, the
/// grant is final and shorter. A report that comes out of order charges nothing twice.
public func reportAndReserve(
    _ operation: OperationID, call: CallID, usedSeconds: Int64, in tx: any Transaction, at now: Timestamp, zone: BusinessZone
) throws(Fault) -> CreditGrant {
    guard (0...ChargingLimits.longestCallSeconds).contains(usedSeconds) else {
        throw Fault(.chargeOutOfRange, "the used seconds are out of range")
    }
    let store = CreditStore(tx: tx)
    var open = try OpenCredit(call: call, for: operation, store: store, at: now, zone: zone)
    if open.isRepeated, let answer = try store.answer(to: operation, kind: .reportAndReserve, call: call) { return answer }
    guard open.session.settledAt == nil else { throw Fault(.creditSettled, "the call is settled already") }
    guard let answered = open.session.answeredAt else {
        throw Fault(.chargeOutOfRange, "the call is not answered yet")
    }
    let charged = try open.charge(upTo: min(usedSeconds, open.session.granted))
    // After a late report the slice counts from the used seconds; what lies between is charged at once, as far as credit goes.
    let isFinal = try open.extend(to: max(open.session.granted, usedSeconds) + open.session.slice)
    let late = try open.charge(upTo: min(usedSeconds, open.session.granted))
    if late > .zero { try open.refreshOutlook() }
    open.session.expiresAt = answered.adding(seconds: open.session.granted + ChargingLimits.expiryMarginSeconds)
    return try open.finish(operation, kind: .reportAndReserve, charged: charged + late, isFinal: isFinal)
}
