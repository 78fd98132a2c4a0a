import Access
import Agreement
import Basics
import Customers
import Foundation
import Notices
import Storage
import StorageTestSupport
import Testing

@Suite("A version is announced to every customer, on both engines")
struct AnnounceVersionTests {
    /// Half of a thousand and five customers have an agreement in force; version 2 is published on 24 September 2026, so their
    /// window of one month ends on 24 October.
    @Test func everyCustomerIsToldWithTheEndOfTheirWindow() async throws {
        try await withDatabases(houseMigrations) { database in
            let customers = try await addCustomers(1005, to: database)
            try await sign(customers.prefix(500), database)
            let version = try await publishNext(database)
            let act = try staff([.legal])
            let job = try await database.write { tx throws(Fault) in try announceVersion(version, by: act, in: tx, at: noon) }
            #expect(job.total == 1005)
            // Whoever comes later signs the new version at once and is not told of it.
            _ = try await addCustomers(3, to: database, at: noon.adding(seconds: 1), prefix: "later")
            let clock = MovableClock(standingAt: noon)
            let batches = try await advanceJobs(noticeJobs(zone: .shanghai), on: database, clock: clock)
            #expect(batches == 3)
            let again = try await database.write { tx throws(Fault) in try announceVersion(version, by: act, in: tx, at: noon) }
            #expect((again.id, again.state, again.done) == (job.id, .done, 1005))
            let (announced, published) = (
                try await count("notices_notices WHERE kind = 'version-announced'", database),
                try await count("notices_notices WHERE kind = 'version-published'", database)
            )
            #expect((announced, published) == (500, 505))
            let told = try await database.read { tx throws(Fault) in try listNotices(of: customers[0], in: tx) }
            #expect(told.map(\.parameters) == [["version": "2", "until": "2026-10-24"]])
            let announcements = try await database.read { tx throws(Fault) in try listAnnouncements(in: tx) }
            #expect(announcements.map(\.kind) == [.agreement])
        }
    }

    @Test func onlyWhoPublishesAnnouncesAndOnlyWhatIsPublished() async throws {
        try await withSQLite(houseMigrations) { database in
            let version = try await publishNext(database)
            let other = try staff([.customerService])
            await #expect(throws: Fault(.staffMayNot, "")) {
                try await database.write { tx throws(Fault) in try announceVersion(version, by: other, in: tx, at: noon) }
            }
            let act = try staff([.legal])
            await #expect(throws: Fault(.unknownVersion, "")) {
                try await database.write { tx throws(Fault) in
                    try announceVersion(VersionID(trusted: "none"), by: act, in: tx, at: noon)
                }
            }
        }
    }

    /// The window ends on 24 October: the reminder of 17 October is for it, that of 16 October for nobody.
    @Test func aWindowThatEndsInSevenDaysIsRemindedOfOnce() async throws {
        try await withDatabases(houseMigrations) { database in
            let customers = try await addCustomers(3, to: database)
            try await sign(customers.prefix(2), database)
            _ = try await publishNext(database)
            let clock = MovableClock(standingAt: noon)
            for day in ["2026-10-16", "2026-10-17", "2026-10-17", "2026-10-18"] {
                let date = try #require(BusinessDate(day))
                try await database.write { tx throws(Fault) in
                    _ = try remindOfWindows(on: date, in: tx, at: noon, zone: .shanghai)
                }
                try await advanceJobs(noticeJobs(zone: .shanghai), on: database, clock: clock)
                let reminded = try await count("notices_notices WHERE kind = 'window-ending'", database)
                #expect(reminded == (day == "2026-10-16" ? 0 : 2), "\(day)")
            }
        }
    }

    /// The figure of docs/benchmarks.md: `JIANMIAN_FIGURES=FILE swift test --filter tenThousandCustomers`.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["JIANMIAN_FIGURES"] != nil))
    func tenThousandCustomers() async throws {
        let file = try #require(ProcessInfo.processInfo.environment["JIANMIAN_FIGURES"])
        try await withDatabases(houseMigrations) { database in
            let customers = try await addCustomers(10_000, to: database)
            try await sign(customers[...], database)
            let version = try await publishNext(database)
            let act = try staff([.legal])
            _ = try await database.write { tx throws(Fault) in try announceVersion(version, by: act, in: tx, at: noon) }
            let start = ContinuousClock.now
            let batches = try await advanceJobs(noticeJobs(zone: .shanghai), on: database, clock: MovableClock(standingAt: noon))
            let told = ContinuousClock.now
            for _ in 0..<100 {
                _ = try await database.read { tx throws(Fault) in
                    (try listNotices(of: customers[7], in: tx), try unreadNotices(of: customers[7], in: tx))
                }
            }
            let read = ContinuousClock.now
            for _ in 0..<100 { _ = try await database.read { tx throws(Fault) in try whatHappened(to: customers[7], in: tx) } }
            let seen = ContinuousClock.now
            let line = """
                \(database.engine.rawValue): 10,000 customers announced in \(told - start) (\(batches) batches); \
                box \((read - told) / 100); timeline \((seen - read) / 100)\n
                """
            let before = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
            try (before + line).write(toFile: file, atomically: true, encoding: .utf8)
            let notices = try await count("notices_notices", database)
            #expect(notices == 10_000)
        }
    }

    /// Version 1 a day before noon, signed by both at that time.
    private func sign(_ customers: ArraySlice<CustomerID>, _ database: any Database) async throws(Fault) {
        let before = noon.adding(seconds: -86_400)
        let customers = Array(customers)
        try await database.write { tx throws(Fault) in
            let version = try ensureFirstVersion(.standard(provider), in: tx, at: before)
            for (index, customer) in customers.enumerated() {
                try tx.execute(
                    """
                    INSERT INTO agreement_agreements (id, customer, number, version, document, fingerprint, prepared_at, in_force_at)
                    VALUES ($1, $2, $3, $4, $5, $5, $6, $6)
                    """,
                    [
                        .text("a\(index)"), .id(customer), .text("JM-\(index)"), .id(version.id),
                        .blob(Array(repeating: 0, count: 32)), .time(before),
                    ])
            }
        }
    }

    private func publishNext(_ database: any Database) async throws(Fault) -> VersionID {
        let act = try staff([.legal])
        return try await database.write { tx throws(Fault) in
            let first = try ensureFirstVersion(.standard(provider), in: tx, at: noon)
            var content = DraftContent(first)
            content.terms.warrantyYears = 2
            content.summary = Wording(zh: "保修改为两年。", en: "Warranty becomes two years.")
            let draft = try draftVersion(.random(), content, by: act, in: tx, at: noon)
            return try publishVersion(draft.id, revision: draft.revision, by: act, in: tx, at: noon).id
        }
    }
}

private let provider = ProviderParty(
    name: "见面通信有限公司", legalRepresentative: "王建国", address: "北京市海淀区中关村大街1号", phone: "010-12345678",
    uscc: "91110000600037341L", website: "https://jianmian.example")
