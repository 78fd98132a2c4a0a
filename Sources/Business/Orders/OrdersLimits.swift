public import Basics

// The room's limits on everything from outside, each with a name.

/// The limits of plans and prices.
public enum OrdersLimits {
    /// The highest price of a second of a call: ¥100.
    public static let pricePerSecond = Money(yuan: 100)
    /// Price changes of one plan that may lie in the future or the past.
    public static let pricesPerPlan = 1_000
    /// Bytes of an account's id.
    public static let accountBytes = 1...64
}
