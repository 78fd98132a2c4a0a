public import Basics
public import Customers

/// The id of a notice.
public typealias NoticeID = Identifier<Notice>

/// Something the provider tells one customer. It stands in the customer's box and goes out by the delivery that the provider has set up.
public struct Notice: Sendable, Equatable {
    /// The id.
    public let id: NoticeID
    /// Its place in the order of notices; pages go by it.
    public let position: Int64
    /// Whom it is for.
    public let customer: CustomerID
    /// What it tells.
    public let kind: NoticeKind
    /// Values for its words.
    public let parameters: [String: String]
    /// The clause it rests on.
    public let clause: Int?
    /// When.
    public let at: Timestamp
    /// When the customer opened it; nil while it is unread. Nothing depends on it: what the agreement counts is when it was given.
    public let readAt: Timestamp?
}
