public import Basics
internal import Crypto

/// Brings a database up to the program's migrations, in the order given; each one commits alone with its record.
///
/// Throws `storage.migration` when numbers have holes, a migration was edited after it ran, or the database is newer than the program.
public func migrate(_ database: any Database, _ migrations: [Migration]) async throws(Fault) {
    try checkNumbers(migrations)
    try await makeMigrationTable(database)
    try await checkNotNewer(database, migrations)
    for migration in migrations {
        try await database.write { tx throws(Fault) in try apply(migration, in: tx) }
    }
}

private func makeMigrationTable(_ database: any Database) async throws(Fault) {
    let make: @Sendable (any Transaction) throws(Fault) -> Int = { tx throws(Fault) in
        try tx.execute(
            PortableSQL.schema(
                """
                CREATE TABLE IF NOT EXISTS schema_migrations (
                    room TEXT NOT NULL, number BIGINT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (room, number))
                """, for: tx.engine))
    }
    do throws(Fault) {
        _ = try await database.write(make)
    } catch  where error.code == .duplicate {
        // PostgreSQL lets two programs that make it at the same time collide in its catalogue; now it is there.
        _ = try await database.write(make)
    }
}

private func apply(_ migration: Migration, in tx: any Transaction) throws(Fault) {
    try takeMigrationLock(tx)
    let digest = digest(of: migration)
    let applied = try tx.first(
        "SELECT digest FROM schema_migrations WHERE room = $1 AND number = $2",
        [.text(migration.room), .integer(Int64(migration.number))])
    if let applied {
        guard try applied.text("digest") == digest else {
            throw Fault(
                .migration,
                "migration \(migration.room) \(migration.number) was edited after it ran here; undo that and add the next number")
        }
        return
    }
    if tx.engine == .postgresql { try tx.execute("SET LOCAL statement_timeout = 0") }
    for statement in migration.statements { try tx.execute(PortableSQL.schema(statement, for: tx.engine)) }
    for statement in migration.engineStatements[tx.engine] ?? [] { try tx.execute(statement) }
    try tx.execute(
        "INSERT INTO schema_migrations (room, number, digest) VALUES ($1, $2, $3)",
        [.text(migration.room), .integer(Int64(migration.number)), .text(digest)])
}

/// Two programs that start at once on one server must not migrate at once. LOCK TABLE takes no snapshot, so what follows sees what the
/// other one has done.
private func takeMigrationLock(_ tx: any Transaction) throws(Fault) {
    if tx.engine == .postgresql { try tx.execute("LOCK TABLE schema_migrations IN EXCLUSIVE MODE") }
}

private func checkNumbers(_ migrations: [Migration]) throws(Fault) {
    var last: [String: Int] = [:]
    for migration in migrations {
        let expected = (last[migration.room] ?? 0) + 1
        guard migration.number == expected else {
            throw Fault(.migration, "room \(migration.room) has migration \(migration.number) where \(expected) is next")
        }
        last[migration.room] = expected
    }
}

private func checkNotNewer(_ database: any Database, _ migrations: [Migration]) async throws(Fault) {
    let rows = try await database.read { tx throws(Fault) in
        try tx.query("SELECT room, MAX(number) AS number FROM schema_migrations GROUP BY room")
    }
    for row in rows {
        let room = try row.text("room")
        let number = try row.integer("number")
        let own = migrations.filter { $0.room == room }.count
        // A room that this program does not know belongs to a program with more rooms; its tables are not in the way.
        guard own == 0 || number <= Int64(own) else {
            throw Fault(
                .migration,
                "the database has migration \(number) of room \(room), this program only \(own): use the newer program")
        }
    }
}

private func digest(of migration: Migration) -> String {
    let engineParts = Engine.allCases.map { [$0.rawValue] + (migration.engineStatements[$0] ?? []) }
    let parts = [migration.statements] + engineParts
    var hash = SHA256()
    for part in parts.flatMap({ $0 }) { hash.update(data: Array("\(part.utf8.count):\(part)".utf8)) }
    return hexadecimal(hash.finalize())
}
