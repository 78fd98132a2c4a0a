import Basics
import Storage
import StorageTestSupport
import Testing

/// Tables of the tests.
enum Notes {
    static let migrations = [
        Migration(
            room: "notes", number: 1,
            statements: [
                "CREATE TABLE notes (id BIGINT PRIMARY KEY, words TEXT NOT NULL, bytes BLOB)",
                """
                CREATE TABLE remarks (
                    id BIGSERIAL PRIMARY KEY, note BIGINT NOT NULL REFERENCES notes (id), stars BIGINT NOT NULL CHECK (stars >= 0))
                """,
                "CREATE TABLE counters (name TEXT PRIMARY KEY, value BIGINT NOT NULL)",
            ])
    ]

    static func count(_ database: any Database) async throws -> Int64 {
        try await database.read { tx throws(Fault) in try tx.first("SELECT COUNT(*) AS n FROM notes")?.integer("n") ?? -1 }
    }

    static func insert(_ id: Int64, in tx: any Transaction) throws(Fault) {
        try tx.execute("INSERT INTO notes (id, words) VALUES ($1, 'note')", [.integer(id)])
    }
}

@Suite struct TransactionTests {
    @Test func everyKindOfValueComesBackAsItWasWritten() async throws {
        try await withDatabases(Notes.migrations) { database in
            let values: [[Value]] = [
                [.integer(.min), .text(""), .null], [.integer(-1), .text("见面 ' \" $1 — 🙂"), .blob([])],
                [.integer(.max), .text("x"), .blob([0, 255, 10])],
            ]
            for row in values {
                let changed = try await database.write { tx throws(Fault) in
                    try tx.execute("INSERT INTO notes (id, words, bytes) VALUES ($1, $2, $3)", row)
                }
                #expect(changed == 1)
            }
            let rows = try await database.read { tx throws(Fault) in
                try tx.query("SELECT id, words, bytes FROM notes ORDER BY id")
            }
            #expect(rows.map(\.values) == values)
        }
    }

    @Test func parametersMayComeInAnyOrderAndTwice() async throws {
        try await withDatabases { database in
            let row = try await database.read { tx throws(Fault) in
                try tx.first("SELECT $2 AS second, '$1' AS quoted, $1 AS first, $2 AS again", [.integer(1), .text("two")])
            }
            #expect(try row?.integer("first") == 1)
            #expect(try row?.text("second") == "two" && row?.text("again") == "two" && row?.text("quoted") == "$1")
        }
    }

    @Test func changedRowsAreCounted() async throws {
        try await withDatabases(Notes.migrations) { database in
            let counts = try await database.write { tx throws(Fault) in
                for id in 1...3 { try Notes.insert(Int64(id), in: tx) }
                return [
                    try tx.execute("UPDATE notes SET words = 'x' WHERE id > $1", [.integer(1)]),
                    try tx.execute("UPDATE notes SET words = 'x' WHERE id > $1", [.integer(9)]),
                    try tx.execute("INSERT INTO notes (id, words) VALUES (1, 'again') ON CONFLICT (id) DO NOTHING"),
                    try tx.execute("DELETE FROM notes"),
                ]
            }
            #expect(counts == [2, 0, 0, 3])
        }
    }

    @Test func sumsAndCountsAreIntegers() async throws {
        try await withDatabases(Notes.migrations) { database in
            let ids: [Int64] = [9_000_000_000_000_000_000, 12_345_678, 40_000, 10_000, 1, -20_000]
            let row = try await database.write { tx throws(Fault) in
                for id in ids { try Notes.insert(id, in: tx) }
                return try tx.first("SELECT SUM(id) AS total, COUNT(*) AS n, MAX(id) AS largest, MIN(id) - 1 AS less FROM notes")
            }
            #expect(try row?.integer("total") == ids.reduce(0, +))
            #expect(try row?.integer("n") == 6 && row?.integer("largest") == ids[0] && row?.integer("less") == -20_001)
            let negative = try await database.read { tx throws(Fault) in
                try tx.first("SELECT SUM(id) AS total FROM notes WHERE id < 0")
            }
            #expect(try negative?.integer("total") == -20_000)
            let none = try await database.read { tx throws(Fault) in
                try tx.first("SELECT SUM(id) AS total FROM notes WHERE id = 5")
            }
            #expect(try none?.optionalInteger("total") == nil)
        }
    }

    @Test func columnNamesDoNotCareForCapitals() async throws {
        try await withDatabases { database in
            let row = try await database.read { tx throws(Fault) in try tx.first("SELECT 1 AS theAnswer") }
            #expect(try row?.integer("theAnswer") == 1)
            #expect(throws: Fault(.schema, "")) { try row?.integer("other") }
            #expect(throws: Fault(.schema, "")) { try row?.text("theAnswer") }
        }
    }

