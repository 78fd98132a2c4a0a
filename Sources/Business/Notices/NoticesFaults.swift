public import Basics

extension Fault.Code {
    /// There is no such announcement.
    public static let unknownAnnouncement = Fault.Code("notices.announcement-unknown", .notFound)
}
