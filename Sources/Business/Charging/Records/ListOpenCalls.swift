public import Basics
public import Lines
public import Orders
public import Storage

/// A call whose record has no end: it runs at this moment, or its program was killed.
public struct OpenCall: Sendable, Equatable {
    /// The call.
    public let call: CallID
    /// Video or audio.
    public let kind: CallKind
    /// Who pays; nil where nothing can be charged.
    public let account: AccountID?
    /// When it was dialled.
    public let dialledAt: Timestamp
    /// When it was answered; nil where it was not.
    public let answeredAt: Timestamp?
    /// When its reservation expires; nil where it has none.
    public let expiresAt: Timestamp?
}

/// The open calls, oldest first, at most `limit`; with `expiredAt` only those whose reservation has expired by then.
public func openCalls(expiredAt: Timestamp? = nil, limit: Int = 200, in tx: any Transaction) throws(Fault) -> [OpenCall] {
    let rows = try tx.query(
        """
        SELECT r.call, r.kind, r.account, r.dialled_at, r.answered_at, s.expires_at
        FROM call_records r LEFT JOIN charging_sessions s ON s.call = r.call AND s.settled_at IS NULL
        WHERE r.ended_at IS NULL\(expiredAt == nil ? "" : " AND s.expires_at < $2")
        ORDER BY r.dialled_at LIMIT $1
        """, [.integer(Int64(limit))] + (expiredAt.map { [.time($0)] } ?? []))
    var calls: [OpenCall] = []
    for row in rows {
        calls.append(
            OpenCall(
                call: try row.id("call"), kind: CallKind(rawValue: try row.text("kind")) ?? .video,
                account: try row.optionalID("account"), dialledAt: try row.time("dialled_at"),
                answeredAt: try row.optionalTime("answered_at"), expiresAt: try row.optionalTime("expires_at")))
    }
    return calls
}