    /// Of works that are committed together, only the one whose posted statement fails is rolled back, and it alone is told.
    @Test func aPostedStatementFailsItsOwnWorkAlone() async throws {
        try await withDatabases(Notes.migrations) { database in
            try await database.write { tx throws(Fault) in try Notes.insert(1, in: tx) }
            let faults = await withTaskGroup(of: (Int64, Fault?).self) { group in
                for id in Int64(1)...80 {
                    group.addTask {
                        do throws(Fault) {
                            try await database.write { tx throws(Fault) in
                                try tx.post("INSERT INTO counters (name, value) VALUES ($1, 0)", [.text("\(id)")])
                                try tx.post("INSERT INTO notes (id, words) VALUES ($1, 'posted')", [.integer(id)])
                            }
                            return (id, nil)
                        } catch {
                            return (id, error)
                        }
                    }
                }
                return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            #expect(faults.compactMapValues { $0 } == [1: Fault(.duplicate, "")])
            #expect(try await Notes.count(database) == 80)
            let counters = try await database.read { tx throws(Fault) in
                try tx.first("SELECT COUNT(*) AS n FROM counters")?.integer("n")
            }
            #expect(counters == 79)
        }
    }

    /// What was posted is there for the next statement of the work.
    @Test func aPostedStatementIsSeenByTheNext() async throws {
        try await withDatabases(Notes.migrations) { database in
            let seen = try await database.write { tx throws(Fault) in
                for id in Int64(1)...70 { try tx.post("INSERT INTO notes (id, words) VALUES ($1, 'n')", [.integer(id)]) }
                return try tx.first("SELECT COUNT(*) AS n FROM notes")?.integer("n")
            }
            #expect(seen == 70)
        }
    }

    @Test func aWorkThatThrowsLeavesNothing() async throws {
        try await withDatabases(Notes.migrations) { database in
            await #expect(throws: Fault(.schema, "")) {
                try await database.write { tx throws(Fault) in
                    try Notes.insert(1, in: tx)
                    throw Fault(.schema, "on purpose")
                }
            }
            let kept = try await Notes.count(database)
            #expect(kept == 0)
        }
    }

    static let refusals: [(String, Fault.Code)] = [
        ("INSERT INTO notes (id, words) VALUES (1, 'again')", .duplicate),
        ("INSERT INTO notes (id, words) VALUES (2, NULL)", .refusedValue),
        ("INSERT INTO remarks (note, stars) VALUES (77, 1)", .missingReference),
        ("INSERT INTO remarks (note, stars) VALUES (1, -1)", .refusedValue),
        ("INSERT INTO nowhere (id) VALUES (1)", .statement),
        ("SELEC 1", .statement),
        ("SELECT 1; SELECT 2", .statement),
        ("COMMIT", .statement),
        (" rollback", .statement),
        ("PRAGMA synchronous = OFF", .statement),
    ]

    @Test(arguments: refusals) func whatTheEngineRefusesHasOneCode(sql: String, code: Fault.Code) async throws {
        try await withDatabases(Notes.migrations) { database in
            try await database.write { tx throws(Fault) in try Notes.insert(1, in: tx) }
            await #expect(throws: Fault(code, "")) {
                try await database.write { tx throws(Fault) in _ = try tx.execute(sql) }
            }
            let kept = try await Notes.count(database)
            #expect(kept == 1)
        }
    }

    @Test func aSwallowedFaultRollsBackAllTheSame() async throws {
        try await withDatabases(Notes.migrations) { database in
            await #expect(throws: Fault(.duplicate, "")) {
                try await database.write { tx throws(Fault) in
                    try Notes.insert(1, in: tx)
                    do throws(Fault) { try Notes.insert(1, in: tx) } catch {}
                }
            }
            let kept = try await Notes.count(database)
            #expect(kept == 0)
        }
    }

    @Test func afterAFaultEveryStatementThrowsIt() async throws {
        try await withDatabases(Notes.migrations) { database in
            let second = Shared<Fault?>(nil)
            _ = try? await database.write { tx throws(Fault) in
                try Notes.insert(1, in: tx)
                do throws(Fault) { try Notes.insert(1, in: tx) } catch {}
                do throws(Fault) { _ = try tx.query("SELECT 1") } catch { second.set(error) }
            }
            #expect(second.get()?.code == .duplicate)
        }
    }

    @Test func aReadCannotWrite() async throws {
        try await withDatabases(Notes.migrations) { database in
            await #expect(throws: Fault(.statement, "")) {
                try await database.read { tx throws(Fault) in try Notes.insert(1, in: tx) }
            }
            let kept = try await Notes.count(database)
            #expect(kept == 0)
        }
    }

    @Test func textWithNULIsRefused() async throws {
        try await withDatabases(Notes.migrations) { database in
            await #expect(throws: Fault(.nulInText, "")) {
                try await database.write { tx throws(Fault) in
                    _ = try tx.execute("INSERT INTO notes (id, words) VALUES (1, $1)", [.text("a\0b")])
                }
            }
        }
    }

    @Test func wrongParameterCountsAreRefused() async throws {
        try await withDatabases(Notes.migrations) { database in
            for values in [[], [.integer(1)], [.integer(1), .text("a"), .text("b")]] as [[Value]] {
                await #expect(throws: Fault(.statement, "")) {
                    try await database.write { tx throws(Fault) in
                        _ = try tx.execute("INSERT INTO notes (id, words) VALUES ($1, $2)", values)
                    }
                }
            }
        }
    }

    @Test func aClosedDatabaseFinishesWhatWaitsAndRefusesTheRest() async throws {
        try await withDatabases(Notes.migrations) { database in
            async let last: Void = database.write { tx throws(Fault) in try Notes.insert(1, in: tx) }
            _ = try? await last
            await database.close()
            await #expect(throws: Fault(.closed, "")) { try await Notes.count(database) }
            await #expect(throws: Fault(.closed, "")) {
                try await database.write { tx throws(Fault) in try Notes.insert(2, in: tx) }
            }
        }
    }
}
