public import Basics
public import Lines
public import Orders
public import Storage

/// One call in the history of a line.
public struct CallHistoryItem: Sendable, Equatable {
    /// The call.
    public let call: CallID
    /// Whether this line dialled.
    public let direction: CallDirection
    /// The other number.
    public let peer: PhoneNumber
    /// Video or audio.
    public let kind: CallKind
    /// How it ended, as this line may see it.
    public let outcome: CallOutcome
    /// Whether this line missed it.
    public let missed: Bool
    /// When it was dialled.
    public let dialledAt: Timestamp
    /// When it was answered; nil where it was not.
    public let answeredAt: Timestamp?
    /// When it ended.
    public let endedAt: Timestamp
    /// Charged seconds.
    public let seconds: Int64
    /// What it cost; nil for the line that does not pay.
    public let cost: Money?
    /// Whether this line ended it; nil when the service did.
    public let endedByThisLine: Bool?
}

/// A page of the history, newest first.
public struct CallHistoryPage: Sendable, Equatable {
    /// The calls.
    public let calls: [CallHistoryItem]
    /// What to pass as `before` for the next page; nil at the end.
    public let next: String?
}

/// What part of the history is wanted.
public enum CallHistoryFilter: String, Sendable {
    /// Everything.
    case all
    /// Only missed calls.
    case missed
}

/// The ended calls of a line, newest first. `before` is the `next` of the page before.
public func callHistory(
    of line: LineID, filter: CallHistoryFilter = .all, before: String? = nil, limit: Int = 50, in tx: any Transaction
) throws(Fault) -> CallHistoryPage {
    let limit = min(max(limit, 1), ChargingLimits.historyPage)
    let cursor = try before.map(CallCursor.init(parsing:)) ?? .start
    let rows = try tx.query(
        """
        SELECT p.direction, p.missed, p.dialled_at, r.call, r.caller_number, r.callee_number, r.kind, r.outcome, r.answered_at,
            r.ended_at, r.seconds, r.cost, r.ended_by
        FROM call_parties p JOIN call_records r ON r.call = p.call
        WHERE p.line = $1 AND (p.dialled_at < $2 OR (p.dialled_at = $2 AND p.call < $3))\(filter == .missed ? " AND p.missed = 1" : "")
        ORDER BY p.dialled_at DESC, p.call DESC LIMIT $4
        """, [.id(line), .integer(cursor.at), .text(cursor.call), .integer(Int64(limit + 1))])
    var items: [CallHistoryItem] = []
    for row in rows.prefix(limit) { items.append(try item(row)) }
    let next = rows.count > limit ? items.last.map { CallCursor($0.call, at: $0.dialledAt).text } : nil
    return CallHistoryPage(calls: items, next: next)
}

private func item(_ row: Row) throws(Fault) -> CallHistoryItem {
    guard let direction = CallDirection(rawValue: try row.text("direction")), let kind = CallKind(rawValue: try row.text("kind")),
        let outcome = CallOutcome(rawValue: try row.text("outcome"))
    else { throw Fault(.schema, "a call record has a word that this program does not know") }
    let role: CallRole = direction == .outgoing ? .caller : .callee
    let ender = visibleEnder(try row.optionalText("ended_by").flatMap(CallRole.init(rawValue:)), of: outcome, to: role)
    return CallHistoryItem(
        call: try row.id("call"), direction: direction,
        peer: PhoneNumber(trusted: try row.text(role == .caller ? "callee_number" : "caller_number")), kind: kind,
        outcome: visibleOutcome(outcome, to: role), missed: try row.boolean("missed"), dialledAt: try row.time("dialled_at"),
        answeredAt: try row.optionalTime("answered_at"), endedAt: try row.time("ended_at"), seconds: try row.integer("seconds"),
        cost: role == .caller ? try row.money("cost") : nil, endedByThisLine: ender.map { $0 == role })
}
