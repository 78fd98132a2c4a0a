extension Money {
    /// For people, to the fen: `¥1,234.50`, `-¥0.03`.
    public var formatted: String {
        let value = fen
        return Self.text(isNegative: value < 0, whole: value.magnitude / 100, fraction: padded(Int(value.magnitude % 100), 2))
    }

    /// For prices, exact and with at least two decimals: `¥0.0025`, `¥12.00`.
    public var exactlyFormatted: String {
        var fraction = padded(Int(micros.magnitude % 1_000_000), 6)
        while fraction.utf8.count > 2, fraction.hasSuffix("0") { fraction.removeLast() }
        return Self.text(isNegative: micros < 0, whole: micros.magnitude / 1_000_000, fraction: fraction)
    }

    /// Parses an amount that a person typed: `12`, `12.5`, `1,234.50`, with or without `¥` and a leading minus, six decimals at most.
    /// Nil for anything else and for more than ``limit``.
    public init?(_ text: String) {
        var rest = text[...]
        let isNegative = rest.hasPrefix("-")
        if isNegative { rest.removeFirst() }
        // Both the halfwidth yen sign and the fullwidth one that Chinese input methods type.
        if rest.hasPrefix("¥") || rest.hasPrefix("￥") { rest.removeFirst() }
        let parts = rest.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let whole = Self.wholeYuan(first), let fraction = Self.fraction(parts.dropFirst().first)
        else { return nil }
        let micros = Int64(whole) * 1_000_000 + Int64(fraction)
        guard micros <= Money.limit.micros else { return nil }
        self.init(micros: isNegative ? -micros : micros)
    }

    /// The multiple, or nil when it does not fit.
    public func multiplied(by count: Int64) -> Money? {
        let (product, overflow) = micros.multipliedReportingOverflow(by: count)
        return overflow ? nil : Money(micros: product)
    }

    /// Whether an amount from outside is within ``limit``, in either direction.
    public var isWithinLimit: Bool { micros.magnitude <= Money.limit.micros.magnitude }

    private static func text(isNegative: Bool, whole: UInt64, fraction: String) -> String {
        let plain = Array(String(whole))
        var grouped = ""
        for (index, digit) in plain.enumerated() {
            if index > 0, (plain.count - index) % 3 == 0 { grouped.append(",") }
            grouped.append(digit)
        }
        return (isNegative ? "-" : "") + "¥" + grouped + "." + fraction
    }

    /// Digits, with commas only where a thousand is divided.
    private static func wholeYuan(_ text: Substring) -> Int? {
        let groups = text.split(separator: ",", omittingEmptySubsequences: false)
        guard let first = groups.first, groups.count == 1 || (1...3).contains(first.utf8.count),
            groups.dropFirst().allSatisfy({ $0.utf8.count == 3 })
        else { return nil }
        // Ten digits are the limit of one billion yuan; more are refused before they can overflow.
        let joined = groups.joined()
        return joined.utf8.count <= 10 ? digits(joined.utf8) : nil
    }

    /// One to six decimals as micro-yuan; nothing at all is zero.
    private static func fraction(_ text: Substring?) -> Int? {
        guard let text else { return 0 }
        guard (1...6).contains(text.utf8.count), let value = digits(text.utf8) else { return nil }
        return (text.utf8.count..<6).reduce(value) { sum, _ in sum * 10 }
    }
}
