public import Basics
public import Charging

/// Calls of a day or a month that suddenly cost more than five times the average of the last three months (电信条例, art. 33).
public struct AbnormalFee: Sendable, Equatable {
    /// What was compared.
    public enum Kind: String, Sendable, CaseIterable {
        /// One day, with an average day.
        case day
        /// The month so far, with an average month.
        case month
    }

    /// The account.
    public let account: AccountID
    /// The day, or the first day of the month.
    public let on: BusinessDate
    /// What was compared.
    public let kind: Kind
    /// What the calls had cost when it was found.
    public let amount: Money
    /// The average of the last three months.
    public let average: Money
    /// When it was found, and the customer told.
    public let foundAt: Timestamp
    /// Who of the staff has taken note of it; nil for nobody yet.
    public let acknowledgedBy: String?
}
