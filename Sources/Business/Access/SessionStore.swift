internal import Basics
internal import Storage

enum SessionStore {
    static let columns = "id, principal, device, created_at, last_seen_at, expires_at"

    static func insert(_ session: Session, tokenHash: [UInt8], in tx: any Transaction) throws(Fault) {
        try tx.execute(
            """
            INSERT INTO access_sessions (id, token_hash, principal, device, created_at, last_seen_at, expires_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            [
                .id(session.id), .blob(tokenHash), .id(session.principal), .text(session.device), .time(session.createdAt),
                .time(session.lastSeenAt), .time(session.expiresAt),
            ])
    }

    static func find(tokenHash: [UInt8], in tx: any Transaction) throws(Fault) -> Session? {
        let rows = try tx.query("SELECT \(columns) FROM access_sessions WHERE token_hash = $1", [.blob(tokenHash)])
        guard let row = rows.first else { return nil }
        return try read(row)
    }

    /// Newest use first; those that have expired are left out.
    static func list(of principal: PrincipalID, at now: Timestamp, in tx: any Transaction) throws(Fault) -> [Session] {
        let rows = try tx.query(
            "SELECT \(columns) FROM access_sessions WHERE principal = $1 AND expires_at > $2 ORDER BY last_seen_at DESC, id",
            [.id(principal), .time(now)])
        var sessions: [Session] = []
        for row in rows { sessions.append(try read(row)) }
        return sessions
    }

    static func delete(_ session: SessionID, of principal: PrincipalID, in tx: any Transaction) throws(Fault) -> Bool {
        try tx.execute("DELETE FROM access_sessions WHERE id = $1 AND principal = $2", [.id(session), .id(principal)]) == 1
    }

    static func touch(_ session: SessionID, at now: Timestamp, until expiry: Timestamp, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            "UPDATE access_sessions SET last_seen_at = $2, expires_at = $3 WHERE id = $1 AND last_seen_at < $2",
            [.id(session), .time(now), .time(expiry)])
    }

    static func deleteExpired(at now: Timestamp, in tx: any Transaction) throws(Fault) -> Int {
        try tx.execute("DELETE FROM access_sessions WHERE expires_at <= $1", [.time(now)])
    }

    private static func read(_ row: Row) throws(Fault) -> Session {
        Session(
            id: try row.id("id"), principal: try row.id("principal"), device: try row.text("device"),
            createdAt: try row.time("created_at"), lastSeenAt: try row.time("last_seen_at"), expiresAt: try row.time("expires_at")
        )
    }
}
