internal import Basics
internal import Customers
internal import Storage

/// A message taken from the outbox, with the number of this try.
struct TakenMessage: Sendable {
    let message: NoticeMessage
    let tries: Int64
}

enum OutboxStore {
    static func insert(_ notices: [NoticeID], at now: Timestamp, in tx: any Transaction) throws(Fault) {
        try tx.insert(into: "notices_outbox (notice, due_at, tries)", notices.map { [.id($0), .time(now), .integer(0)] })
    }

    static func hasDue(at now: Timestamp, in tx: any Transaction) throws(Fault) -> Bool {
        try tx.first("SELECT 1 AS found FROM notices_outbox WHERE due_at <= $1 LIMIT 1", [.time(now)]) != nil
    }

    /// Takes what is due and keeps other workers off it for a while. Whoever dies with a message in hand leaves it to the next one.
    static func take(at now: Timestamp, limit: Int, in tx: any Transaction) throws(Fault) -> [TakenMessage] {
        let rows = try tx.query(
            """
            SELECT o.tries AS tries, n.position AS position, n.id AS id, n.customer AS customer, n.kind AS kind,
                n.parameters AS parameters, n.clause AS clause, n.at AS at, n.read_at AS read_at, c.language AS language
            FROM notices_outbox o JOIN notices_notices n ON n.id = o.notice JOIN customers_customers c ON c.id = n.customer
            WHERE o.due_at <= $1 ORDER BY o.due_at, n.position LIMIT $2
            """, [.time(now), .integer(Int64(limit))])
        var taken: [TakenMessage] = []
        for row in rows {
            let notice = try NoticeStore.read(row)
            let tries = try row.integer("tries")
            let claimed = try tx.execute(
                "UPDATE notices_outbox SET tries = tries + 1, due_at = $3 WHERE notice = $1 AND tries = $2",
                [.id(notice.id), .integer(tries), .time(now.adding(seconds: NoticesLimits.messageLeaseSeconds))])
            guard claimed == 1 else { continue }
            let language = Language(rawValue: try row.text("language")) ?? .chinese
            taken.append(TakenMessage(message: NoticeMessage(notice: notice, language: language), tries: tries + 1))
        }
        return taken
    }

    /// Only the worker of this very try settles it: one that was too slow has lost it to another.
    static func delivered(_ taken: TakenMessage, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            "DELETE FROM notices_outbox WHERE notice = $1 AND tries = $2", [.id(taken.message.notice.id), .integer(taken.tries)])
    }

    /// Due again at the instant; given up for nil.
    static func failed(_ taken: TakenMessage, again: Timestamp?, fault: String, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            "UPDATE notices_outbox SET due_at = $3, fault = $4 WHERE notice = $1 AND tries = $2",
            [.id(taken.message.notice.id), .integer(taken.tries), .optional(again), .text(fault)])
    }

    static func discardDue(at now: Timestamp, limit: Int, in tx: any Transaction) throws(Fault) -> Int {
        try tx.execute(
            """
            DELETE FROM notices_outbox WHERE notice IN (
                SELECT notice FROM notices_outbox WHERE due_at <= $1 ORDER BY due_at LIMIT $2)
            """, [.time(now), .integer(Int64(limit))])
    }

    static func counts(in tx: any Transaction) throws(Fault) -> (waiting: Int, givenUp: Int) {
        let row = try tx.first(
            """
            SELECT COALESCE(SUM(CASE WHEN due_at IS NULL THEN 0 ELSE 1 END), 0) AS waiting,
                COALESCE(SUM(CASE WHEN due_at IS NULL THEN 1 ELSE 0 END), 0) AS given_up
            FROM notices_outbox
            """)
        return (Int(try row?.integer("waiting") ?? 0), Int(try row?.integer("given_up") ?? 0))
    }

    static func retryGivenUp(at now: Timestamp, in tx: any Transaction) throws(Fault) -> Int {
        try tx.execute("UPDATE notices_outbox SET due_at = $1, tries = 0 WHERE due_at IS NULL", [.time(now)])
    }
}
