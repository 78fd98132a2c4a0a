// The room's limits on everything from outside, each with a name.

/// Limits of the books.
public enum BillingLimits {
    /// Entries of one transaction.
    public static let entriesPerTransaction = 100
    /// Findings that a verification lists by name; more are only counted.
    public static let findings = 100
    /// The highest penalty of a day in thousandths of a per mille: a tenth of the debt.
    public static let highestPenaltyRate: Int64 = 100_000
    /// Days between the notice of a step of the arrears ladder and the step.
    public static let noticeDays: Int64 = 7
}
