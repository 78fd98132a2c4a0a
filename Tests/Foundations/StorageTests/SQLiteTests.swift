import Basics
import Foundation
import Storage
import StorageTestSupport
import Testing

@Suite struct SQLiteTests {
    @Test func theFileIsOpenedInTheSafeWay() async throws {
        try await withTemporaryFolder { folder in
            let database = try SQLiteDatabase(path: folder + "/deep/er/test.sqlite")
            // 2 is FULL: every commit waits for the disk. GRDB sets 1 while it opens.
            let settings = try await database.write { tx throws(Fault) in
                try tx.first(
                    """
                    SELECT (SELECT synchronous FROM pragma_synchronous) AS synchronous, (SELECT journal_mode FROM pragma_journal_mode) AS mode,
                    (SELECT foreign_keys FROM pragma_foreign_keys) AS keys, (SELECT page_size FROM pragma_page_size) AS page
                    """)
            }
            #expect(
                try settings?.integer("synchronous") == 2 && settings?.text("mode") == "wal" && settings?.integer("keys") == 1)
            #expect(try settings?.integer("page") == 2048)
            await database.close()
        }
    }

    @Test func whatWasWrittenIsThereAfterOpeningAgain() async throws {
        try await withTemporaryFolder { folder in
            for round in Int64(1)...3 {
                let database = try await openDatabase(url: "sqlite:\(folder)/test.sqlite")
                try await migrate(database, Notes.migrations)
                try await database.write { tx throws(Fault) in try Notes.insert(round, in: tx) }
                let kept = try await Notes.count(database)
                #expect(kept == round)
                await database.close()
            }
        }
    }

    @Test func aFileThatIsNoDatabaseIsRefused() async throws {
        try await withTemporaryFolder { folder in
            try String(repeating: "no database ", count: 1000).write(
                toFile: folder + "/test.sqlite", atomically: true, encoding: .utf8)
            #expect(throws: Fault(.unreachable, "")) { try SQLiteDatabase(path: folder + "/test.sqlite") }
            #expect(throws: Fault(.unreachable, "")) { try SQLiteDatabase(path: folder) }
        }
    }

    @Test func aBackupOfALiveDatabaseIsOneConsistentState() async throws {
        try await withTemporaryFolder { folder in
            let database = try SQLiteDatabase(path: folder + "/test.sqlite")
            try await migrate(database, Notes.migrations)
            let writer = Task {
                var id: Int64 = 0
                while !Task.isCancelled {
                    // Always two in one transaction.
                    let next = id
                    try await database.write { tx throws(Fault) in
                        try Notes.insert(next, in: tx)
                        try Notes.insert(next + 1, in: tx)
                    }
                    id += 2
                }
                return id
            }
            for number in 0..<3 {
                try await Task.sleep(for: .milliseconds(20))
                try await database.backup(to: "\(folder)/backup\(number).sqlite")
            }
            writer.cancel()
            let written = try await writer.value
            await #expect(throws: Fault(.disk, "")) { try await database.backup(to: "\(folder)/backup0.sqlite") }
            await database.close()
            for number in 0..<3 {
                let copy = try SQLiteDatabase(path: "\(folder)/backup\(number).sqlite")
                let count = try await Notes.count(copy)
                #expect(count % 2 == 0 && count <= written)
                await copy.close()
            }
        }
    }

    @Test func oneCommitForEachWorkWorksToo() async throws {
        try await withTemporaryFolder { folder in
            let database = try SQLiteDatabase(path: folder + "/test.sqlite", commits: .single)
            try await migrate(database, Notes.migrations)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for id in Int64(0)..<20 {
                    group.addTask { try await database.write { tx throws(Fault) in try Notes.insert(id, in: tx) } }
                }
                try await group.waitForAll()
            }
            let kept = try await Notes.count(database)
            #expect(kept == 20)
            await database.close()
        }
    }

    @Test func aReaderOfAnOldStateNeitherStopsTheWriterNorLosesItsStateAndTheLogEndsAfterIt() async throws {
        try await withTemporaryFolder { folder in
            let database = try SQLiteDatabase(path: folder + "/test.sqlite")
            try await migrate(
                database,
                [
                    Migration(
                        room: "t", number: 1, statements: ["CREATE TABLE t (id BIGINT NOT NULL PRIMARY KEY, body BLOB NOT NULL)"])
                ])
            let (hasSeen, mayEnd) = (Shared(false), DispatchSemaphore(value: 0))
            let reader = Task {
                try await database.read { tx throws(Fault) in
                    let before = try tx.first("SELECT COUNT(*) AS n FROM t")?.integer("n")
                    hasSeen.set(true)
                    mayEnd.wait()
                    return (before, try tx.first("SELECT COUNT(*) AS n FROM t")?.integer("n"))
                }
            }
            while !hasSeen.get() { try await Task.sleep(for: .milliseconds(1)) }
            // A little more than a checkpoint copies, in works of a MiB.
            let share = Int64((StorageLimits.sqlitePagesPerCheckpoint * StorageLimits.sqlitePageBytes) >> 20) + 4
            try await writeMebibytes(0..<share, in: database)
            mayEnd.signal()
            let (before, after) = try await reader.value
            #expect(before == 0 && after == 0)
            try await writeMebibytes(share..<3 * share, paused: true, in: database)
            // From here on the log begins anew whenever it has been copied; the pauses let the copy come to an end.
            let log = try logBytes(folder)
            try await writeMebibytes(3 * share..<5 * share, paused: true, in: database)
            #expect(try logBytes(folder) < log + share << 20)
            await database.close()
            let again = try SQLiteDatabase(path: folder + "/test.sqlite")
            let rows = try await again.read { tx throws(Fault) in try tx.first("SELECT COUNT(*) AS n FROM t")?.integer("n") }
            #expect(rows == 5 * share)
            await again.close()
        }
    }

    private func logBytes(_ folder: String) throws -> Int64 {
        try #require(try FileManager.default.attributesOfItem(atPath: folder + "/test.sqlite-wal")[.size] as? Int64)
    }

    private func writeMebibytes(_ ids: Range<Int64>, paused: Bool = false, in database: SQLiteDatabase) async throws {
        for id in ids {
            if paused { try await Task.sleep(for: .milliseconds(10)) }
            try await database.write { tx throws(Fault) in
                try tx.execute(
                    "INSERT INTO t (id, body) VALUES ($1, $2)",
                    [.integer(id), .blob(Array(repeating: UInt8(id & 255), count: 1 << 20))])
            }
        }
    }
}
