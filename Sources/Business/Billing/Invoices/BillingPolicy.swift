/// What the provider decides about invoices beyond the agreement.
public struct BillingPolicy: Sendable, Equatable {
    /// Days from the invoice to its due date.
    public var daysToPay: Int64
    /// The tax on calls.
    public var usageTax: TaxRule
    /// What payments go to.
    public var order: [AllocationTarget]

    /// A policy.
    public init(
        daysToPay: Int64 = 15, usageTax: TaxRule = .service, order: [AllocationTarget] = AllocationTarget.standardOrder
    ) {
        self.daysToPay = min(max(daysToPay, 0), BillingLimits.longestDaysToPay)
        self.usageTax = usageTax
        self.order = order
    }

    /// Fifteen days to pay, 6 % inside the price of a call.
    public static let standard = BillingPolicy()
}
