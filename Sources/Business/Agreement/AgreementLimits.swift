// The room's limits on everything from outside, each with a name.

/// The limits of agreements, their texts and their files.
public enum AgreementLimits {
    /// Bytes of one wording: a clause, the preamble, the closing.
    public static let wordingBytes = 20_000
    /// Bytes of a title or a summary.
    public static let headingBytes = 2_000
    /// Bytes of one of the provider's blanks.
    public static let blankBytes = 400
    /// Years of warranty that can be meant.
    public static let warrantyYears = 0...30
    /// Months of any term that can be meant.
    public static let months = 0...60
    /// The largest penalty that can be meant: a tenth a day.
    public static let latePaymentRate = DailyRate(perMille: 100)
}
