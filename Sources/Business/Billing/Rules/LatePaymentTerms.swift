/// What the agreement says about paying late (clause 5), as it was when the invoice was made.
public struct LatePaymentTerms: Hashable, Sendable {
    /// The penalty of a day in thousandths of a per mille: 3‰ are 3,000. So every sensible rate is a whole number.
    public let ratePerMilleThousandths: Int64
    /// Calendar months after the due date until the service may be suspended.
    public let monthsUntilSuspension: Int64
    /// Calendar months after the due date until it may be terminated.
    public let monthsUntilTermination: Int64

    /// Terms. The agreement's own check refuses impossible sets; here negative values count as none.
    public init(ratePerMilleThousandths: Int64, monthsUntilSuspension: Int64, monthsUntilTermination: Int64) {
        self.ratePerMilleThousandths = min(max(ratePerMilleThousandths, 0), BillingLimits.highestPenaltyRate)
        self.monthsUntilSuspension = max(monthsUntilSuspension, 0)
        self.monthsUntilTermination = max(monthsUntilTermination, self.monthsUntilSuspension)
    }

    /// 3‰ a day, suspended after one month, terminated after three (电信条例, art. 34).
    public static let standard = LatePaymentTerms(
        ratePerMilleThousandths: 3_000, monthsUntilSuspension: 1, monthsUntilTermination: 3)
}
