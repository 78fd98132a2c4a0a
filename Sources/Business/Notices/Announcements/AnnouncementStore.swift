internal import Agreement
internal import Basics
internal import Storage

enum AnnouncementStore {
    private static let columns = "position, id, kind, title_zh, title_en, body_zh, body_en, published_at"

    /// Nil when the id is taken.
    static func insert(_ new: NewAnnouncement, by actor: String, at now: Timestamp, in tx: any Transaction) throws(Fault)
        -> Announcement?
    {
        try tx.first(
            """
            INSERT INTO notices_announcements (id, kind, title_zh, title_en, body_zh, body_en, published_at, published_by)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING RETURNING \(columns)
            """,
            [
                .id(new.id), .text(new.kind.rawValue), .text(new.title.zh), .text(new.title.en), .text(new.body.zh),
                .text(new.body.en), .time(now), .text(actor),
            ]
        ).map(read)
    }

    static func find(_ id: AnnouncementID, in tx: any Transaction) throws(Fault) -> Announcement? {
        try tx.first("SELECT \(columns) FROM notices_announcements WHERE id = $1", [.id(id)]).map(read)
    }

    static func list(before position: Int64, limit: Int, in tx: any Transaction) throws(Fault) -> [Announcement] {
        let rows = try tx.query(
            "SELECT \(columns) FROM notices_announcements WHERE position < $1 ORDER BY position DESC LIMIT $2",
            [.integer(position), .integer(Int64(limit))])
        var announcements: [Announcement] = []
        for row in rows { announcements.append(try read(row)) }
        return announcements
    }

    private static func read(_ row: Row) throws(Fault) -> Announcement {
        Announcement(
            id: try row.id("id"), position: try row.integer("position"),
            kind: Announcement.Kind(rawValue: try row.text("kind")) ?? .general,
            title: Wording(zh: try row.text("title_zh"), en: try row.text("title_en")),
            body: Wording(zh: try row.text("body_zh"), en: try row.text("body_en")), publishedAt: try row.time("published_at"))
    }
}
