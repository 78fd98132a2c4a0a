public import Agreement
public import Basics

/// The id of something that the provider offers.
public typealias CatalogueItemID = Identifier<CatalogueItem>

/// Something that the provider offers to everybody (clause 2): a plan, a terminal, an add-on, a service. What it is stays as it was
/// published; another offer is another item. What it costs is published beside it, for a date.
public struct CatalogueItem: Sendable, Equatable {
    /// What kind of offer it is.
    public enum Kind: String, Sendable, CaseIterable {
        /// What a line is on: a monthly rent and prices by the second.
        case plan
        /// A terminal that becomes the customer's.
        case terminalSale = "terminal-sale"
        /// A terminal that stays the provider's.
        case terminalRent = "terminal-rent"
        /// Something more for a line, month by month.
        case addOn = "add-on"
        /// Something done once, such as installing a terminal.
        case service
    }

    /// The id. A plan's is that of its prices by the second, too.
    public let id: CatalogueItemID
    /// What kind of offer it is.
    public let kind: Kind
    /// What it is called.
    public let name: Wording
    /// What it is.
    public let description: Wording
    /// The VAT that is in its prices, in per mille: 60 is 6 % (增值税法 art. 10).
    public let taxPermille: Int
    /// The last day on which it is offered; nil while no end is set. Whoever has it keeps it.
    public let offeredUntil: BusinessDate?

    /// Describes an offer.
    public init(
        id: CatalogueItemID, kind: Kind, name: Wording, description: Wording, taxPermille: Int,
        offeredUntil: BusinessDate? = nil
    ) {
        self.id = id
        self.kind = kind
        self.name = name
        self.description = description
        self.taxPermille = taxPermille
        self.offeredUntil = offeredUntil
    }

    /// The plan whose prices by the second go with it; nil for what is not a plan.
    public var plan: PlanID? { kind == .plan ? PlanID(trusted: id.rawValue) : nil }
}

/// What an item costs from a day on, VAT included. Published once for that day, never edited.
public struct ItemPrice: Sendable, Equatable {
    /// The item.
    public let item: CatalogueItemID
    /// The first day, in the provider's zone.
    public let effectiveFrom: BusinessDate
    /// Paid once.
    public let oneOff: Money
    /// Paid each month.
    public let monthly: Money

    /// Makes a price.
    public init(item: CatalogueItemID, effectiveFrom: BusinessDate, oneOff: Money, monthly: Money) {
        self.item = item
        self.effectiveFrom = effectiveFrom
        self.oneOff = oneOff
        self.monthly = monthly
    }
}

/// An item with what it costs on a day.
public struct CatalogueEntry: Sendable, Equatable {
    /// The item.
    public let item: CatalogueItem
    /// Its price on that day.
    public let price: ItemPrice
    /// What a second of each kind of call costs on a plan at the beginning of that day (or when it was first published, on its first
    /// day); empty for what is not a plan.
    public let perSecond: [CallKind: Money]
    /// What using the plan costs where that is more than a price of a second; nil otherwise.
    public let terms: TariffTerms?
}

/// The price of an item on a day: the one with the latest date that has come. Nil before the first.
public func itemPriceInForce(_ prices: [ItemPrice], item: CatalogueItemID, on day: BusinessDate) -> ItemPrice? {
    prices.filter { $0.item == item && $0.effectiveFrom <= day }.max { $0.effectiveFrom < $1.effectiveFrom }
}
