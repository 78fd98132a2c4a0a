package import Basics
package import Customers

/// Amounts, prices and days as people read them; `Assets/js/format.js` is the same for what changes while a page is open.
package enum PlainWords {
    /// ¥ and two decimals, half to even: 23,400,000 → `¥23.40`.
    package static func money(_ amount: Money) -> String {
        let fen = amount.fen
        let (yuan, rest) = fen.magnitude.quotientAndRemainder(dividingBy: 100)
        return "\(fen < 0 ? "-" : "")¥\(yuan).\(padded(rest, 2))"
    }

    /// A price per minute from the price per second, with more than two decimals only where they are needed, because a price is never
    /// rounded: 5,000 → `¥0.30`, 3,333 → `¥0.19998`.
    package static func pricePerMinute(_ perSecond: Money) -> String {
        let (yuan, rest) = perSecond.micros.multipliedReportingOverflow(by: 60).partialValue.magnitude
            .quotientAndRemainder(dividingBy: 1_000_000)
        var decimals = padded(rest, 6)
        while decimals.utf8.count > 2, decimals.hasSuffix("0") { decimals.removeLast() }
        return "¥\(yuan).\(decimals)"
    }

    /// 2026年11月23日 or 23 Nov 2026.
    package static func day(_ date: BusinessDate, _ language: Language) -> String {
        let (year, month, day) = date.components
        switch language {
        case .chinese: return "\(year)年\(month)月\(day)日"
        case .english: return "\(day) \(monthNames[(month - 1) % 12]) \(year)"
        }
    }

    private static let monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"]

    private static func padded(_ value: UInt64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
