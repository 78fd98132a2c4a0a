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
    /// Days overdue after which the service may be suspended at the earliest (电信条例, art. 34).
    public static let lawfulDaysToSuspension: Int64 = 30
    /// Days of suspension after which the agreement may be ended at the earliest (the same article).
    public static let lawfulDaysToTermination: Int64 = 60
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
    /// Days before the last day for an answer on which the staff is reminded, the last one first: what is late is reminded of once.
    public static let disputeReminderDays: [Int64] = [0, 3]
    /// Accounts that one transaction of a bill run or of the ladder's sweep handles: as many as take less than a tenth of a second, because charging
    /// waits for it.
    public static let accountsPerStep = 200
    /// Accounts, disputes or lines of a bank statement that one transaction handles one by one.
    public static let singlesPerStep = 50
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
    /// Waiting work of one kind that is counted one by one; more is only "more".
    public static let countedWork = 100
    /// Accounts that the report of arrears by age looks at, the overdue first; more are only counted.
    public static let arrearsAccounts = 20_000
    /// Minutes in which a customer may pay after asking to.
    public static let intentMinutes: Int64 = 30
    /// Bytes of an intent's name.
    public static let intentIDBytes = 56
    /// Bytes of an event of a payment provider, of its id and reference, and of the header with its signatures.
    public static let eventBytes = 16 * 1024
    /// Bytes of the provider's own name for an event.
    public static let eventIDBytes = 120
    /// Bytes of the header with the signatures.
    public static let signatureBytes = 1_024
    /// How old an event's signature may be, or how far ahead of our clock.
    public static let eventAgeSeconds: Int64 = 300
    /// The last second that a signature's time may name: the end of the year 9999.
    public static let latestSecond: Int64 = 253_402_300_799
    /// Secrets of one provider that are good at a time.
    public static let secretsPerProvider = 4
    /// Bytes of a provider's secret.
    public static let secretBytes = 24...128
    /// Bytes of a bank statement.
    public static let statementBytes = 5 * 1024 * 1024
    /// Lines of a bank statement.
    public static let statementLines = 20_000
    /// Wrong lines of a statement that are named; more are only counted.
    public static let wrongLines = 20
    /// Bytes of one field of a statement.
    public static let statementFieldBytes = 200
    /// Days after which a bank statement forgets its payers: three years, in which somebody may claim their money back (民法典, art. 188).
    public static let payerDays: Int64 = 1_096
    /// Bytes of the name of a statement's file.
    public static let fileNameBytes = 200
    /// What a day's calls must cost to be abnormal at all.
    public static let abnormalDayAtLeast = Money(yuan: 20)
    /// What a month's calls must cost to be abnormal at all.
    public static let abnormalMonthAtLeast = Money(yuan: 50)
    /// How many times the average is abnormal (电信条例, art. 33).
    public static let abnormalTimes: Int64 = 5
    /// Months of the average.
    public static let abnormalMonths: Int64 = 3
    /// Lines whose payers one step erases.
    static let payersPerStep = 500
    /// Transactions of the books that one step adds to the sums of the trial balance.
    static let transactionsPerSum = 5_000
}
