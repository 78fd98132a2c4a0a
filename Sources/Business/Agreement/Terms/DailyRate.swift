/// A share per day in thousandths of a per mille, so that 3‰ is the integer 3000 and every rate that an agreement may name is exact.
public struct DailyRate: Codable, Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Thousandths of a per mille a day. A penalty is `principal × days × this ÷ 1,000,000`.
    public let thousandthsOfPerMille: Int

    /// A rate in thousandths of a per mille.
    public init(thousandthsOfPerMille: Int) { self.thousandthsOfPerMille = thousandthsOfPerMille }
    /// A rate of whole per mille; a number beyond any that could be meant becomes the largest.
    public init(perMille: Int) {
        let (product, overflow) = perMille.multipliedReportingOverflow(by: 1000)
        thousandthsOfPerMille = overflow ? (perMille < 0 ? .min : .max) : product
    }

    /// Order by size.
    public static func < (a: DailyRate, b: DailyRate) -> Bool { a.thousandthsOfPerMille < b.thousandthsOfPerMille }

    /// The number before the ‰: `3`, `0.5`, `2.125`.
    public var number: String {
        let (whole, rest) = thousandthsOfPerMille.magnitude.quotientAndRemainder(dividingBy: 1000)
        let sign = thousandthsOfPerMille < 0 ? "-" : ""
        guard rest > 0 else { return "\(sign)\(whole)" }
        var decimals = String(rest)
        decimals = String(repeating: "0", count: 3 - decimals.count) + decimals
        while decimals.hasSuffix("0") { decimals.removeLast() }
        return "\(sign)\(whole).\(decimals)"
    }

    /// `3‰`.
    public var description: String { number + "‰" }
}
