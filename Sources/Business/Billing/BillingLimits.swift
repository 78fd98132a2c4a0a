// The room's limits on everything from outside, each with a name.

/// Limits of the books.
public enum BillingLimits {
    /// Entries of one transaction.
    public static let entriesPerTransaction = 100
    /// Findings that a verification lists by name; more are only counted.
    public static let findings = 100
}
