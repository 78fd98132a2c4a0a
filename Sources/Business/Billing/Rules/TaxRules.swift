public import Basics

/// Value-added tax on a charge: the rate in per mille (13 % are 130) and whether prices contain it already.
public struct TaxRule: Hashable, Sendable {
    /// The rate in per mille.
    public let perMille: Int64
    /// Whether the price contains the tax, as published prices do; otherwise the tax comes on top.
    public let isIncluded: Bool

    /// A rule; rates outside 0 … 1000 are moved to the nearest end.
    public init(perMille: Int64, isIncluded: Bool = true) {
        self.perMille = min(max(perMille, 0), 1000)
        self.isIncluded = isIncluded
    }

    /// Telecommunication with added value and other services, 6 % (增值税法, art. 10).
    public static let service = TaxRule(perMille: 60)
    /// Goods and the lease of movables, 13 %.
    public static let goods = TaxRule(perMille: 130)
    /// No tax.
    public static let none = TaxRule(perMille: 0)

    /// The three amounts of a line. The price is rounded to the fen first, then the tax, each half to even; the third follows from them, so
    /// that net + tax = total always.
    public func apply(to price: Money) -> TaxedAmount {
        let price = price.roundedToFen
        let divisor = isIncluded ? 1000 + perMille : 1000
        let tax = price.share(perMille, of: divisor)
        return isIncluded
            ? TaxedAmount(net: price - tax, tax: tax) : TaxedAmount(net: price, tax: tax)
    }
}

/// An amount divided into net and tax, in whole fen.
public struct TaxedAmount: Hashable, Sendable {
    /// Without tax.
    public let net: Money
    /// The tax.
    public let tax: Money

    /// An amount.
    public init(net: Money, tax: Money) {
        self.net = net
        self.tax = tax
    }

    /// Both together: what is owed.
    public var total: Money { net + tax }
}
