public import Basics

// The room's limits on everything from outside, each with a name.

/// Limits and times of charging.
public enum ChargingLimits {
    /// Seconds of the price that one reservation adds.
    public static let sliceSeconds: Int64 = 30
    /// Calls that one statement reads the rated parts of.
    static let callsPerRead = 50
    /// The longest slice that a caller may ask for, in seconds.
    public static let maximumSliceSeconds: Int64 = 3600
    /// How long an unanswered call's reservation lives, in seconds: the ringing time and some air.
    public static let ringReservationSeconds: Int64 = 120
    /// How long a reservation outlives the end of what it granted, in seconds, before the sweep frees it.
    public static let expiryMarginSeconds: Int64 = 60
    /// The highest credit limit that a customer may choose.
    public static let highestCreditLimit = Money(yuan: 1_000_000)
    /// The credit limit of an account whose customer chose none.
    public static let standardCreditLimit = Money(yuan: 200)
    /// The highest price of a second.
    public static let highestPricePerSecond = Money(yuan: 1000)
    /// Calls on one page of the history.
    public static let historyPage = 200
    /// The longest call in seconds (31 days); longer ones are charged up to it.
    public static let longestCallSeconds: Int64 = 31 * 86_400
    /// Devices written into one call record.
    public static let devicesPerRecord = 16
    /// Bytes of media totals in a call record.
    public static let mediaTotalsBytes = 4096
    /// How far ahead the payer of a call under a tariff is told how long the credit lasts, in seconds: a day.
    public static let outlookSeconds: Int64 = 86_400
    /// Seconds before the end of a grant at which more is asked for; each asks again where the one before failed or brought nothing.
    static let extendMarks: [Int64] = [10, 8, 6, 4, 2]
    /// Seconds before the end of the credit at which the payer of a call is warned.
    static let warnMarks: [Int64] = [60, 10]
    /// How often the payer of a call is told its cost, in seconds.
    static let costIntervalSeconds: Int64 = 5
    /// How long an extension that was asked for late may take, in seconds.
    static let lateAnswerSeconds: Int64 = 1
    /// The share of the limit, in percent, at which the customer is told once a month.
    public static let warningPercent: Int64 = 80
}
