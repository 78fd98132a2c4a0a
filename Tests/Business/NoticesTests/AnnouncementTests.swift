import Access
import Agreement
import Basics
import Notices
import Storage
import StorageTestSupport
import Testing

@Suite("Announcements, on both engines")
struct AnnouncementTests {
    @Test func anAnnouncementIsPublishedOnceAndReadByEverybody() async throws {
        try await withDatabases(houseMigrations) { database in
            let new = announcement("1", "周末维护")
            let first = try await publish(new, [.customerService], database)
            #expect(try await publish(new, [.customerService], database) == first)
            await #expect(throws: Fault(.announcementConflict, "")) {
                try await publish(announcement("1", "别的"), [.customerService], database)
            }
            _ = try await publish(announcement("2", "新价目"), [.legal], database)
            let listed = try await database.read { tx throws(Fault) in try listAnnouncements(in: tx) }
            #expect(listed.map(\.title.zh) == ["新价目", "周末维护"])
            let next = try await database.read { tx throws(Fault) in try listAnnouncements(before: listed[0].position, in: tx) }
            #expect(next.map(\.id) == [first.id])
            #expect(try await count("journal WHERE action = 'announcement.published'", database) == 2)
            await #expect(throws: Fault(.unknownAnnouncement, "")) {
                try await database.read { tx throws(Fault) in try Notices.announcement(AnnouncementID(trusted: "x"), in: tx) }
            }
        }
    }

    @Test func onlyStaffWhoAnnounceAnnounce() async throws {
        try await withSQLite(houseMigrations) { database in
            await #expect(throws: Fault(.staffMayNot, "")) {
                try await publish(announcement("1", "价"), [.billing, .auditor], database)
            }
        }
    }

    @Test(arguments: [
        ("", "text"), (" \n", "text"), ("title", ""), (String(repeating: "长", count: 101), "text"),
        ("title", String(repeating: "x", count: 20_001)), ("bell\u{7}", "text"),
    ])
    func whatIsNoTextIsRefused(_ title: String, _ body: String) async throws {
        try await withSQLite(houseMigrations) { database in
            let new = NewAnnouncement(
                kind: .general, title: Wording(zh: "好", en: title), body: Wording(zh: "好", en: body))
            await #expect(throws: Fault(.announcementText, "")) { try await publish(new, [.legal], database) }
        }
    }

    private func announcement(_ id: String, _ title: String) -> NewAnnouncement {
        NewAnnouncement(
            id: AnnouncementID(trusted: id), kind: .maintenance, title: Wording(zh: title, en: "Works"),
            body: Wording(zh: "两行\n文字", en: "Two lines\nof text"))
    }

    private func publish(
        _ new: NewAnnouncement, _ roles: Set<Role>, _ database: any Database
    ) async throws(Fault) -> Announcement {
        let act = try staff(roles)
        return try await database.write { tx throws(Fault) in try publishAnnouncement(new, by: act, in: tx, at: noon) }
    }
}
