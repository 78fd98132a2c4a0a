import Basics
import Storage
import StorageTestSupport
import Testing

@Suite struct MigrationTests {
    private static func change(_ number: Int, _ statements: String..., room: String = "trial") -> Migration {
        Migration(room: room, number: number, statements: statements)
    }

    private static let first = change(1, "CREATE TABLE trial (id BIGINT PRIMARY KEY)")

    @Test func migrationsRunOnceAndInOrder() async throws {
        try await withDatabases([Self.first]) { database in
            try await migrate(database, [Self.first])
            try await migrate(database, [Self.first, Self.change(2, "ALTER TABLE trial ADD COLUMN words TEXT")])
            try await database.write { tx throws(Fault) in _ = try tx.execute("INSERT INTO trial (id, words) VALUES (1, 'x')") }
        }
    }

    @Test func aFailingMigrationLeavesNothing() async throws {
        try await withDatabases([Self.first]) { database in
            let broken = Self.change(2, "CREATE TABLE half (id BIGINT PRIMARY KEY)", "CREATE TABLE trial (id BIGINT)")
            await #expect(throws: Fault(.statement, "")) { try await migrate(database, [Self.first, broken]) }
            try await migrate(database, [Self.first, Self.change(2, "CREATE TABLE half (id BIGINT PRIMARY KEY)")])
        }
    }

    @Test func anEditedMigrationIsRefused() async throws {
        try await withDatabases([Self.first]) { database in
            let edited = Self.change(1, "CREATE TABLE trial (id BIGINT PRIMARY KEY, more TEXT)")
            await #expect(throws: Fault(.migration, "")) { try await migrate(database, [edited]) }
        }
    }

    @Test func aNewerDatabaseIsRefused() async throws {
        try await withDatabases([Self.first, Self.change(2, "CREATE TABLE more (id BIGINT PRIMARY KEY)")]) { database in
            await #expect(throws: Fault(.migration, "")) { try await migrate(database, [Self.first]) }
        }
    }

    @Test func holesInTheNumbersAreRefused() async throws {
        try await withDatabases { database in
            await #expect(throws: Fault(.migration, "")) {
                try await migrate(database, [Self.first, Self.change(3, "SELECT 1")])
            }
            await #expect(throws: Fault(.migration, "")) { try await migrate(database, [Self.change(2, "SELECT 1")]) }
        }
    }

    @Test func programsThatStartTogetherMigrateOnce() async throws {
        try await withDatabases { database in
            let migrations = (1...5).map { Self.change($0, "CREATE TABLE trial\($0) (id BIGINT PRIMARY KEY)") }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 { group.addTask { try await migrate(database, migrations) } }
                try await group.waitForAll()
            }
        }
    }

    @Test func tablesOfOtherTypesThanTheHousesAreRefusedBySQLite() async throws {
        try await withSQLite { database in
            await #expect(throws: Fault(.statement, "")) {
                try await migrate(database, [Self.change(1, "CREATE TABLE trial (id BIGINT PRIMARY KEY, flag BOOLEAN)")])
            }
        }
    }
}

@Suite struct PortableSQLTests {
    @Test(arguments: [
        ("SELECT $1", "SELECT ?1"), ("SELECT $12, $1", "SELECT ?12, ?1"), ("SELECT '$1', $1", "SELECT '$1', ?1"),
        ("SELECT 'it''s $1', $2", "SELECT 'it''s $1', ?2"), ("SELECT \"a$1\", $1", "SELECT \"a$1\", ?1"),
        ("SELECT 1 -- $1\n, $1", "SELECT 1 -- $1\n, ?1"), ("SELECT /* $1 */ $1", "SELECT /* $1 */ ?1"),
        ("SELECT '$1", "SELECT '$1"),
        ("SELECT $", "SELECT $"), ("SELECT $a", "SELECT $a"), ("", ""), ("SELECT /* $1", "SELECT /* $1"), ("-- $1", "-- $1"),
        ("'", "'"),
    ])
    func parametersAreTranslatedOutsideQuotesOnly(portable: String, sqlite: String) {
        #expect(PortableSQL.sqliteParameters(portable) == sqlite)
    }

    @Test func definitionsAreTranslatedWordByWord() {
        let sql = "create table blobs (id BIGSERIAL PRIMARY KEY, n integer, b Blob, t TEXT DEFAULT 'BLOB', INTEGERS TEXT); "
        #expect(
            PortableSQL.schema(sql, for: .sqlite)
                == "create table blobs (id INTEGER PRIMARY KEY AUTOINCREMENT, n integer, b Blob, t TEXT DEFAULT 'BLOB', INTEGERS TEXT) STRICT"
        )
        #expect(
            PortableSQL.schema(sql, for: .postgresql)
                == "create table blobs (id BIGSERIAL PRIMARY KEY, n BIGINT, b BYTEA, t TEXT DEFAULT 'BLOB', INTEGERS TEXT)")
        #expect(PortableSQL.schema("CREATE INDEX i ON blobs (n)", for: .sqlite) == "CREATE INDEX i ON blobs (n)")
    }
}
