public import Customers

/// A notice to be given. The key names the event that it tells of, such as `invoice:ZD-2026-000001`.
public struct NewNotice: Sendable, Equatable {
    /// Whom to tell.
    public var customer: CustomerID
    /// What.
    public var kind: NoticeKind
    /// With what.
    public var parameters: [String: String]
    /// Under which clause; nil for that of the kind.
    public var clause: Int?
    /// The event.
    public var key: String

    /// A notice to be given.
    public init(_ customer: CustomerID, _ kind: NoticeKind, _ parameters: [String: String] = [:], clause: Int? = nil, key: String)
    {
        self.customer = customer
        self.kind = kind
        self.parameters = parameters
        self.clause = clause
        self.key = key
    }
}
