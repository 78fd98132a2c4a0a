internal import Basics
internal import Foundation
public import Storage

/// Runs a test on both engines: SQLite in a new temporary folder, PostgreSQL in a new schema of the server that JIANMIAN_TEST_POSTGRES
/// names. The journal's tables are there already, the given migrations after them. Without a server the test fails; it does not skip.
public func withDatabases(
    _ migrations: [Migration] = [], body: @Sendable (any Database) async throws -> Void
) async throws {
    try await withSQLite(migrations, body: body)
    try await withPostgreSQL(migrations, body: body)
}

/// The SQLite half alone.
public func withSQLite(_ migrations: [Migration] = [], body: @Sendable (any Database) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
        let database = try SQLiteDatabase(path: folder + "/test.sqlite")
        try await use(database, migrations, body)
    }
}

/// The PostgreSQL half alone.
public func withPostgreSQL(
    _ migrations: [Migration] = [], readers: Int = 3, body: @Sendable (any Database) async throws -> Void
) async throws {
    try await withPostgreSQLSchema { url in
        try await use(PostgreSQLDatabase(url: url, readers: readers), migrations, body)
    }
}

/// Gives a new folder and removes it afterwards.
public func withTemporaryFolder(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("jianmian-test-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body(folder)
}

/// Gives the address of a new, empty schema and removes it afterwards.
public func withPostgreSQLSchema(_ body: (String) async throws -> Void) async throws {
    guard let url = ProcessInfo.processInfo.environment["JIANMIAN_TEST_POSTGRES"], !url.isEmpty else {
        throw Fault(.unreachable, "JIANMIAN_TEST_POSTGRES names no PostgreSQL server; ./test starts one and sets it")
    }
    await PostgreSQLGate.shared.enter()
    let outcome: Result<Void, any Error>
    do { outcome = .success(try await inNewSchema(of: url, body)) } catch { outcome = .failure(error) }
    await PostgreSQLGate.shared.leave()
    try outcome.get()
}

private func inNewSchema(of url: String, _ body: (String) async throws -> Void) async throws {
    let schema = "test_" + UUID().uuidString.lowercased().replacingOccurrences(of: "-", with: "")
    let admin = PostgreSQLDatabase(url: url, readers: 1)
    try await admin.write { tx throws(Fault) in _ = try tx.execute("CREATE SCHEMA \(schema)") }
    let separator = url.contains("?") ? "&" : "?"
    let outcome: Result<Void, any Error>
    do { outcome = .success(try await body("\(url)\(separator)options=-csearch_path%3D\(schema)")) } catch {
        outcome = .failure(error)
    }
    try await admin.write { tx throws(Fault) in _ = try tx.execute("DROP SCHEMA \(schema) CASCADE") }
    await admin.close()
    try outcome.get()
}

private func use(
    _ database: any Database, _ migrations: [Migration], _ body: @Sendable (any Database) async throws -> Void
) async throws {
    let outcome: Result<Void, any Error>
    do {
        let own = migrations.contains { $0.room == "storage" } ? [] : StorageSchema.migrations
        try await migrate(database, own + migrations)
        outcome = .success(try await body(database))
    } catch {
        outcome = .failure(error)
    }
    await database.close()
    try outcome.get()
}

/// Lets a few tests use PostgreSQL at a time: all of them at once would need more connections than a server grants.
private actor PostgreSQLGate {
    static let shared = PostgreSQLGate()

    private var free = 6
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func enter() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    func leave() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}
