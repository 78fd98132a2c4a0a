internal import Basics
internal import Customers
internal import Storage

enum NoticeStore {
    static let columns = "position, id, customer, kind, parameters, clause, at, read_at"

    /// Those that were written, with their keys: a customer who has a notice under the key already gets no other.
    static func insert(
        _ notices: [NewNotice], at now: Timestamp, in tx: any Transaction
    ) throws(Fault) -> [(notice: Notice, key: String)] {
        let ids = notices.map { _ in NoticeID.ordered(at: now) }
        var rows: [[Value]] = []
        for (id, notice) in zip(ids, notices) {
            rows.append([
                .id(id), .id(notice.customer), .text(notice.key), .text(notice.kind.rawValue),
                .text(try storedParameters(notice.parameters)), .optional((notice.clause ?? notice.kind.clause).map(Int64.init)),
                .time(now),
            ])
        }
        var positions: [NoticeID: Int64] = [:]
        for row in try tx.insert(
            into: "notices_notices (id, customer, notice_key, kind, parameters, clause, at)", rows,
            "ON CONFLICT (customer, notice_key) DO NOTHING", returning: "id, position")
        {
            positions[try row.id("id")] = try row.integer("position")
        }
        return zip(ids, notices).compactMap { id, notice in
            positions[id].map { position in
                let given = Notice(
                    id: id, position: position, customer: notice.customer, kind: notice.kind, parameters: notice.parameters,
                    clause: notice.clause ?? notice.kind.clause, at: now, readAt: nil)
                return (given, notice.key)
            }
        }
    }

    static func find(_ customer: CustomerID, key: String, in tx: any Transaction) throws(Fault) -> Notice? {
        try tx.first(
            "SELECT \(columns) FROM notices_notices WHERE customer = $1 AND notice_key = $2", [.id(customer), .text(key)]
        ).map(read)
    }

    static func find(_ id: NoticeID, of customer: CustomerID, in tx: any Transaction) throws(Fault) -> Notice? {
        try tx.first("SELECT \(columns) FROM notices_notices WHERE id = $1 AND customer = $2", [.id(id), .id(customer)]).map(read)
    }

    static func list(
        of customer: CustomerID, before position: Int64, limit: Int, in tx: any Transaction
    ) throws(Fault) -> [Notice] {
        let rows = try tx.query(
            """
            SELECT \(columns) FROM notices_notices WHERE customer = $1 AND position < $2 ORDER BY position DESC LIMIT $3
            """, [.id(customer), .integer(position), .integer(Int64(limit))])
        var notices: [Notice] = []
        for row in rows { notices.append(try read(row)) }
        return notices
    }

    static func unread(of customer: CustomerID, upTo limit: Int, in tx: any Transaction) throws(Fault) -> Int {
        let row = try tx.first(
            """
            SELECT COUNT(*) AS number FROM (
                SELECT 1 AS one FROM notices_notices WHERE customer = $1 AND read_at IS NULL LIMIT $2) AS unread
            """, [.id(customer), .integer(Int64(limit))])
        return Int(try row?.integer("number") ?? 0)
    }

    static func markRead(_ id: NoticeID, of customer: CustomerID, at now: Timestamp, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            "UPDATE notices_notices SET read_at = $3 WHERE id = $1 AND customer = $2 AND read_at IS NULL",
            [.id(id), .id(customer), .time(now)])
    }

    static func markRead(
        upTo position: Int64, of customer: CustomerID, at now: Timestamp, in tx: any Transaction
    ) throws(Fault) -> Int {
        try tx.execute(
            "UPDATE notices_notices SET read_at = $3 WHERE customer = $1 AND position <= $2 AND read_at IS NULL",
            [.id(customer), .integer(position), .time(now)])
    }

    static func read(_ row: Row) throws(Fault) -> Notice {
        let stored = try row.text("kind")
        guard let kind = NoticeKind(rawValue: stored) else { throw Fault(.schema, "a notice is of the unknown kind \(stored)") }
        return Notice(
            id: try row.id("id"), position: try row.integer("position"), customer: try row.id("customer"), kind: kind,
            parameters: try Notices.parameters(stored: try row.text("parameters")),
            clause: try row.optionalInteger("clause").map { Int($0) }, at: try row.time("at"),
            readAt: try row.optionalTime("read_at"))
    }
}
