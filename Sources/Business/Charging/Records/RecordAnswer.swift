public import Basics
public import Lines
public import Storage

/// Writes that a call was answered. From here it is charged.
public func recordAnswer(
    of call: CallID, by device: DeviceID, rungAt: Timestamp?, in tx: any Transaction, at now: Timestamp
) throws(Fault) {
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
    let store = CreditStore(tx: tx)
    guard var session = try store.session(of: call) else { return }
    session.answeredAt = now
    session.expiresAt = now.adding(seconds: session.granted + ChargingLimits.expiryMarginSeconds)
    try store.update(session)
}
