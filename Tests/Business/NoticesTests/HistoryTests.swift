import Access
import Basics
import Customers
import Lines
import Notices
import Storage
import StorageTestSupport
import Testing

@Suite("What happened, on both engines")
struct HistoryTests {
    @Test func aCustomersTimelineHasTheirLinesAndAccountsAndNothingElse() async throws {
        try await withDatabases(houseMigrations) { database in
            let customers = try await addCustomers(2, to: database)
            for (index, customer) in customers.enumerated() {
                try await database.write { tx throws(Fault) in
                    let number = try freeNumbers(of: .standard, limit: 1, in: tx, at: noon).numbers[0]
                    _ = try openLine(number: number, of: .standard, customer: customer, account: "acc\(index)", in: tx, at: noon)
                    try appendJournal(
                        JournalEntry(at: noon, actor: "system", action: "account.opened", subject: "account:acc\(index)"), in: tx)
                    try appendJournal(
                        JournalEntry(at: noon, actor: "system", action: "order.completed", subject: "order:o\(index)"), in: tx)
                    try notify(customer, .identityVerified, key: "verified", in: tx, at: noon)
                }
            }
            let mine = customers[1]
            let actions = try await database.read { tx throws(Fault) in
                try whatHappened(to: mine, also: ["order:o1", "order:o1"], in: tx).map(\.entry.action)
            }
            #expect(actions == ["notice.given", "order.completed", "account.opened", "line.opened"])
            let page = try await database.read { tx throws(Fault) in try whatHappened(to: mine, limit: 2, in: tx) }
            let next = try await database.read { tx throws(Fault) in
                try whatHappened(to: mine, before: page.last?.id, limit: 2, in: tx).map(\.entry.action)
            }
            #expect(page.map(\.entry.action) == ["notice.given", "account.opened"])
            #expect(next == ["line.opened"])
        }
    }

    @Test func theJournalIsReadByThoseWhoMay() async throws {
        try await withDatabases(houseMigrations) { database in
            let auditor = try staff([.auditor])
            let other = try staff([.customerService])
            try await database.write { tx throws(Fault) in
                try appendJournal(
                    JournalEntry(
                        at: noon, actor: "system", action: "a.b", subject: "x:1", clause: 15, before: nil,
                        after: #"{"purpose":"=1+1, \"quoted\""}"#), in: tx)
                try appendJournal(JournalEntry(at: noon, actor: "=cmd", action: "a.c", subject: "x:2"), in: tx)
            }
            await #expect(throws: Fault(.staffMayNot, "")) {
                try await database.read { tx throws(Fault) in try readJournal(JournalFilter(), by: other, in: tx).count }
            }
            let read = try await database.read { tx throws(Fault) in try readJournal(JournalFilter(), by: auditor, in: tx) }
            #expect(read.map(\.entry.action) == ["a.c", "a.b"])
        }
    }
}
