public import Basics
public import Storage

/// A page of announcements, newest first. The next page begins `before` the position of the last one of this page.
public func listAnnouncements(
    before position: Int64? = nil, limit: Int = 20, in tx: any Transaction
) throws(Fault) -> [Announcement] {
    let limit = min(max(limit, 1), NoticesLimits.announcementsPerPage)
    return try AnnouncementStore.list(before: position ?? .max, limit: limit, in: tx)
}

/// One announcement; throws `notices.announcement-unknown` when there is none.
public func announcement(_ id: AnnouncementID, in tx: any Transaction) throws(Fault) -> Announcement {
    guard let announcement = try AnnouncementStore.find(id, in: tx) else {
        throw Fault(.unknownAnnouncement, "there is no such announcement")
    }
    return announcement
}
