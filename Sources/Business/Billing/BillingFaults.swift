public import Basics

extension Fault.Code {
    /// The entries do not sum to zero, or there are too few or too many: our own defect, nothing was booked.
    public static let unbalanced = Fault.Code("billing.unbalanced", .defect)
    /// The transaction's id was used for another posting.
    public static let postingReused = Fault.Code("billing.posting-reused", .conflict)
    /// There is no such transaction in the books.
    public static let noPosting = Fault.Code("billing.no-posting", .notFound)
    /// The month is not over.
    public static let monthNotOver = Fault.Code("billing.month-not-over", .conflict)
    /// A call that began in the time to be billed is not settled yet.
    public static let callsRunning = Fault.Code("billing.calls-running", .conflict)
    /// A charge has an amount, an id or a name out of range, or there are too many.
    public static let chargeRefused = Fault.Code("billing.charge-refused", .invalid)
    /// There is no such invoice, or it is another customer's.
    public static let noInvoice = Fault.Code("billing.no-invoice", .notFound)
    /// The amount is not positive, too high, or not in whole fen.
    public static let amountRefused = Fault.Code("billing.amount-refused", .invalid)
    /// The currency is not CNY.
    public static let currencyRefused = Fault.Code("billing.currency-refused", .invalid)
    /// The day lies in the future or too far back.
    public static let dayRefused = Fault.Code("billing.day-refused", .invalid)
    /// The same id came before with other content.
    public static let repeatedDifferently = Fault.Code("billing.repeated-differently", .conflict)
    /// There is no such payment.
    public static let noPayment = Fault.Code("billing.no-payment", .notFound)
    /// More is asked back than is on deposit.
    public static let depositTooSmall = Fault.Code("billing.deposit-too-small", .conflict)
    /// More is credited than the invoice or its line still stands for.
    public static let creditTooHigh = Fault.Code("billing.credit-too-high", .conflict)
    /// A text is missing or too long.
    public static let textRefused = Fault.Code("billing.text-refused", .invalid)
    /// There is no such dispute.
    public static let noDispute = Fault.Code("billing.no-dispute", .notFound)
    /// The dispute was decided already.
    public static let disputeDecided = Fault.Code("billing.dispute-decided", .conflict)
    /// The charge was disputed before.
    public static let disputedBefore = Fault.Code("billing.disputed-before", .conflict)
    /// Nothing, or more than the charge still stands for, is disputed.
    public static let nothingToDispute = Fault.Code("billing.nothing-to-dispute", .invalid)
    /// The account has too many open disputes.
    public static let tooManyDisputes = Fault.Code("billing.too-many-disputes", .limited)
    /// The place at which a list should go on is none.
    public static let placeRefused = Fault.Code("billing.place-refused", .invalid)
    /// A payment provider's name or secret cannot be used.
    public static let paymentSecret = Fault.Code("billing.payment-secret", .invalid)
    /// An event of a payment provider is not signed by it.
    public static let signatureRefused = Fault.Code("billing.signature-refused", .unauthenticated)
    /// An event of a payment provider was signed too long ago, or in the future.
    public static let signatureStale = Fault.Code("billing.signature-stale", .unauthenticated)
    /// An event of a payment provider cannot be understood.
    public static let eventRefused = Fault.Code("billing.event-refused", .invalid)
    /// There is no such payment provider.
    public static let noProvider = Fault.Code("billing.no-provider", .notFound)
    /// A bank statement is too large, not UTF-8 or lacks a column.
    public static let statementRefused = Fault.Code("billing.statement-refused", .invalid)
    /// Lines of a bank statement are wrong; nothing of it was taken.
    public static let linesRefused = Fault.Code("billing.lines-refused", .invalid)
    /// There is no such line of a bank statement.
    public static let noBankLine = Fault.Code("billing.no-bank-line", .notFound)
    /// The line was matched or set aside already.
    public static let lineSettled = Fault.Code("billing.line-settled", .conflict)
    /// There is no such alarm.
    public static let noAlarm = Fault.Code("billing.no-alarm", .notFound)
}
