public import Agreement
public import Basics
public import Customers
public import Lines

/// The id of an order, made by the page that orders, so that a repeat is the same order.
public typealias OrderID = Identifier<Order>

/// What a customer ordered and the provider confirmed: an annex of the agreement (clause 2). Nothing of it changes but its state and the
/// days on which its items are in service.
public struct Order: Sendable, Equatable {
    /// The id.
    public let id: OrderID
    /// `DD-2026-000001`: numbered without holes within a year.
    public let number: String
    /// Whose order it is.
    public let customer: CustomerID
    /// What was ordered.
    public let content: OrderContent
    /// The monthly credit limit that was chosen with a first line; nil for everything else.
    public let creditLimit: Money?
    /// The items with the prices that were agreed.
    public let items: [OrderItem]
    /// What a second of each kind of call was agreed to cost; empty where the order is not about a plan.
    public let perSecond: [CallKind: Money]
    /// What using the plan was agreed to cost where that is more than a price of a second.
    public let terms: TariffTerms?
    /// The day on which it takes effect; nil where that depends on something else (a verification, an installation).
    public let effectiveOn: BusinessDate?
    /// When it was confirmed.
    public let confirmedAt: Timestamp
    /// The hash of its document.
    public let document: ContentHash
    /// Where it stands.
    public let state: OrderState
    /// Since when it stands there.
    public let stateAt: Timestamp
    /// Why it stands there, where somebody said so.
    public let stateReason: String?

    /// What kind of order it is.
    public var kind: OrderContent.Kind { content.kind }
    /// What is paid once, VAT included.
    public var oneOff: Money { items.reduce(.zero) { $0 + $1.oneOff } }
    /// What is paid each month, VAT included.
    public var monthly: Money { items.reduce(.zero) { $0 + $1.monthly } }
}

/// Where an order stands, in the words of TMF622.
public enum OrderState: String, Sendable, CaseIterable {
    /// Taken in.
    case acknowledged
    /// Waits for something: the identity check and the signatures, a staff member.
    case pending
    /// Staff has stopped it for a reason.
    case held
    /// Is being done: a terminal is on its way, a day is awaited.
    case inProgress
    /// Done.
    case completed
    /// Taken back by the customer before it was done.
    case cancelled
    /// Refused by staff, with a reason.
    case rejected
    /// Could not be done, with a reason.
    case failed

    /// Whether it is over.
    public var isFinal: Bool {
        switch self {
        case .completed, .cancelled, .rejected, .failed: true
        case .acknowledged, .pending, .held, .inProgress: false
        }
    }
}

/// What a customer orders.
public enum OrderContent: Sendable, Equatable {
    /// A line on a number, on a plan, with add-ons, terminals and services.
    case openLine(number: PhoneNumber, plan: CatalogueItemID, extras: [CatalogueItemID])
    /// Another plan for a line, or the same one at today's list price.
    case changePlan(line: LineID, plan: CatalogueItemID, start: PlanStart)
    /// A terminal for a line, bought or rented, with services such as its installation.
    case addTerminal(line: LineID, terminal: CatalogueItemID, services: [CatalogueItemID])
    /// Something more for a line.
    case addAddOn(line: LineID, addOn: CatalogueItemID)
    /// An add-on that a line has no longer.
    case removeAddOn(line: LineID, addOn: CatalogueItemID)
    /// Another credit limit. Charging comes later in the house: the caller changes it there in the same transaction.
    case changeCreditLimit(account: String, limit: Money)
    /// Another number for a line.
    case changeNumber(line: LineID, number: PhoneNumber)
    /// The end of the agreement (clause 11); the day is the last one of service.
    case end(wished: BusinessDate)

    /// The kinds of orders.
    public enum Kind: String, Sendable, CaseIterable {
        /// A line.
        case openLine
        /// Another plan.
        case changePlan
        /// A terminal.
        case addTerminal
        /// An add-on.
        case addAddOn
        /// No add-on any more.
        case removeAddOn
        /// Another credit limit.
        case changeCreditLimit
        /// Another number.
        case changeNumber
        /// The end.
        case end
    }

    /// Its kind.
    public var kind: Kind {
        switch self {
        case .openLine: .openLine
        case .changePlan: .changePlan
        case .addTerminal: .addTerminal
        case .addAddOn: .addAddOn
        case .removeAddOn: .removeAddOn
        case .changeCreditLimit: .changeCreditLimit
        case .changeNumber: .changeNumber
        case .end: .end
        }
    }

    /// The line that it is about; nil for a line that is to be opened and for what concerns the whole customer.
    public var line: LineID? {
        switch self {
        case .changePlan(let line, _, _), .addTerminal(let line, _, _), .addAddOn(let line, _), .removeAddOn(let line, _),
            .changeNumber(let line, _):
            line
        case .openLine, .changeCreditLimit, .end: nil
        }
    }

    /// The number that it asks for.
    public var number: PhoneNumber? {
        switch self {
        case .openLine(let number, _, _), .changeNumber(_, let number): number
        default: nil
        }
    }

    /// The items of the catalogue that it names, the main one first.
    var itemIDs: [CatalogueItemID] {
        switch self {
        case .openLine(_, let plan, let extras): [plan] + extras
        case .changePlan(_, let plan, _): [plan]
        case .addTerminal(_, let terminal, let services): [terminal] + services
        case .addAddOn(_, let addOn), .removeAddOn(_, let addOn): [addOn]
        case .changeCreditLimit, .changeNumber, .end: []
        }
    }
}

/// When a change of plan takes effect.
public enum PlanStart: String, Sendable, CaseIterable {
    /// At once; the day belongs to the new plan.
    case now
    /// At the first instant of the next month in the provider's zone.
    case nextMonth
}

/// One item of an order with its agreed price.
public struct OrderItem: Sendable, Equatable {
    /// 1, 2, 3 …
    public let position: Int
    /// The item.
    public let item: CatalogueItemID
    /// What kind of offer it is.
    public let kind: CatalogueItem.Kind
    /// What it was called.
    public let name: Wording
    /// Paid once, VAT included.
    public let oneOff: Money
    /// Paid each month, VAT included.
    public let monthly: Money
    /// The VAT that is in the prices, in per mille.
    public let taxPermille: Int
    /// The line that it is for; nil before the line is open.
    public let line: LineID?
    /// The first day on which it is in service; nil before.
    public let firstDay: BusinessDate?
    /// The last day on which it is in service; nil while it goes on.
    public let lastDay: BusinessDate?
}
