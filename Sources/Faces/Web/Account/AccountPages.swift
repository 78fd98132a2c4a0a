import Basics
import Customers
import Hummingbird
import Lines
import Notices
import Storage

/// The customer's own pages around the account: sign-in and password, identity check, notices; and announcements to everybody.
struct AccountPages: Sendable {
    let parts: WebParts

    func add(to router: Router<WebContext>) {
        router.get("account/security") { request, _ in try await parts.answer(.security, to: request) }
        router.get("identity") { request, _ in
            try await parts.answer(.identity, to: request) { reader in try await identity(reader) }
        }
        router.get("notices") { request, _ in
            try await parts.answer(.notices, to: request) { reader in try await notices(request, reader) }
        }
        router.get("announcements") { request, _ in
            try await parts.answer(.announcements, to: request) { reader in try await announcements(reader) }
        }
    }

    private func identity(_ reader: PageReader) async throws -> [String: Any] {
        guard let holder = reader.holder else { return [:] }
        var model = try await IdentityModel.read(holder.customer.id, parts, reader)
        guard let line = holder.line else { return model }
        let holds = try await parts.services.database.read { tx throws(Fault) in
            try HoldNotice.read(line.id, in: tx).filter { $0.hold.kind == .identity }
        }
        model["holds"] = holds.map { $0.model(reader) }
        return model
    }

    private func notices(_ request: Request, _ reader: PageReader) async throws -> [String: Any] {
        guard let holder = reader.holder else { return [:] }
        let (before, limit) = try NoticesAPI.page(request)
        let (notices, unread) = try await parts.services.database.read { tx throws(Fault) in
            (
                try listNotices(of: holder.customer.id, before: before, limit: limit, in: tx),
                try unreadNotices(of: holder.customer.id, in: tx)
            )
        }
        let items = notices.map { notice -> [String: Any] in
            let words = NoticeWords(notice, reader)
            var item: [String: Any] = [
                "id": notice.id.rawValue, "title": words.title, "body": words.body, "when": reader.moment(notice.at),
                "unread": notice.readAt == nil, "link": words.link,
            ]
            if let clause = notice.clause { item["clause"] = reader.text("notices.clause", ["clause": "\(clause)"]) }
            return item
        }
        var model: [String: Any] = [
            "noticesLine": unread > 0 ? reader.text("notices.unread", ["count": "\(unread)"]) : reader.text("notices.lineNone"),
            "notices": items, "hasNotices": !items.isEmpty, "hasUnread": unread > 0,
            "newest": notices.first.map { "\($0.position)" } ?? "0",
        ]
        if notices.count == limit, let last = notices.last { model["more"] = "/notices?before=\(last.position)" }
        return model
    }

    private func announcements(_ reader: PageReader) async throws -> [String: Any] {
        let found = try await parts.services.database.read { tx throws(Fault) in try listAnnouncements(limit: 50, in: tx) }
        let items = found.map { one -> [String: Any] in
            [
                "id": one.id.rawValue, "day": reader.day(one.publishedAt), "title": reader.say(one.title),
                "kind": reader.text("announcements.kind.\(one.kind.rawValue)"),
                "paragraphs": reader.say(one.body).split(separator: "\n").map(String.init),
            ]
        }
        let line = found.first.map { reader.text("announcements.line", ["title": reader.say($0.title)]) }
        return [
            "announcements": items, "hasAnnouncements": !items.isEmpty,
            "announcementsLine": line ?? reader.text("announcements.lineNone"),
        ]
    }
}

extension PageFrame {
    static let security = PageFrame(name: "security", template: "account/security", title: "title.security", audience: .customer)
    static let identity = PageFrame(name: "identity", template: "account/identity", title: "title.identity", audience: .customer)
    static let notices = PageFrame(name: "notices", template: "notices/notices", title: "title.notices", audience: .customer)
    static let announcements = PageFrame(
        name: "announcements", template: "notices/announcements", title: "title.announcements", audience: .everybody)
}
