import Basics
import Storage
import StorageTestSupport
import Testing

@Suite struct ListJournalTests {
    private static func fill(_ tx: any Transaction) throws(Fault) {
        let entries: [(Int64, String, String, String, Int?)] = [
            (1, "system", "line.opened", "line:a", nil), (2, "customer:x", "order.confirmed", "order:1", 2),
            (3, "staff:s", "order.cancelled", "order:1", 2), (4, "staff:s", "orderly.thing", "line:%", nil),
        ]
        for (at, actor, action, subject, clause) in entries {
            try appendJournal(
                JournalEntry(at: Timestamp(milliseconds: at), actor: actor, action: action, subject: subject, clause: clause),
                in: tx)
        }
    }

    /// The instants of the entries that a filter finds, on both engines.
    private static func expect(_ filter: JournalFilter, _ times: [Int64]) async throws {
        try await withDatabases { database in
            try await database.write { tx throws(Fault) in try fill(tx) }
            let records = try await database.read { tx throws(Fault) in try listJournal(filter, limit: 10, in: tx) }
            #expect(records.map(\.entry.at.milliseconds) == times)
        }
    }

    @Test func `the newest come first`() async throws {
        try await Self.expect(JournalFilter(), [4, 3, 2, 1])
    }

    @Test func `beginnings filter and wildcards are plain characters`() async throws {
        try await Self.expect(JournalFilter(action: "order."), [3, 2])
        try await Self.expect(JournalFilter(actor: "staff:", subject: "line:"), [4])
        try await Self.expect(JournalFilter(subject: "line:%"), [4])
        try await Self.expect(JournalFilter(subject: "%"), [])
    }

    @Test func `clause, time and subjects filter`() async throws {
        try await Self.expect(JournalFilter(clause: 2), [3, 2])
        let (from, until) = (Timestamp(milliseconds: 2), Timestamp(milliseconds: 4))
        try await Self.expect(JournalFilter(from: from, until: until), [3, 2])
        try await Self.expect(JournalFilter(subjects: ["line:a", "order:1"]), [3, 2, 1])
    }

    @Test func `a list goes on behind the last one seen`() async throws {
        try await withDatabases { database in
            try await database.write { tx throws(Fault) in try Self.fill(tx) }
            let first = try await database.read { tx throws(Fault) in try listJournal(JournalFilter(), limit: 3, in: tx) }
            #expect(first.map(\.entry.at.milliseconds) == [4, 3, 2])
            let last = first.last?.id
            let rest = try await database.read { tx throws(Fault) in
                try listJournal(JournalFilter(), before: last, limit: 3, in: tx)
            }
            #expect(rest.map(\.entry.at.milliseconds) == [1])
            #expect(rest.first?.position == nil, "nothing has sealed it yet")
        }
    }
}
