public import Basics
public import Customers

/// A notice on its way out of the house. It names the customer by id only: whoever delivers it asks for the address where it may.
public struct NoticeMessage: Sendable, Equatable {
    /// The notice; its id is that of the message, the same on every try.
    public let notice: Notice
    /// The language to write in.
    public let language: Language

    /// Makes a message.
    public init(notice: Notice, language: Language) {
        self.notice = notice
        self.language = language
    }
}

/// A one-time code on its way to the person who is to type it. It is never stored in the database.
public struct CodeMessage: Sendable, Equatable {
    /// What the code is for.
    public enum Use: String, Sendable {
        /// To sign the agreement without a key of one's own (clause 17).
        case signing
        /// To prove a telephone number.
        case phoneNumber = "phone-number"
    }

    /// The message's id.
    public let id: Identifier<CodeMessage>
    /// Whom it is for.
    public let customer: CustomerID
    /// Where to: the contact phone that the customer gave.
    public let destination: String
    /// The code.
    public let code: String
    /// What it is for.
    public let use: Use
    /// The language to write in.
    public let language: Language
    /// When it stops being good.
    public let expiresAt: Timestamp

    /// Makes a message.
    public init(
        id: Identifier<CodeMessage> = .random(), customer: CustomerID, destination: String, code: String, use: Use,
        language: Language, expiresAt: Timestamp
    ) {
        self.id = id
        self.customer = customer
        self.destination = destination
        self.code = code
        self.use = use
        self.language = language
        self.expiresAt = expiresAt
    }
}

/// A way by which notices and codes reach customers beside the box in their account: an SMS gateway, a mail service, by ``WebhookDelivery``.
public protocol NoticeDelivery: Sendable {
    /// Hands a notice over; throws when it was not taken, and the outbox tries again later. The same message may come twice: after a
    /// crash nobody knows whether it was taken.
    func deliver(_ message: NoticeMessage, at now: Timestamp) async throws(Fault)
    /// Hands a code over at once; it is not tried again, the person asks for another one.
    func deliver(_ message: CodeMessage, at now: Timestamp) async throws(Fault)
}

/// Sends a one-time code. Codes do not wait in the outbox: one that comes late is of no use, and none is stored.
public func deliverCode(_ message: CodeMessage, by delivery: any NoticeDelivery, at now: Timestamp) async throws(Fault) {
    try await delivery.deliver(message, at: now)
}
