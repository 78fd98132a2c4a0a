public import Basics
public import Customers

/// Names an account.
public typealias AccountID = Identifier<Account>

/// Who is charged: one per customer, shared by the customer's lines, with the credit limit that the customer chose (clause 9).
public struct Account: Sendable, Equatable {
    /// Its id; the same text stands in each line charged to it.
    public let id: AccountID
    /// Whose it is.
    public let customer: CustomerID
    /// The most that a month's usage may cost.
    public let creditLimit: Money
    /// What open calls hold back at this moment.
    public let reserved: Money
    /// When it was opened.
    public let openedAt: Timestamp
}

/// An account as its owner sees it at one instant.
public struct AccountSummary: Sendable, Equatable {
    /// Which account.
    public let account: AccountID
    /// The month that `used` is of, in the provider's zone.
    public let month: BusinessMonth
    /// The chosen limit.
    public let creditLimit: Money
    /// Charged in this month so far.
    public let used: Money
    /// Held back by open calls.
    public let reserved: Money
    /// What may still be reserved; never below zero, even where the limit was lowered under what is used.
    public let available: Money
}
