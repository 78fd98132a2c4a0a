public import Basics
public import Lines
public import Storage

/// Writes that a call was answered. From here it is charged.
public func recordAnswer(
    of call: CallID, by device: DeviceID, rungAt: Timestamp?, in tx: any Transaction, at now: Timestamp,
    zone: BusinessZone = .shanghai
) throws(Fault) {
    let store = CreditStore(tx: tx)
    let known = try store.session(of: call)
    // The account before the record, as in settling, so that the two never wait for one another.
    if let known, known.tariff != nil { _ = try store.lockAccount(known.account) }
    let changed = try tx.execute(
        """
        UPDATE call_records SET callee_device = $2, rung_at = $3, answered_at = $4
        WHERE call = $1 AND answered_at IS NULL AND ended_at IS NULL
        """, [.id(call), .id(device), .optional(rungAt), .time(now)])
    guard changed == 1 else {
        guard try tx.first("SELECT call FROM call_records WHERE call = $1 AND answered_at IS NOT NULL", [.id(call)]) != nil else {
            throw Fault(.noCall, "no open call of this id")
        }
        return
    }
    guard var session = known, session.settledAt == nil else { return }
    if session.tariff != nil { return try rateAnew(call, store, at: now, zone: zone) }
    session.answeredAt = now
    session.expiresAt = now.adding(seconds: session.granted + ChargingLimits.expiryMarginSeconds)
    try store.update(session)
}

/// The answer may lie in another window than the dialling: what is held back is rated from it. Where the credit reaches less far than what
/// was granted, the seconds between are not charged.
private func rateAnew(_ call: CallID, _ store: CreditStore, at now: Timestamp, zone: BusinessZone) throws(Fault) {
    var open = try OpenCredit(call: call, store: store, at: now, zone: zone)
    guard let tariff = open.session.tariff, open.session.answeredAt == nil else { return }
    let before = open.session.reserved
    open.session.answeredAt = now
    _ = try open.extend(tariff, to: open.session.granted, keepsGrant: false)
    open.session.expiresAt = now.adding(seconds: open.session.granted + ChargingLimits.expiryMarginSeconds)
    try store.update(open.session)
    try store.change(open.account, reservedBy: open.session.reserved - before)
}
