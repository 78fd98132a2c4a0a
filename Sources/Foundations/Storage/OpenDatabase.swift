public import Basics

/// Opens the database that an address names: `sqlite:/path/to/file` or a libpq address, `postgresql://user@host/name`.
public func openDatabase(url: String) async throws(Fault) -> any Database {
    if url.hasPrefix("sqlite:") {
        var path = String(url.dropFirst("sqlite:".count))
        if path.hasPrefix("//") { path.removeFirst(2) }
        guard !path.isEmpty else { throw Fault(.address, "sqlite: names no file; write sqlite:/path/to/jianmian.sqlite") }
        return try SQLiteDatabase(path: path)
    }
    if url.hasPrefix("postgresql:") || url.hasPrefix("postgres:") {
        let database = PostgreSQLDatabase(url: url)
        do throws(Fault) {
            _ = try await database.read { tx throws(Fault) in try tx.query("SELECT 1") }
        } catch {
            await database.close()
            throw error
        }
        return database
    }
    throw Fault(.address, "a database is sqlite:/path/to/file or postgresql://user@host/name")
}
