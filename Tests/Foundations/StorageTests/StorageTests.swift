import Basics
import Storage
import StorageTestSupport
import Testing

@Suite struct TransactionTests {
    static let notes = Migration(
        room: "notes", number: 1, statements: ["CREATE TABLE notes (id BIGINT PRIMARY KEY, words TEXT NOT NULL, bytes BLOB)"])

    @Test func everyKindOfValueComesBackAsItWasWritten() async throws {
        try await withDatabases([Self.notes]) { database in
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

    @Test func aWorkThatThrowsLeavesNothing() async throws {
        try await withDatabases([Self.notes]) { database in
            await #expect(throws: Fault(.schema, "")) {
                try await database.write { tx throws(Fault) in
                    try tx.execute("INSERT INTO notes (id, words) VALUES (1, 'a')")
                    throw Fault(.schema, "on purpose")
                }
            }
            let count = try await database.read { tx throws(Fault) in
                try tx.first("SELECT COUNT(*) AS n FROM notes")?.integer("n")
            }
            #expect(count == 0)
        }
    }
}
