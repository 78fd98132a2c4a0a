internal import Basics
internal import Storage

/// A principal with its stored password, as signing in reads it.
struct Credential: Sendable {
    let principal: PrincipalID
    let hash: PasswordHash
}

enum PrincipalStore {
    /// False when the name is taken.
    static func insert(_ principal: Principal, _ hash: PasswordHash, in tx: any Transaction) throws(Fault) -> Bool {
        let changed = try tx.execute(
            """
            INSERT INTO access_principals (id, kind, sign_in_name, password_hash, created_at, password_since)
            VALUES ($1, $2, $3, $4, $5, $5) ON CONFLICT (sign_in_name) DO NOTHING
            """,
            [
                .id(principal.id), .text(principal.kind.rawValue), .text(principal.signInName), .text(hash.text),
                .time(principal.createdAt),
            ])
        return changed == 1
    }

    /// The password under a name; nobody signs in at the door of the other kind, nor after having ended.
    static func credential(named name: String, kind: Principal.Kind, in tx: any Transaction) throws(Fault) -> Credential? {
        let rows = try tx.query(
            "SELECT id, password_hash FROM access_principals WHERE sign_in_name = $1 AND kind = $2 AND ended_at IS NULL",
            [.text(name), .text(kind.rawValue)])
        guard let row = rows.first else { return nil }
        guard let hash = PasswordHash(stored: try row.text("password_hash")) else {
            throw Fault(.passwordHashUnreadable, "the stored hash of principal \(try row.text("id")) is damaged")
        }
        return Credential(principal: try row.id("id"), hash: hash)
    }

    /// False when the stored hash is no longer the old one: the password was changed meanwhile.
    static func replace(
        _ old: PasswordHash, by new: PasswordHash, of principal: PrincipalID, in tx: any Transaction
    ) throws(Fault) -> Bool {
        let changed = try tx.execute(
            "UPDATE access_principals SET password_hash = $3 WHERE id = $1 AND password_hash = $2",
            [.id(principal), .text(old.text), .text(new.text)])
        return changed == 1
    }

    static func isStored(_ hash: PasswordHash, of principal: PrincipalID, in tx: any Transaction) throws(Fault) -> Bool {
        let rows = try tx.query(
            "SELECT 1 AS found FROM access_principals WHERE id = $1 AND password_hash = $2\(tx.forUpdate)",
            [.id(principal), .text(hash.text)])
        return !rows.isEmpty
    }

    static func find(_ id: PrincipalID, in tx: any Transaction) throws(Fault) -> Principal? {
        let rows = try tx.query(
            "SELECT id, kind, sign_in_name, created_at, ended_at FROM access_principals WHERE id = $1", [.id(id)])
        guard let row = rows.first else { return nil }
        guard let kind = Principal.Kind(rawValue: try row.text("kind")) else {
            throw Fault(.schema, "principal \(id) is of a kind that this program does not know")
        }
        return Principal(
            id: id, kind: kind, signInName: try row.text("sign_in_name"), createdAt: try row.time("created_at"),
            endedAt: try row.optionalTime("ended_at"))
    }

    static func setPassword(_ hash: PasswordHash, of principal: PrincipalID, at now: Timestamp, in tx: any Transaction)
        throws(Fault)
    {
        try tx.execute(
            "UPDATE access_principals SET password_hash = $2, password_since = $3 WHERE id = $1",
            [.id(principal), .text(hash.text), .time(now)])
    }

    /// False when the name is taken.
    static func rename(_ principal: PrincipalID, to name: String, in tx: any Transaction) throws(Fault) -> Bool {
        try tx.execute(
            """
            UPDATE access_principals SET sign_in_name = $2
            WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM access_principals WHERE sign_in_name = $2)
            """,
            [.id(principal), .text(name)]) == 1
    }

    /// Frees the name for whoever gets the number later, and forgets the password. `#` begins no sign-in name.
    static func end(_ principal: PrincipalID, at now: Timestamp, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            "UPDATE access_principals SET sign_in_name = $2, password_hash = '', ended_at = $3 WHERE id = $1",
            [.id(principal), .text("#\(principal)"), .time(now)])
    }
}
