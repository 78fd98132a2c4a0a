import Basics
import Foundation
import Storage
import StorageTestSupport
import Testing

@Suite struct PostgreSQLTests {
    @Test func aServerThatIsNotThereIsNamedWithTheMend() async throws {
        let secret = "verysecret"
        do throws(Fault) {
            _ = try await openDatabase(url: "postgresql://nobody:\(secret)@127.0.0.1:1/nowhere")
            Issue.record("it opened")
        } catch {
            #expect(error.code == .unreachable)
            #expect(error.reason.contains("127.0.0.1:1/nowhere") && error.reason.contains("start PostgreSQL"))
            #expect(!error.reason.contains(secret))
        }
    }

    @Test(arguments: ["mysql://x", "", "sqlite:", "/tmp/x.sqlite"]) func addressesOfOtherKindsAreRefused(url: String) async {
        await #expect(throws: Fault(.address, "")) { _ = try await openDatabase(url: url) }
    }

    @Test func connectionsThatBreakWhileIdleOrAtWorkAreMadeAnew() async throws {
        try await withPostgreSQLSchema { url in
            let database = PostgreSQLDatabase(url: url, readers: 1)
            let other = PostgreSQLDatabase(url: url, readers: 1)
            try await migrate(database, Notes.migrations)
            let backend: @Sendable (any Transaction) throws(Fault) -> Int64 = { tx throws(Fault) in
                try tx.first("SELECT pg_backend_pid() AS pid")?.integer("pid") ?? 0
            }
            let kill: @Sendable (Int64) async throws -> Void = { pid in
                try await other.write { tx throws(Fault) in
                    _ = try tx.query("SELECT pg_terminate_backend($1::int)", [.integer(pid)])
                }
            }
            // Idle.
            let reader = try await database.read(backend)
            let first = try await database.write(backend)
            try await kill(reader)
            try await kill(first)
            let second = try await database.write(backend)
            #expect(second != first)
            #expect(try await database.read(backend) != reader)
            // In the middle of a work: it runs again from its beginning, once is kept.
            let entered = DispatchSemaphore(value: 0)
            let proceed = DispatchSemaphore(value: 0)
            let runs = Shared(0)
            async let write: Void = database.write { tx throws(Fault) in
                runs.change { $0 += 1 }
                try Notes.insert(1, in: tx)
                if runs.get() == 1 {
                    entered.signal()
                    proceed.wait()
                }
                try Notes.insert(2, in: tx)
            }
            await waitFor(entered)
            try await kill(second)
            proceed.signal()
            try await write
            #expect(runs.get() == 2)
            let kept = try await Notes.count(database)
            #expect(kept == 2)
            await database.close()
            await other.close()
        }
    }

    @Test func everyWriteIsSerializableAndDurable() async throws {
        try await withPostgreSQL { database in
            let settings = try await database.write { tx throws(Fault) in
                try tx.first(
                    """
                    SELECT current_setting('transaction_isolation') AS isolation, current_setting('synchronous_commit') AS durable,
                    current_setting('statement_timeout') AS timeout
                    """)
            }
            #expect(
                try settings?.text("isolation") == "serializable" && settings?.text("durable") == "on"
                    && settings?.text("timeout") == "30s")
        }
    }

    @Test func moreStatementsThanAreKeptStillRun() async throws {
        try await withPostgreSQL(readers: 1) { database in
            for round in 0..<2 {
                let sum = try await database.read { tx throws(Fault) in
                    var sum: Int64 = 0
                    for number in 0..<(StorageLimits.preparedStatements + 50) {
                        sum += try tx.first("SELECT \(number) + $1 AS n", [.integer(Int64(round))])?.integer("n") ?? 0
                    }
                    return sum
                }
                let count = Int64(StorageLimits.preparedStatements + 50)
                #expect(sum == count * (count - 1) / 2 + count * Int64(round))
            }
        }
    }

    @Test func aTableThatChangedShapeIsReadAnew() async throws {
        try await withPostgreSQL(Notes.migrations, readers: 1) { database in
            let all: @Sendable (any Transaction) throws(Fault) -> Int = { tx throws(Fault) in
                try tx.query("SELECT * FROM notes").count
            }
            try await database.write { tx throws(Fault) in try Notes.insert(1, in: tx) }
            #expect(try await database.read(all) == 1)
            try await database.write { tx throws(Fault) in _ = try tx.execute("ALTER TABLE notes ADD COLUMN more TEXT") }
            #expect(try await database.read(all) == 1)
        }
    }

    @Test func aLockedRowThatIsNotFreedInTimeIsBusy() async throws {
        try await withTwoPrograms { database, other in
            try await database.write { tx throws(Fault) in try Notes.insert(1, in: tx) }
            let entered = DispatchSemaphore(value: 0)
            let proceed = DispatchSemaphore(value: 0)
            async let holding: Void = database.write { tx throws(Fault) in
                _ = try tx.query("SELECT id FROM notes WHERE id = 1\(tx.forUpdate)")
                entered.signal()
                proceed.wait()
            }
            await waitFor(entered)
            await #expect(throws: Fault(.busy, "")) {
                try await other.write { tx throws(Fault) in
                    try tx.execute("SET LOCAL lock_timeout = 50")
                    _ = try tx.query("SELECT id FROM notes WHERE id = 1\(tx.forUpdate)")
                }
            }
            proceed.signal()
            try await holding
        }
    }

    @Test func programsThatChangeOneRowAllGetThrough() async throws {
        try await withTwoPrograms { first, second in
            try await first.write { tx throws(Fault) in try tx.execute("INSERT INTO counters (name, value) VALUES ('calls', 0)") }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<40 {
                    let database = writer % 2 == 0 ? first : second
                    group.addTask {
                        for _ in 0..<5 {
                            try await database.write { tx throws(Fault) in
                                let value = try tx.first("SELECT value FROM counters")?.integer("value") ?? 0
                                try tx.execute("UPDATE counters SET value = $1", [.integer(value + 1)])
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let value = try await second.read { tx throws(Fault) in try tx.first("SELECT value FROM counters")?.integer("value") }
            #expect(value == 200)
        }
    }

    /// Two pools on one database, as two programs have them; one groups, the other commits each work on four connections.
    private func withTwoPrograms(_ body: (any Database, any Database) async throws -> Void) async throws {
        try await withPostgreSQLSchema { url in
            let first = PostgreSQLDatabase(url: url, readers: 1)
            let second = PostgreSQLDatabase(url: url, readers: 1, writers: 4, commits: .single)
            let outcome: Result<Void, any Error>
            do {
                try await migrate(first, StorageSchema.migrations + Notes.migrations)
                outcome = .success(try await body(first, second))
            } catch {
                outcome = .failure(error)
            }
            await first.close()
            await second.close()
            try outcome.get()
        }
    }

    @Test func aFloatingColumnIsRefusedRatherThanRounded() async throws {
        try await withDatabases { database in
            for sql in ["SELECT 1.5 AS n", "SELECT AVG(n) AS n FROM (SELECT 1 AS n UNION ALL SELECT 2) AS numbers"] {
                await #expect(throws: Fault(.schema, "")) {
                    try await database.read { tx throws(Fault) in _ = try tx.query(sql) }
                }
            }
        }
    }
}
