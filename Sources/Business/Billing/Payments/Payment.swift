public import Basics
public import Charging
public import Lines

/// Names a payment; whoever reports it makes the name, so that a repeat is known.
public typealias PaymentID = Identifier<Payment>

/// A payment or a granted credit as it was recorded and what it went to at that time.
public struct Payment: Sendable, Equatable {
    /// How money came.
    public enum Method: String, Sendable, CaseIterable {
        /// By bank transfer.
        case bank
        /// In cash.
        case cash
        /// Through a payment provider.
        case provider
        /// Not money: a credit that the provider granted.
        case credit
    }

    /// The name.
    public let id: PaymentID
    /// The account.
    public let account: AccountID
    /// How much.
    public let amount: Money
    /// The day of payment.
    public let on: BusinessDate
    /// How it came.
    public let method: Method
    /// The bank's or the payment provider's reference.
    public let reference: String
    /// What of it went to costs.
    public let toCosts: Money
    /// What went to penalties.
    public let toPenalty: Money
    /// What went to invoices.
    public let toPrincipal: Money
    /// What is on deposit.
    public let toDeposit: Money
    /// Whether it was taken back, because it bounced.
    public let isReversed: Bool
}

/// What recording a payment did.
public struct PaymentOutcome: Sendable, Equatable {
    /// The payment.
    public let payment: Payment
    /// Holds that it lifted; empty for a repeat.
    public let lifted: [Hold]
    /// False where the payment had been recorded before.
    public let isNew: Bool
}

/// A payment to record.
public struct PaymentRequest: Sendable {
    /// The name, made by the asker.
    public var id: PaymentID
    /// The account.
    public var account: AccountID
    /// How much, in whole fen.
    public var amount: Money
    /// The currency by ISO 4217; only CNY is taken.
    public var currency: String
    /// The day on which the customer paid; nil for today.
    public var on: BusinessDate?
    /// How it came.
    public var method: Payment.Method
    /// The bank's or the payment provider's reference.
    public var reference: String

    /// A request.
    public init(
        id: PaymentID, account: AccountID, amount: Money, currency: String = "CNY", on: BusinessDate? = nil,
        method: Payment.Method = .bank, reference: String = ""
    ) {
        self.id = id
        self.account = account
        self.amount = amount
        self.currency = currency
        self.on = on
        self.method = method
        self.reference = reference
    }
}
