public import Basics

/// What is owed on one invoice: its charges with tax, without penalties and without what was carried over.
public struct Claim: Hashable, Sendable {
    /// The invoice.
    public let id: InvoiceID
    /// The whole amount, in fen.
    public let amount: Money
    /// The day of the invoice.
    public let issuedOn: BusinessDate
    /// The last day on which it is paid in time.
    public let due: BusinessDate
    /// The terms that were in force for the customer on the day of the invoice.
    public let terms: LatePaymentTerms

    /// A claim.
    public init(id: InvoiceID, amount: Money, issuedOn: BusinessDate, due: BusinessDate, terms: LatePaymentTerms) {
        self.id = id
        self.amount = amount
        self.issuedOn = issuedOn
        self.due = max(due, issuedOn)
        self.terms = terms
    }
}

/// A credit note on a claim: that part was wrong from the beginning, as if it had never been charged.
public struct ClaimCredit: Hashable, Sendable {
    /// The invoice.
    public let claim: InvoiceID
    /// How much less is owed.
    public let amount: Money
    /// The dispute that it settles; nil for a correction that nobody asked for.
    public let dispute: DisputeID?

    /// A credit.
    public init(claim: InvoiceID, amount: Money, dispute: DisputeID? = nil) {
        self.claim = claim
        self.amount = amount
        self.dispute = dispute
    }
}

/// Money for the account: a payment that stands, or a credit granted. A bounced payment is none, as if it had never been.
public struct Receipt: Hashable, Sendable {
    /// The day of payment.
    public let on: BusinessDate
    /// The amount.
    public let amount: Money

    /// A receipt. Those of one day count in the order in which they are given.
    public init(on: BusinessDate, amount: Money) {
        self.on = on
        self.amount = amount
    }
}

/// An amount paid out to the customer, or costs of collection that the customer owes.
public struct DatedAmount: Hashable, Sendable {
    /// The day.
    public let on: BusinessDate
    /// The amount.
    public let amount: Money

    /// An amount of a day.
    public init(on: BusinessDate, amount: Money) {
        self.on = on
        self.amount = amount
    }
}

/// An amount that is held back from claim, penalty and ladder while it is investigated (clause 6).
public struct HeldAmount: Hashable, Sendable {
    /// The dispute.
    public let dispute: DisputeID
    /// The invoice.
    public let claim: InvoiceID
    /// How much of it.
    public let amount: Money
    /// Whether the penalty on the invoice is disputed, and not the invoice.
    public let isPenalty: Bool
    /// The days of the dispute, both ends included; open while it is investigated.
    public let days: DaySpan

    /// An amount in dispute.
    public init(dispute: DisputeID, claim: InvoiceID, amount: Money, isPenalty: Bool = false, days: DaySpan) {
        self.dispute = dispute
        self.claim = claim
        self.amount = amount
        self.isPenalty = isPenalty
        self.days = days
    }
}

/// A penalty on a claim that the provider lets go.
public struct PenaltyRelief: Hashable, Sendable {
    /// The invoice.
    public let claim: InvoiceID
    /// The day.
    public let on: BusinessDate
    /// How much.
    public let amount: Money

    /// A relief.
    public init(claim: InvoiceID, on: BusinessDate, amount: Money) {
        self.claim = claim
        self.on = on
        self.amount = amount
    }
}

/// A claim that the provider gives up with its penalty; penalty and ladder end on that day.
public struct WriteOff: Hashable, Sendable {
    /// The invoice.
    public let claim: InvoiceID
    /// The day.
    public let on: BusinessDate

    /// A write-off.
    public init(claim: InvoiceID, on: BusinessDate) {
        self.claim = claim
        self.on = on
    }
}

/// All that ever happened to an account's money, as far as what it owes goes. What it owes on a day follows from this and from nothing else.
public struct AccountFacts: Sendable, Equatable {
    /// The invoices.
    public var claims: [Claim] = []
    /// Credit notes.
    public var credits: [ClaimCredit] = []
    /// Payments that stand and credits granted.
    public var receipts: [Receipt] = []
    /// Money paid back to the customer.
    public var refunds: [DatedAmount] = []
    /// Costs of collection.
    public var costs: [DatedAmount] = []
    /// Amounts in dispute, now or once.
    public var held: [HeldAmount] = []
    /// Penalties let go.
    public var reliefs: [PenaltyRelief] = []
    /// Claims given up.
    public var writeOffs: [WriteOff] = []
    /// Days of force majeure (clause 14).
    public var stillDays: [DaySpan] = []
    /// Days on which the books were brought up to date though no money moved: those of payments that were taken back.
    public var reckonings: [BusinessDate] = []
    /// What a payment goes to, in this order.
    public var order: [AllocationTarget] = AllocationTarget.standardOrder

    /// An account to which nothing has happened.
    public init() {}
}

/// What money can go to.
public enum AllocationTarget: String, Sendable, CaseIterable {
    /// Costs of collection.
    case costs
    /// Penalties, those of the oldest invoice first.
    case penalty
    /// Invoices, the oldest due date first.
    case principal

    /// Where nothing else is agreed: costs, then interest, then the debt (民法典, art. 561).
    public static let standardOrder: [AllocationTarget] = [.costs, .penalty, .principal]
}
