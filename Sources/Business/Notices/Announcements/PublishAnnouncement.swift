public import Access
public import Agreement
public import Basics
public import Storage

/// An announcement to be published.
public struct NewAnnouncement: Sendable, Equatable {
    /// The id, made by whoever publishes: a repeat is one announcement.
    public var id: AnnouncementID
    /// What it is about.
    public var kind: Announcement.Kind
    /// The title.
    public var title: Wording
    /// The text.
    public var body: Wording

    /// Makes one.
    public init(id: AnnouncementID = .random(), kind: Announcement.Kind, title: Wording, body: Wording) {
        self.id = id
        self.kind = kind
        self.title = title
        self.body = body
    }
}

/// Publishes an announcement for everybody to read, signed in or not. It stays as it is from then on.
public func publishAnnouncement(
    _ new: NewAnnouncement, by act: StaffAct, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Announcement {
    try act.require(.announce)
    return try announce(new, by: act.actor, purpose: act.purpose, in: tx, at: now)
}

/// Announcements that another act of the staff brings with it, such as publishing a version.
func announce(
    _ new: NewAnnouncement, by actor: String, purpose: String?, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Announcement {
    var checked = new
    checked.title = try checkedWording(new.title, NoticesLimits.titleBytes)
    checked.body = try checkedWording(new.body, NoticesLimits.bodyBytes)
    guard let announcement = try AnnouncementStore.insert(checked, by: actor, at: now, in: tx) else {
        guard let there = try AnnouncementStore.find(new.id, in: tx), there.kind == checked.kind, there.title == checked.title,
            there.body == checked.body
        else { throw Fault(.announcementConflict, "the id was used for another announcement") }
        return there
    }
    try appendJournal(
        JournalEntry(
            at: now, actor: actor, action: "announcement.published", subject: "announcement:\(new.id)",
            clause: new.kind == .agreement ? 15 : nil,
            after: journalState(["kind": .text(new.kind.rawValue), "purpose": .optional(purpose)])),
        in: tx)
    return announcement
}
