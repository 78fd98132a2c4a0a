public import Agreement
public import Basics

/// The id of an announcement, made by whoever publishes it.
public typealias AnnouncementID = Identifier<Announcement>

/// The provider's public word to everybody (业务公告). Once published it stays as it is; a correction is another announcement.
public struct Announcement: Sendable, Equatable {
    /// What it is about.
    public enum Kind: String, Sendable, CaseIterable {
        /// Anything else.
        case general
        /// A new version or an interpretation of the agreement.
        case agreement
        /// Services and prices.
        case prices
        /// Works on the network.
        case maintenance
    }

    /// The id.
    public let id: AnnouncementID
    /// Its place in the order of announcements; pages go by it.
    public let position: Int64
    /// What it is about.
    public let kind: Kind
    /// The title.
    public let title: Wording
    /// The text, plain, in paragraphs.
    public let body: Wording
    /// When.
    public let publishedAt: Timestamp
}
