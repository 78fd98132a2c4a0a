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

    static func credential(named name: String, in tx: any Transaction) throws(Fault) -> Credential? {
        let rows = try tx.query("SELECT id, password_hash FROM access_principals WHERE sign_in_name = $1", [.text(name)])
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
}
