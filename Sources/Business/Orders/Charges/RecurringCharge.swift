public import Agreement
public import Basics
public import Lines

/// Something that is paid month by month, over a span of business days at one price. Billing turns it into lines of an invoice.
public struct RecurringCharge: Sendable, Equatable {
    /// The order whose price holds; nil for a line without an order, which follows the list.
    public let order: OrderID?
    /// The order's number.
    public let orderNumber: String?
    /// The item.
    public let item: CatalogueItemID
    /// What kind of offer it is.
    public let kind: CatalogueItem.Kind
    /// What it is called.
    public let name: Wording
    /// The line that it is for; nil where it is for none.
    public let line: LineID?
    /// What a whole month costs, VAT included.
    public let monthly: Money
    /// The VAT in it, in per mille.
    public let taxPermille: Int
    /// The first day for which it is paid.
    public let from: BusinessDate
    /// The last day for which it is paid; nil while no end is known.
    public let until: BusinessDate?

    /// The days of a month for which it is paid; nil where there are none.
    public func days(in month: BusinessMonth) -> ClosedRange<BusinessDate>? {
        let first = max(from, month.first)
        let last = min(until ?? month.last, month.last)
        return first <= last ? first...last : nil
    }
}

/// Something that is paid once.
public struct OneOffCharge: Sendable, Equatable {
    /// The order.
    public let order: OrderID
    /// The order's number.
    public let orderNumber: String
    /// Which of its items.
    public let position: Int
    /// The item.
    public let item: CatalogueItemID
    /// What kind of offer it is.
    public let kind: CatalogueItem.Kind
    /// What it is called.
    public let name: Wording
    /// The line that it is for; nil where it is for none.
    public let line: LineID?
    /// The amount, VAT included.
    public let amount: Money
    /// The VAT in it, in per mille.
    public let taxPermille: Int
    /// The day on which it came into service, or was done.
    public let on: BusinessDate
}
