public import Basics
public import Customers

/// The id of a line.
public typealias LineID = Identifier<Line>

/// A number in service: whose it is and which account pays for it. It rings every device that is signed in to it.
public struct Line: Sendable, Equatable {
    /// The id; the number may change, this stays.
    public let id: LineID
    /// The number.
    public let number: PhoneNumber
    /// Whose line it is.
    public let customer: CustomerID
    /// The id of the account that pays. Charging owns accounts and comes later in the house, so here it is text.
    public let account: String
    /// When it was opened.
    public let openedAt: Timestamp
    /// When it ended; nil while it is in service.
    public let endedAt: Timestamp?
}
