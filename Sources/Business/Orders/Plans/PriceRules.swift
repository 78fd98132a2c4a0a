public import Basics

/// The price in force at an instant: the one with the latest effective time that has come. Nil before the first.
public func priceInForce(_ prices: [Price], plan: PlanID, kind: CallKind, at instant: Timestamp) -> Price? {
    prices.filter { $0.plan == plan && $0.kind == kind && $0.effectiveFrom <= instant }
        .max { $0.effectiveFrom < $1.effectiveFrom }
}

/// When the price in force at an instant ends, by a later price; nil where none is published.
public func nextPriceChange(_ prices: [Price], plan: PlanID, kind: CallKind, after instant: Timestamp) -> Timestamp? {
    prices.filter { $0.plan == plan && $0.kind == kind && $0.effectiveFrom > instant }.map(\.effectiveFrom).min()
}
