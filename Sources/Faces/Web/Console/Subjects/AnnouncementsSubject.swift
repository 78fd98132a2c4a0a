import Access
import Agreement
import Basics
import Customers
import Notices
import Storage

/// The provider's public word to everybody.
extension ConsoleSubject {
    static let announcements = ConsoleSubject(
        key: "announcements", permission: .announce, icon: "bell",
        columns: ["title", "announcementKind", "publishedAt"].map { ConsoleColumn($0) },
        filters: [ConsoleFilter(key: "kind", kind: "announcementKind", values: Announcement.Kind.allCases.map(\.rawValue))],
        hasPersonalData: false,
        acts: { _ in [ConsoleOffer(AnnouncementActs.publish)] },
        rows: { desk, _, tx throws(Fault) in
            var (rows, last): ([ConsoleRow], Int64?) = ([], nil)
            while rows.count < ConsoleLimits.listRows {
                let page = try listAnnouncements(before: last, limit: 100, in: tx)
                guard let end = page.last else { break }
                rows += page.map { row($0, desk) }
                last = end.position
            }
            return ConsoleRows(rows)
        },
        sheet: { desk, id, tx throws(Fault) in
            guard let id = AnnouncementID(id) else { throw Fault(.webNotFound, "no such announcement") }
            let one = try announcement(id, in: tx)
            return ConsoleSheet(
                title: desk.words(of: one.title), lead: desk.moment(one.publishedAt),
                badge: desk.badge("announcementKind", one.kind.rawValue),
                sections: [
                    ConsoleSection(
                        key: "announcement",
                        passages: [.init(one.title.zh, text: one.body.zh), .init(one.title.en, text: one.body.en)]),
                    try desk.timeline(of: ["announcement:\(one.id)"], in: tx),
                ])
        })

    private static func row(_ one: Announcement, _ desk: ConsoleDesk) -> ConsoleRow {
        ConsoleRow(
            id: one.id.rawValue, link: "/console/announcements/\(one.id)",
            cells: [
                ConsoleCell(desk.words(of: one.title), value: .object(["zh": .text(one.title.zh), "en": .text(one.title.en)])),
                desk.badge("announcementKind", one.kind.rawValue), desk.cell(one.publishedAt),
            ],
            marks: ["kind": one.kind.rawValue])
    }
}

/// Publishing an announcement.
enum AnnouncementActs {
    static let all = [publish]

    static let publish = ConsoleAct(
        key: "announcements.publish", permission: .announce, path: "announcements",
        fields: [
            ActField("kind", .choice("announcementKind", Announcement.Kind.allCases.map(\.rawValue))),
            ActField("titleZh", .line(400)),
            ActField("titleEn", .line(400)), ActField("bodyZh", .text(ConsoleLimits.textBytes)),
            ActField("bodyEn", .text(ConsoleLimits.textBytes)), ActField("id", .once),
        ], isDangerous: true,
        perform: { desk, act, values in
            guard let id = AnnouncementID(values.text("id")) else { throw Fault.field("id", "is not an id") }
            let new = NewAnnouncement(
                id: id, kind: Announcement.Kind(rawValue: values.text("kind")) ?? .general,
                title: Wording(zh: values.text("titleZh"), en: values.text("titleEn")),
                body: Wording(zh: values.text("bodyZh"), en: values.text("bodyEn")))
            try await desk.services.database.write { tx throws(Fault) in
                _ = try publishAnnouncement(new, by: act, in: tx, at: desk.now)
            }
            return ["next": .text("/console/announcements/\(id)")]
        })
}
