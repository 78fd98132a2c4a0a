public import Basics
public import Charging

/// Names an intent; whoever asks for it makes the name, so that a repeat is known.
public typealias PaymentIntentID = Identifier<PaymentIntent>

/// A payment that a customer is about to make through a payment provider. It is no money yet: only the provider's signed event is.
public struct PaymentIntent: Sendable, Equatable {
    /// How far it is.
    public enum State: String, Sendable, CaseIterable {
        /// The customer was sent to the provider.
        case requested
        /// The provider says that the money is there.
        case paid
        /// The provider says that it failed, or that it was taken back.
        case failed
        /// Nothing was heard in time. Money that comes later is still taken.
        case expired
    }

    /// The name.
    public let id: PaymentIntentID
    /// The account.
    public let account: AccountID
    /// How much.
    public let amount: Money
    /// The payment provider's name.
    public let provider: String
    /// How far it is.
    public let state: State
    /// When it was asked for.
    public let createdAt: Timestamp
    /// Until when the customer may pay.
    public let expiresAt: Timestamp
}
