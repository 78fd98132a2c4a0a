import Basics
import Foundation
import Storage
import StorageTestSupport
import Testing

@Suite struct JournalTests {
    static func entry(_ number: Int) -> JournalEntry {
        JournalEntry(
            at: Timestamp(milliseconds: Int64(number) * 1000), actor: "customer:\(number)", action: "line.opened",
            subject: "line:\(number)",
            clause: number % 2 == 0 ? 9 : nil, before: number % 3 == 0 ? "{}" : nil, after: "{\"number\":\"见\(number)\"}")
    }

    /// Writes and seals entries 1 … count.
    static func fill(_ database: any Database, _ count: Int) async throws {
        try await database.write { tx throws(Fault) in
            for number in 1...count { try appendJournal(entry(number), in: tx) }
            try sealJournal(in: tx)
        }
    }

    @Test func theEncodingIsTheDocumentedOne() {
        // Calculated by hand with Python's hashlib from the table in JournalChain.
        let entry = JournalEntry(at: Timestamp(milliseconds: 258), actor: "a", action: "bc", subject: "", clause: 9, after: "{}")
        let wanted: [UInt8] =
            Array("jianmian.journal.1".utf8) + [0, 0, 0, 0, 0, 0, 0, 1] + [0, 0, 0, 0, 0, 0, 0, 7] + [0, 0, 0, 0, 0, 0, 1, 2]
            + [0, 0, 0, 1, 97] + [0, 0, 0, 2, 98, 99] + [0, 0, 0, 0] + [1, 0, 0, 0, 0, 0, 0, 0, 9] + [0] + [
                1, 0, 0, 0, 2, 123, 125,
            ]
        #expect(JournalChain.encoding(position: 1, id: 7, entry: entry) == wanted)
        let hash = JournalChain.hash(after: JournalChain.start, position: 1, id: 7, entry: entry)
        #expect(
            hash.map { String(format: "%02x", $0) }.joined() == "578d0e55577500f27467aa0908c352e4227918905b780e6bca7cd8168d37eb41"
        )
    }

    @Test func aWholeJournalVerifiesAndItsTailIsReported() async throws {
        try await withDatabases { database in
            #expect(
                try await verifyJournal(in: database)
                    == JournalReport(sealed: 0, unsealed: 0, head: JournalChain.start, broken: nil))
            try await Self.fill(database, 25)
            try await database.write { tx throws(Fault) in for number in 26...28 { try appendJournal(Self.entry(number), in: tx) }
            }
            let report = try await verifyJournal(in: database)
            #expect(report.sealed == 25 && report.unsealed == 3 && report.broken == nil && report.head != JournalChain.start)
            try await database.write { tx throws(Fault) in _ = try sealJournal(in: tx) }
            #expect(try await verifyJournal(in: database).sealed == 28)
        }
    }

    @Test func anEntryOfAWorkThatFailedIsNotThere() async throws {
        try await withDatabases { database in
            _ = try? await database.write { tx throws(Fault) in
                try appendJournal(Self.entry(1), in: tx)
                throw Fault(.schema, "on purpose")
            }
            try await Self.fill(database, 2)
            let report = try await verifyJournal(in: database)
            #expect(report.sealed == 2 && report.unsealed == 0 && report.broken == nil)
        }
    }

    @Test(arguments: [
        "UPDATE journal SET actor = 'x' WHERE id = 1", "DELETE FROM journal WHERE id = 1", "UPDATE journal_links SET hash = hash",
        "DELETE FROM journal_links",
        "INSERT OR REPLACE INTO journal_links (position, entry, hash) SELECT position, entry, hash FROM journal_links",
        "TRUNCATE journal CASCADE",
    ])
    func theJournalRefusesChanges(sql: String) async throws {
        try await withDatabases { database in
            let isForeign =
                (sql.hasPrefix("TRUNCATE") && database.engine == .sqlite)
                || (sql.contains("REPLACE") && database.engine == .postgresql)
            if isForeign { return }
            try await Self.fill(database, 3)
            await #expect(throws: Fault(.appendOnly, "")) {
                try await database.write { tx throws(Fault) in _ = try tx.execute(sql) }
            }
            #expect(try await verifyJournal(in: database).sealed == 3)
        }
    }

    struct Tampering: Sendable, CustomTestStringConvertible {
        var sql: [String]
        var sealed: Int64
        var broken: JournalReport.BrokenEntry
        var testDescription: String { sql.joined(separator: "; ") }
    }

    static let tamperings = [
        Tampering(
            sql: ["UPDATE journal SET actor = 'x' WHERE id = 7"], sealed: 6, broken: .init(position: 7, entry: 7, kind: .altered)),
        Tampering(
            sql: ["UPDATE journal SET at = at + 1 WHERE id = 1"], sealed: 0, broken: .init(position: 1, entry: 1, kind: .altered)),
        Tampering(
            sql: ["UPDATE journal SET clause = NULL WHERE id = 10"], sealed: 9,
            broken: .init(position: 10, entry: 10, kind: .altered)),
        Tampering(
            sql: ["UPDATE journal SET state_after = NULL WHERE id = 3"], sealed: 2,
            broken: .init(position: 3, entry: 3, kind: .altered)),
        Tampering(
            sql: ["DELETE FROM journal_links WHERE entry = 5", "DELETE FROM journal WHERE id = 5"], sealed: 4,
            broken: .init(position: 5, entry: nil, kind: .removed)),
        Tampering(
            sql: ["DELETE FROM journal_links WHERE entry > 8", "DELETE FROM journal WHERE id > 8"], sealed: 8,
            broken: .init(position: 9, entry: nil, kind: .removed)),
        Tampering(
            sql: [
                "INSERT INTO journal (at, actor, action, subject) VALUES (1, 'a', 'b', 'c')"
            ], sealed: 10, broken: .init(position: nil, entry: 11, kind: .inserted)),
        Tampering(
            sql: [
                "INSERT INTO journal (at, actor, action, subject) VALUES (1, 'a', 'b', 'c')",
                "INSERT INTO journal_links (position, entry, hash) SELECT 11, 11, hash FROM journal_links WHERE position = 10",
            ], sealed: 10, broken: .init(position: 11, entry: 11, kind: .inserted)),
        Tampering(
            sql: [
                "UPDATE journal_links SET position = 100 WHERE position = 4",
                "UPDATE journal_links SET position = 4 WHERE position = 6",
                "UPDATE journal_links SET position = 6 WHERE position = 100",
            ], sealed: 3, broken: .init(position: 4, entry: 6, kind: .reordered)),
        Tampering(
            sql: ["UPDATE journal_head SET hash = (SELECT hash FROM journal_links WHERE position = 1)"], sealed: 10,
            broken: .init(position: 10, entry: nil, kind: .altered)),
        Tampering(
            sql: ["UPDATE journal_head SET position = 9"], sealed: 9, broken: .init(position: 9, entry: nil, kind: .altered)),
    ]

    @Test(arguments: tamperings) func tamperingIsNamed(_ tampering: Tampering) async throws {
        try await withDatabases { database in
            try await Self.fill(database, 10)
            try await database.write { tx throws(Fault) in
                for sql in Self.disarm(tx.engine) + tampering.sql { try tx.execute(sql) }
            }
            let report = try await verifyJournal(in: database)
            #expect(report.sealed == tampering.sealed)
            #expect(report.broken == tampering.broken)
        }
    }

    /// What somebody with the rights of the owner can do.
    private static func disarm(_ engine: Engine) -> [String] {
        ["journal", "journal_links"].flatMap { table in
            engine == .sqlite
                ? ["DROP TRIGGER \(table)_no_update", "DROP TRIGGER \(table)_no_delete"]
                : ["DROP TRIGGER \(table)_append_only ON \(table)"]
        }
    }

    @Test func anEntryThatCommitsLateIsSealedLater() async throws {
        try await withPostgreSQLSchema { url in
            // Two programs: one groups its writes into one transaction after the other, so two can only overlap between programs.
            let slow = PostgreSQLDatabase(url: url, readers: 1)
            let quick = PostgreSQLDatabase(url: url, readers: 1)
            try await migrate(quick, StorageSchema.migrations)
            let appended = DispatchSemaphore(value: 0)
            let proceed = DispatchSemaphore(value: 0)
            // The first transaction has taken id 1 and stays open while the second one commits id 2 and the sealer runs.
            async let late: Void = slow.write { tx throws(Fault) in
                try appendJournal(Self.entry(1), in: tx)
                appended.signal()
                proceed.wait()
            }
            await waitFor(appended)
            try await quick.write { tx throws(Fault) in try appendJournal(Self.entry(2), in: tx) }
            await JournalSealer(database: quick, logger: .silent).sealAll()
            let between = try await verifyJournal(in: quick)
            #expect(between.sealed == 1 && between.unsealed == 0)
            proceed.signal()
            // A conflict may run the work a second time, which then waits again.
            proceed.signal()
            try await late
            await JournalSealer(database: quick, logger: .silent).sealAll()
            let report = try await verifyJournal(in: quick)
            #expect(report.sealed == 2 && report.unsealed == 0 && report.broken == nil)
            await slow.close()
            await quick.close()
        }
    }

    @Test func sealersAndWritersRunTogetherWithoutLosingAnEntry() async throws {
        try await withDatabases { database in
            let sealers = (0..<2).map { _ in Task { await JournalSealer(database: database, logger: .silent).run() } }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<8 {
                    group.addTask {
                        for number in 0..<20 {
                            try await database.write { tx throws(Fault) in
                                try appendJournal(Self.entry(writer * 100 + number), in: tx)
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            for sealer in sealers { sealer.cancel() }
            for sealer in sealers { await sealer.value }
            let report = try await verifyJournal(in: database)
            #expect(report.sealed == 160 && report.unsealed == 0 && report.broken == nil)
        }
    }
}
