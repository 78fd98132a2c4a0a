import Basics
import Storage
import StorageTestSupport
import Testing

@Suite("Timelines and followers of the journal, on both engines")
struct JournalTimelineTests {
    /// Entry *n* at second *n*: by one of three, of one of two verbs, to one of five, every fourth under clause 15.
    private func fill(_ database: any Database, _ count: Int) async throws {
        try await database.write { tx throws(Fault) in
            for n in 1...count {
                try appendJournal(
                    JournalEntry(
                        at: Timestamp(milliseconds: Int64(n) * 1000), actor: "staff:\(n % 3)",
                        action: n % 2 == 0 ? "line.opened" : "hold.placed",
                        subject: "line:\(n % 5)", clause: n % 4 == 0 ? 15 : nil, after: "{\"n\":\(n)}"), in: tx)
            }
        }
    }

    @Test func whatIsWrittenInFullIsFoundExactly() async throws {
        try await withDatabases { database in
            try await fill(database, 60)
            // n divisible by 3 and by 4.
            #expect(try await page(database, JournalFilter(actor: "staff:0", clause: 15)) == [60, 48, 36, 24, 12])
            #expect(try await page(database, JournalFilter(subject: "line:3")).first == 58)
            #expect(try await page(database, JournalFilter(action: "line.open")) == [])
            #expect(try await page(database, JournalFilter(action: "line.")).count == 30)
        }
    }

    @Test func aTimelineJoinsItsSubjects() async throws {
        try await withDatabases { database in
            try await fill(database, 20)
            let found = try await database.read { tx throws(Fault) in
                try journalTimeline(of: ["line:1", "line:4", "line:none"], before: 17, limit: 5, in: tx).map(\.id)
            }
            #expect(found == [16, 14, 11, 9, 6])
            let none = try await database.read { tx throws(Fault) in try journalTimeline(of: [], limit: 5, in: tx).count }
            #expect(none == 0)
            let many = (0..<1000).map { "line:\($0)" }
            let bounded = try await database.read { tx throws(Fault) in try journalTimeline(of: many, limit: 3, in: tx).map(\.id)
            }
            #expect(bounded == [20, 19, 18])
        }
    }

    @Test func followingSeesEverySealedEntryOnce() async throws {
        try await withDatabases { database in
            try await fill(database, 7)
            let before = try await database.read { tx throws(Fault) in try followJournal(after: 0, limit: 10, in: tx).count }
            #expect(before == 0)
            _ = try await database.write { tx throws(Fault) in try sealJournal(in: tx) }
            let positions = try await database.read { tx throws(Fault) in
                try followJournal(after: 4, limit: 10, in: tx).map(\.position) + [try journalEnd(in: tx)]
            }
            #expect(positions == [5, 6, 7, 7])
        }
    }

    @Test func theVerbsAreListed() async throws {
        try await withDatabases { database in
            let none = try await database.read { tx throws(Fault) in try journalActions(in: tx) }
            #expect(none == [])
            try await fill(database, 10)
            let verbs = try await database.read { tx throws(Fault) in try journalActions(in: tx) }
            #expect(verbs == ["hold.placed", "line.opened"])
        }
    }

    private func page(_ database: any Database, _ filter: JournalFilter) async throws -> [Int64] {
        try await database.read { tx throws(Fault) in try listJournal(filter, limit: 50, in: tx).map(\.id) }
    }
}
