public import Basics
internal import Orders
public import Storage

/// Writes the record of an attempt as it is dialled, so that not even a crash loses it. Throws `charging.call-exists` for a used id.
public func recordDialledCall(_ call: DialledCall, in tx: any Transaction) throws(Fault) {
    let inserted = try tx.execute(
        """
        INSERT INTO call_records (call, caller_line, caller_number, caller_device, callee_line, callee_number, kind, account, price,
            dialled_at, seconds, cost)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, 0) ON CONFLICT DO NOTHING
        """,
        [
            .id(call.call), .id(call.callerLine), .text(call.callerNumber.digits), .id(call.callerDevice),
            .optional(call.calleeLine), .text(call.calleeNumber.digits), .text(call.kind.rawValue), .optional(call.account),
            .money(call.pricePerSecond), .time(call.dialledAt),
        ])
    guard inserted == 1 else { throw Fault(.callExists, "a call with this id was made before; make a new id for every call") }
}
