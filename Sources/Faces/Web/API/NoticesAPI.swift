import Basics
import Customers
import Hummingbird
import Notices
import Storage

/// The box of notices, and announcements to everybody.
struct NoticesAPI: Sendable {
    let parts: WebParts

    private struct Item: Encodable {
        var id: String
        var position: Int64
        var kind: String
        var title: String
        var body: String
        var clause: Int?
        var at: Int64
        var readAt: Int64?
    }

    private struct Page: Encodable {
        var unread: Int
        var notices: [Item]
        var next: String?
    }

    private struct Word: Encodable {
        var id: String
        var position: Int64
        var kind: String
        var title: String
        var body: String
        var publishedAt: Int64
    }

    private struct Words: Encodable {
        var announcements: [Word]
        var next: String?
    }

    func add(to api: RouterGroup<WebContext>) {
        api.get("me/notices") { request, _ in try await list(request) }
        api.post("me/notices/read") { request, _ in try await read(request) }
        api.get("announcements") { request, _ in try await announcements(request) }
    }

    private func list(_ request: Request) async throws -> Response {
        let holder = try await parts.holder(request)
        let (before, limit) = try Self.page(request)
        let (notices, unread) = try await parts.services.database.read { tx throws(Fault) in
            (
                try listNotices(of: holder.customer.id, before: before, limit: limit, in: tx),
                try unreadNotices(of: holder.customer.id, in: tx)
            )
        }
        let reader = parts.reader(request, holder)
        let items = notices.map { notice in
            let words = NoticeWords(notice, reader)
            return Item(
                id: notice.id.rawValue, position: notice.position, kind: notice.kind.rawValue, title: words.title,
                body: words.body, clause: notice.clause, at: notice.at.milliseconds, readAt: notice.readAt?.milliseconds)
        }
        let next = notices.count == limit ? notices.last.map { "\($0.position)" } : nil
        return try JSONBody.response(Page(unread: unread, notices: items, next: next))
    }

    /// Everything up to the newest that was on the page.
    private func read(_ request: Request) async throws -> Response {
        let holder = try await parts.holder(request)
        var body = try await parts.body(request)
        let position = try body.integer("upTo")
        try body.finish()
        let now = parts.services.clock.now()
        try await parts.services.database.write { tx throws(Fault) in
            _ = try markNoticesRead(upTo: position, of: holder.customer.id, in: tx, at: now)
        }
        return noContent()
    }

    private func announcements(_ request: Request) async throws -> Response {
        let (before, limit) = try Self.page(request)
        let reader = parts.reader(request, nil)
        let found = try await parts.services.database.read { tx throws(Fault) in
            try listAnnouncements(before: before, limit: limit, in: tx)
        }
        let words = found.map { one in
            Word(
                id: one.id.rawValue, position: one.position, kind: one.kind.rawValue, title: reader.say(one.title),
                body: reader.say(one.body), publishedAt: one.publishedAt.milliseconds)
        }
        return try JSONBody.response(
            Words(announcements: words, next: found.count == limit ? found.last.map { "\($0.position)" } : nil))
    }

    static func page(_ request: Request) throws(Fault) -> (before: Int64?, limit: Int) {
        let query = request.uri.queryParameters
        var before: Int64?
        if let text = query["before"] {
            guard let number = Int64(text) else { throw Fault.field("before", "is not a position") }
            before = number
        }
        guard let limit = query["limit"].map({ Int($0) }) ?? 20, (1...50).contains(limit) else {
            throw Fault.field("limit", "is not between 1 and 50")
        }
        return (before, limit)
    }
}
