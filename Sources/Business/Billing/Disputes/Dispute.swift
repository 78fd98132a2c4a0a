public import Basics
public import Charging
public import Lines

/// Names a dispute; the customer's device makes it, so that a repeat is known.
public typealias DisputeID = Identifier<Dispute>

/// An objection of a customer to a charge or a penalty (clause 6). What is in dispute is neither asked for nor accrues nor pushes the ladder.
public struct Dispute: Sendable, Equatable {
    /// What it is about.
    public enum Subject: Hashable, Sendable {
        /// A line of the invoice.
        case line(Int)
        /// One call on the invoice.
        case call(CallID)
        /// The penalty on the invoice.
        case penalty
    }

    /// How far it is.
    public enum State: String, Sendable, CaseIterable {
        /// The provider looks into it.
        case investigating
        /// The customer was right.
        case upheld
        /// The customer was right in part.
        case partly
        /// The charge stands; the customer was told why.
        case rejected
        /// It went to the authority or to arbitration; the amount stays held back.
        case escalated
    }

    /// The name.
    public let id: DisputeID
    /// The account.
    public let account: AccountID
    /// The invoice.
    public let invoice: InvoiceID
    /// What it is about.
    public let subject: Subject
    /// How much is in dispute.
    public let amount: Money
    /// What the customer wrote.
    public let text: String
    /// How far it is.
    public let state: State
    /// The day on which it was raised.
    public let raisedOn: BusinessDate
    /// The last day for an answer.
    public let answerDue: BusinessDate
    /// What was gathered when it was raised, as JSON: the line, the calls behind it, their price and their entries.
    public let evidence: String
    /// What the customer was told.
    public let explanation: String?
    /// What was credited.
    public let credited: Money
    /// The day of the decision; nil while it is open.
    public let decidedOn: BusinessDate?

    /// Whether it holds an amount back.
    public var isOpen: Bool { decidedOn == nil }
}

/// A dispute to raise.
public struct DisputeRequest: Sendable {
    /// The name, made by the asker.
    public var id: DisputeID
    /// The account.
    public var account: AccountID
    /// The invoice.
    public var invoice: InvoiceID
    /// What it is about.
    public var subject: Dispute.Subject
    /// How much; nil for all of it.
    public var amount: Money?
    /// What the customer writes.
    public var text: String

    /// A request.
    public init(
        id: DisputeID, account: AccountID, invoice: InvoiceID, subject: Dispute.Subject, amount: Money? = nil, text: String
    ) {
        self.id = id
        self.account = account
        self.invoice = invoice
        self.subject = subject
        self.amount = amount
        self.text = text
    }
}

/// How a dispute is answered.
public enum DisputeOutcome: Hashable, Sendable {
    /// All of it is credited.
    case upheld
    /// So much of it is credited.
    case partly(Money)
    /// The charge stands.
    case rejected
    /// It goes to the authority or to arbitration.
    case escalated
}
