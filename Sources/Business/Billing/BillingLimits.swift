public import Basics

// The room's limits on everything from outside, each with a name.

/// Limits of the books, of invoices and of payments.
public enum BillingLimits {
    /// Entries of one transaction.
    public static let entriesPerTransaction = 100
    /// Findings that a verification lists by name; more are only counted.
    public static let findings = 100
    /// The highest penalty of a day in thousandths of a per mille: a tenth of the debt.
    public static let highestPenaltyRate: Int64 = 100_000
    /// Days between the notice of a step of the arrears ladder and the step.
    public static let noticeDays: Int64 = 7
    /// Days from an invoice to its due date, at most.
    public static let longestDaysToPay: Int64 = 90
    /// Bytes of a charge's id.
    public static let chargeIDBytes = 120
    /// Bytes of a charge's name in one language.
    public static let nameBytes = 200
    /// Charges other than calls on one invoice.
    public static let chargesPerInvoice = 500
    /// The highest single payment.
    public static let highestPayment = Money(yuan: 100_000_000)
    /// How many days a payment may lie back when it is recorded.
    public static let backdatingDays: Int64 = 400
    /// Bytes of a reference, such as a bank's.
    public static let referenceBytes = 200
    /// Bytes of what a customer writes in a dispute, and of an answer to it.
    public static let disputeTextBytes = 4_000
    /// Disputes of one account that may be open at a time.
    public static let openDisputes = 20
    /// Days in which a dispute is answered (电信用户申诉处理办法).
    public static let disputeDays: Int64 = 15
    /// Accounts that one transaction of a bill run or of the ladder's sweep handles.
    public static let accountsPerStep = 50
    /// Calls on one page of the detailed list.
    public static let callPage = 200
    /// Invoices on one page.
    public static let invoicePage = 100
    /// Months in which something done once and forgotten is still invoiced.
    public static let forgottenMonths: Int64 = 12
    /// Calls that the evidence of a dispute lists by name; more are only counted.
    public static let callsInEvidence = 200
    /// Accounts, payments or disputes on one page of the staff.
    public static let accountPage = 50
    /// Entries of the books on one page.
    public static let ledgerPage = 100
    /// Months that a report shows at most.
    public static let reportMonths: Int64 = 36
}
