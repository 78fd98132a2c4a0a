import Access
import Basics
import Customers
import Lines
import Notices
import Storage
import StorageTestSupport
import Testing

@Suite("Customers are told what the journal says, on both engines")
struct FollowTests {
    let clock = MovableClock(standingAt: noon)

    @Test func whatIsJournaledIsToldOnce() async throws {
        try await withFollower { database, customer in
            try await write(
                database, "identity.evidence-requested", customer, after: #"{"deadline":1790222400000,"reason":"id-copy"}"#)
            try await write(database, "identity.verified", customer, after: #"{"state":"verified","reason":null}"#)
            try await write(database, "contact.added", customer, after: nil)
            let first = try await follow(database)
            #expect(first == 3)
            let told = try await told(customer, database)
            #expect(told.map(\.kind) == [.identityVerified, .identityEvidenceRequested])
            #expect(told.last?.parameters == ["deadline": "2026-09-24"])
            // The two notices have entries of their own, about which nobody is told.
            let second = try await follow(database)
            #expect(second == 2)
            let third = try await follow(database)
            #expect(third == 0)
        }
    }

    @Test func theFirstLookBeginsAtTheEnd() async throws {
        try await withDatabases(houseMigrations) { database in
            let customer = try await addCustomers(1, to: database)[0]
            try await write(database, "identity.verified", customer, after: "{}")
            _ = try await database.write { tx throws(Fault) in try sealJournal(in: tx) }
            let looked = try await follow(database)
            let again = try await follow(database)
            #expect((looked, again) == (0, 0))
            #expect(try await count("notices_notices", database) == 0)
        }
    }

    @Test func twoFollowersAtOnceTellOnce() async throws {
        try await withFollower { database, customer in
            for n in 0..<40 { try await write(database, "ending.requested", customer, after: "{\"n\":\(n)}") }
            _ = try await database.write { tx throws(Fault) in try sealJournal(in: tx) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<3 {
                    group.addTask { [clock] in try await followEvents(on: database, clock: clock, zone: .shanghai) }
                }
                try await group.waitForAll()
            }
            let number = try await count("notices_notices", database)
            #expect(number == 40)
        }
    }

    @Test func aHoldIsToldToTheCustomerOfTheLine() async throws {
        try await withFollower { database, customer in
            let line = try await database.write { tx throws(Fault) in
                let number = try freeNumbers(of: .standard, limit: 1, in: tx, at: noon).numbers[0]
                return try openLine(number: number, of: .standard, customer: customer, account: "a1", in: tx, at: noon).id
            }
            let request = PlaceHoldRequest(
                line: line, kind: .misuse, clause: 3, reason: "spam", evidence: "abuse:1", effect: .all, by: "staff:s1")
            let hold = try await database.write { tx throws(Fault) in try placeHold(request, in: tx, at: noon) }
            _ = try await database.write { tx throws(Fault) in try liftHold(hold.id, by: "staff:s1", in: tx, at: noon) }
            _ = try await follow(database)
            let told = try await told(customer, database)
            #expect(told.map(\.kind) == [.holdLifted, .holdPlaced])
            #expect(told.map(\.clause) == [3, 3])
        }
    }

    @Test func entriesAboutNobodyAreSkipped() async throws {
        try await withFollower { database, customer in
            for subject in [
                "customer:nobody", "line:none", "order:none", "agreement:none", "abuse:none", "principal:staff", "odd",
            ] {
                for action in ["identity.verified", "order.completed", "agreement.in-force", "principal.password-changed"] {
                    try await database.write { tx throws(Fault) in
                        try appendJournal(
                            JournalEntry(at: noon, actor: "system", action: action, subject: subject, after: "not json"), in: tx)
                    }
                }
            }
            try await write(database, "identity.verified", customer, after: "{}")
            _ = try await follow(database)
            let number = try await count("notices_notices", database)
            #expect(number == 1)
        }
    }

    @Test func aPriceListIsToldToEverybodyOnce() async throws {
        try await withFollower { database, customer in
            _ = try await addCustomers(1200, to: database, prefix: "p")
            for item in ["plan-a", "plan-b"] {
                try await database.write { tx throws(Fault) in
                    try appendJournal(
                        JournalEntry(
                            at: noon, actor: "staff:s1", action: "catalogue.price-published", subject: "item:\(item)", clause: 2,
                            after: #"{"from":"2026-12-01","monthly":9900000}"#), in: tx)
                }
            }
            _ = try await follow(database)
            let batches = try await advanceJobs(noticeJobs(zone: .shanghai), on: database, clock: clock)
            #expect(batches == 3)
            let number = try await count("notices_notices WHERE kind = 'prices-published'", database)
            #expect(number == 1201)
            let told = try await told(customer, database)
            #expect(told.map(\.parameters) == [["from": "2026-12-01"]])
        }
    }

    private func withFollower(_ body: @Sendable (any Database, CustomerID) async throws -> Void) async throws {
        try await withDatabases(houseMigrations) { database in
            let customer = try await addCustomers(1, to: database)[0]
            _ = try await follow(database)
            try await body(database, customer)
        }
    }

    private func write(_ database: any Database, _ action: String, _ customer: CustomerID, after: String?) async throws(Fault) {
        try await database.write { tx throws(Fault) in
            try appendJournal(
                JournalEntry(
                    at: noon, actor: "staff:s1", action: action, subject: "customer:\(customer)", clause: 1, after: after), in: tx
            )
        }
    }

    private func follow(_ database: any Database) async throws(Fault) -> Int {
        _ = try await database.write { tx throws(Fault) in try sealJournal(in: tx) }
        return try await followEvents(on: database, clock: clock, zone: .shanghai)
    }

    private func told(_ customer: CustomerID, _ database: any Database) async throws(Fault) -> [Notice] {
        try await database.read { tx throws(Fault) in try listNotices(of: customer, in: tx) }
    }
}
