internal import Basics
internal import Storage

enum StaffSessionStore {
    private static let columns = "id, staff, device, created_at, second_factor_at, last_seen_at, expires_at"

    static func insert(_ session: StaffSession, tokenHash: [UInt8], in tx: any Transaction) throws(Fault) {
        try tx.execute(
            """
            INSERT INTO access_staff_sessions (id, token_hash, staff, device, created_at, last_seen_at, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            [
                .id(session.id), .blob(tokenHash), .id(session.staff.id), .text(session.device), .time(session.createdAt),
                .time(session.lastSeenAt), .time(session.expiresAt),
            ])
    }

    static func find(tokenHash: [UInt8], in tx: any Transaction) throws(Fault) -> StaffSession? {
        let row = try tx.first("SELECT \(columns) FROM access_staff_sessions WHERE token_hash = $1", [.blob(tokenHash)])
        guard let row, let staff = try StaffStore.find(try row.id("staff"), in: tx), staff.endedAt == nil else { return nil }
        return try read(row, staff)
    }

    /// Newest use first; those that have expired are left out.
    static func list(of staff: Staff, at now: Timestamp, in tx: any Transaction) throws(Fault) -> [StaffSession] {
        let rows = try tx.query(
            "SELECT \(columns) FROM access_staff_sessions WHERE staff = $1 AND expires_at > $2 ORDER BY last_seen_at DESC, id",
            [.id(staff.id), .time(now)])
        var sessions: [StaffSession] = []
        for row in rows { sessions.append(try read(row, staff)) }
        return sessions
    }

    static func complete(_ id: StaffSessionID, at now: Timestamp, until expiry: Timestamp, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            "UPDATE access_staff_sessions SET second_factor_at = $2, last_seen_at = $2, expires_at = $3 WHERE id = $1",
            [.id(id), .time(now), .time(expiry)])
    }

    static func touch(_ id: StaffSessionID, at now: Timestamp, until expiry: Timestamp, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            "UPDATE access_staff_sessions SET last_seen_at = $2, expires_at = $3 WHERE id = $1 AND last_seen_at < $2",
            [.id(id), .time(now), .time(expiry)])
    }

    static func delete(_ id: StaffSessionID, in tx: any Transaction) throws(Fault) -> Bool {
        try tx.execute("DELETE FROM access_staff_sessions WHERE id = $1", [.id(id)]) == 1
    }

    static func deleteAll(of staff: StaffID, in tx: any Transaction) throws(Fault) {
        try tx.execute("DELETE FROM access_staff_sessions WHERE staff = $1", [.id(staff)])
    }

    static func deleteExpired(at now: Timestamp, in tx: any Transaction) throws(Fault) -> Int {
        try tx.execute("DELETE FROM access_staff_sessions WHERE expires_at <= $1", [.time(now)])
    }

    private static func read(_ row: Row, _ staff: Staff) throws(Fault) -> StaffSession {
        StaffSession(
            id: try row.id("id"), staff: staff, device: try row.text("device"), createdAt: try row.time("created_at"),
            secondFactorAt: try row.optionalTime("second_factor_at"), lastSeenAt: try row.time("last_seen_at"),
            expiresAt: try row.time("expires_at"))
    }
}
