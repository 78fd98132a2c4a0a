public import Basics

/// A payment provider as the books see it: whoever can say, with a proof, that money came, failed or was taken back. An adapter reads the provider's
/// own format; the rest of the room knows only ``PaymentEvent``.
public protocol PaymentProvider: Sendable {
    /// The name under which its events come, as in `/api/v1/payments/NAME/events`.
    var name: String { get }

    /// Reads what came in. Refuses what the provider did not sign, what is older than ``BillingLimits/eventAgeSeconds``, and what cannot be read.
    /// The headers' names are in small letters.
    func read(_ body: [UInt8], headers: [String: String], at now: Timestamp) throws(Fault) -> PaymentEvent
}

/// What a payment provider says has happened, after its proof was checked.
public struct PaymentEvent: Sendable, Equatable {
    /// What happened.
    public enum Kind: String, Sendable, CaseIterable {
        /// Money came.
        case paid
        /// The customer's attempt failed; no money moved.
        case failed
        /// Money that had come was taken back.
        case bounced
    }

    /// The provider's own name for the event; the same one again changes nothing.
    public let id: String
    /// The provider.
    public let provider: String
    /// What happened.
    public let kind: Kind
    /// Which payment: the name of the intent.
    public let reference: String
    /// How much.
    public let amount: Money
    /// The currency by ISO 4217.
    public let currency: String
    /// The day on which the customer paid; nil for the day on which the event came.
    public let paidOn: BusinessDate?

    /// An event.
    public init(
        id: String, provider: String, kind: Kind, reference: String, amount: Money, currency: String = "CNY",
        paidOn: BusinessDate? = nil
    ) {
        self.id = id
        self.provider = provider
        self.kind = kind
        self.reference = reference
        self.amount = amount
        self.currency = currency
        self.paidOn = paidOn
    }
}

/// What an event did to the books.
public struct PaymentEventOutcome: Sendable, Equatable {
    /// What came of it.
    public enum Result: String, Sendable, CaseIterable {
        /// A payment was recorded.
        case recorded
        /// Money that fits no intent waits for the staff among the unmatched lines.
        case unmatched
        /// The intent failed; no money moved.
        case failed
        /// The payment was taken back.
        case reversed
    }

    /// What came of it.
    public let result: Result
    /// The payment that was recorded or taken back; nil where there is none.
    public let payment: PaymentID?
    /// False where the event had come before.
    public let isNew: Bool
}
