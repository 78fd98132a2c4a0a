import Basics
import Customers
import Notices
import Storage
import StorageTestSupport
import Testing

@Suite("A customer's notices, on both engines")
struct BoxTests {
    @Test func anEventToldTwiceIsOneNotice() async throws {
        try await withDatabases(houseMigrations) { database in
            let customer = try await addCustomers(1, to: database)[0]
            let first = try await tell(customer, .orderConfirmed, ["order": "DD-2026-000001"], "order-confirmed:1", database)
            #expect(first.clause == 2)
            let again = try await tell(customer, .orderConfirmed, ["order": "DD-2026-000001"], "order-confirmed:1", database)
            #expect(again == first)
            #expect(try await count("notices_notices", database) == 1)
            #expect(try await count("notices_outbox", database) == 1)
            #expect(try await count("journal WHERE action = 'notice.given' AND clause = 2", database) == 1)
            await #expect(throws: Fault(.noticeConflict, "")) {
                try await tell(customer, .orderConfirmed, ["order": "DD-2026-000002"], "order-confirmed:1", database)
            }
            await #expect(throws: Fault(.noticeConflict, "")) {
                try await tell(customer, .identityVerified, [:], "order-confirmed:1", database)
            }
        }
    }

    @Test func theSameEventToldTwiceAtOnceIsOneNotice() async throws {
        try await withDatabases(houseMigrations) { database in
            let customer = try await addCustomers(1, to: database)[0]
            let ids = try await withThrowingTaskGroup(of: NoticeID.self) { group in
                for _ in 0..<10 { group.addTask { try await tell(customer, .holdLifted, [:], "hold-lifted:1", database).id } }
                return try await group.reduce(into: Set<NoticeID>()) { $0.insert($1) }
            }
            #expect(ids.count == 1)
        }
    }

    @Test(arguments: [
        [:], ["order": ""], ["order": "1", "name": "Li"], ["order": String(repeating: "x", count: 301)], ["order": "a\nb"],
    ])
    func aNoticeWithOtherParametersThanItsKindIsOurDefect(_ parameters: [String: String]) async throws {
        try await withSQLite(houseMigrations) { database in
            let customer = try await addCustomers(1, to: database)[0]
            await #expect(throws: Fault(.noticeParameters, "")) {
                try await tell(customer, .orderConfirmed, parameters, "key", database)
            }
        }
    }

    @Test func aNoticeNeedsAKeyAndACustomer() async throws {
        try await withDatabases(houseMigrations) { database in
            let customer = try await addCustomers(1, to: database)[0]
            for key in ["", String(repeating: "k", count: 121)] {
                await #expect(throws: Fault(.noticeKey, "")) { try await tell(customer, .holdLifted, [:], key, database) }
            }
            await #expect(throws: Fault(.missingReference, "")) {
                try await tell(CustomerID(trusted: "nobody"), .holdLifted, [:], "key", database)
            }
        }
    }

    /// Seven notices in pages of three: 7 6 5, 4 3 2, 1. Of another customer nothing is seen.
    @Test func theBoxIsReadInPagesNewestFirst() async throws {
        try await withDatabases(houseMigrations) { database in
            let customers = try await addCustomers(2, to: database)
            for n in 1...7 { _ = try await tell(customers[0], .orderCompleted, ["order": "\(n)"], "completed:\(n)", database) }
            let (mine, other) = (customers[0], customers[1])
            var (pages, last): ([[String]], Int64?) = ([], nil)
            repeat {
                let page = try await database.read { [last] tx throws(Fault) in
                    try listNotices(of: mine, before: last, limit: 3, in: tx)
                }
                last = page.last?.position
                pages.append(page.compactMap { $0.parameters["order"] })
            } while last != nil
            #expect(pages == [["7", "6", "5"], ["4", "3", "2"], ["1"], []])
            #expect(try await database.read { tx throws(Fault) in try listNotices(of: other, in: tx).count } == 0)
        }
    }

    @Test func readingCountsDown() async throws {
        try await withDatabases(houseMigrations) { database in
            let customers = try await addCustomers(2, to: database)
            var notices: [Notice] = []
            for n in 1...5 {
                notices.append(try await tell(customers[0], .orderCompleted, ["order": "\(n)"], "completed:\(n)", database))
            }
            #expect(try await unread(customers[0], database) == 5)
            #expect(try await unread(customers[1], database) == 0)

            let opened = notices[1]
            for later in [Int64(10), 20] {
                let read = try await database.write { tx throws(Fault) in
                    try markNoticeRead(opened.id, of: customers[0], in: tx, at: noon.adding(seconds: later))
                }
                #expect(read.readAt == noon.adding(seconds: 10))
            }
            await #expect(throws: Fault(.unknownNotice, "")) {
                try await database.write { tx throws(Fault) in try markNoticeRead(opened.id, of: customers[1], in: tx, at: noon) }
            }
            // What came after the page was shown stays unread.
            let seen = notices[3].position
            let marked = try await database.write { tx throws(Fault) in
                try markNoticesRead(upTo: seen, of: customers[0], in: tx, at: noon)
            }
            #expect(marked == 3)
            #expect(try await unread(customers[0], database) == 1)
        }
    }

    @Test func aCrowdedBoxCountsToAHundred() async throws {
        try await withSQLite(houseMigrations) { database in
            let customer = try await addCustomers(1, to: database)[0]
            try await database.write { tx throws(Fault) in
                for n in 1...150 { try notify(customer, .orderCompleted, ["order": "\(n)"], key: "c:\(n)", in: tx, at: noon) }
            }
            #expect(try await unread(customer, database) == 100)
        }
    }

    private func tell(
        _ customer: CustomerID, _ kind: NoticeKind, _ parameters: [String: String], _ key: String, _ database: any Database
    ) async throws(Fault) -> Notice {
        try await database.write { tx throws(Fault) in try notify(customer, kind, parameters, key: key, in: tx, at: noon) }
    }

    private func unread(_ customer: CustomerID, _ database: any Database) async throws(Fault) -> Int {
        try await database.read { tx throws(Fault) in try unreadNotices(of: customer, in: tx) }
    }
}
