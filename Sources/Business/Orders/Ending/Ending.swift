public import Agreement
public import Basics
public import Customers

/// The id of an ending, made by the page that asks for it.
public typealias EndingID = Identifier<Ending>

/// A customer stops, or the provider has ended the service for arrears: all fees are settled, then it is over (clauses 5, 11 and 15).
///
///     requested → settling → paid → ended
///     requested, settling → withdrawn
public struct Ending: Sendable, Equatable {
    /// Where it stands.
    public enum State: String, Sendable, CaseIterable {
        /// Asked for; the service goes on to the wished day.
        case requested
        /// The service has stopped; the final invoice is being settled.
        case settling
        /// Nothing is owed any more.
        case paid
        /// The lines, the agreement and the sign-in have ended.
        case ended
        /// The customer stays.
        case withdrawn
    }

    /// The id.
    public let id: EndingID
    /// Who stops.
    public let customer: CustomerID
    /// The order that asked for it; nil where it was asked for without one.
    public let order: OrderID?
    /// Why it ends: the customer's wish, a change that the parties could not agree on, arrears.
    public let reason: EndReason
    /// When it was asked for.
    public let requestedAt: Timestamp
    /// The last day of service that the customer wished.
    public let wished: BusinessDate
    /// Where it stands.
    public let state: State
    /// The last day of service, once the service has stopped: rent is charged for it and not after it.
    public let lastDay: BusinessDate?
    /// What was owed when it was last looked at; below zero where the provider owes the customer.
    public let owed: Money?
    /// When the service stopped.
    public let settlingAt: Timestamp?
    /// When nothing was owed any more.
    public let paidAt: Timestamp?
    /// When it ended.
    public let endedAt: Timestamp?
    /// When it was withdrawn.
    public let withdrawnAt: Timestamp?

    /// Whether it is still under way.
    public var isOpen: Bool { state != .ended && state != .withdrawn }
}
