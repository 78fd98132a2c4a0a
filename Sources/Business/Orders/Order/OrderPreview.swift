public import Basics

/// What an order would be, before the customer confirms it (电子商务法 art. 50: it can be corrected until then). Nothing is written.
public struct OrderPreview: Sendable, Equatable {
    /// What would be ordered.
    public let content: OrderContent
    /// The items at the prices of the day on which they begin.
    public let items: [OrderItem]
    /// What a second of each kind of call would cost; empty where the order is not about a plan.
    public let perSecond: [CallKind: Money]
    /// What using the plan would cost where that is more than a price of a second.
    public let terms: TariffTerms?
    /// The day on which it would take effect; nil where that depends on something else.
    public let effectiveOn: BusinessDate?

    /// What is paid once, VAT included.
    public var oneOff: Money { items.reduce(.zero) { $0 + $1.oneOff } }
    /// What is paid each month, VAT included.
    public var monthly: Money { items.reduce(.zero) { $0 + $1.monthly } }

    /// The prices and the day as one line of text. Confirming takes it back: where a price or the day has changed since, the customer is
    /// shown the new preview instead of being bound to what was not seen.
    public var mark: String {
        let day = effectiveOn.map(\.description) ?? "-"
        let parts = items.map { "\($0.item):\($0.oneOff.micros):\($0.monthly.micros):\($0.taxPermille)" }
        let rates = CallKind.allCases.compactMap { kind in perSecond[kind].map { "\(kind.rawValue):\($0.micros)" } }
        return ([content.kind.rawValue, day] + parts + rates + (terms.map { [$0.mark] } ?? [])).joined(separator: ";")
    }
}

/// The VAT that is contained in an amount, to the micro-yuan: amount × rate ÷ (1 + rate), half up. Prices are bounded by
/// ``OrdersLimits/itemPrice``, so the product fits.
func containedTax(in amount: Money, permille: Int) -> Money {
    guard amount > .zero, amount <= Money.limit, OrdersLimits.taxPermille.contains(permille) else { return .zero }
    let divisor = Int64(1000 + permille)
    return Money(micros: (amount.micros * Int64(permille) + divisor / 2) / divisor)
}
