package import Basics
package import Customers

/// Prices and days as people read them; `Assets/js/format.js` is the same for what changes while a page is open.
package enum PlainWords {
    /// A price per minute from the price per second, with more than two decimals only where they are needed, because a price is never
    /// rounded: 5,000 → `¥0.30`, 3,333 → `¥0.19998`.
    package static func pricePerMinute(_ perSecond: Money) -> String {
        perSecond.multiplied(by: 60)?.exactlyFormatted ?? "–"
    }

    /// 2026年11月23日 or 23 Nov 2026.
    package static func day(_ date: BusinessDate, _ language: Language) -> String {
        let (year, month, day) = date.components
        switch language {
        case .chinese: return "\(year)年\(month)月\(day)日"
        case .english: return "\(day) \(monthNames[(month - 1) % 12]) \(year)"
        }
    }

    /// 2026年11月23日 14:05 or 23 Nov 2026, 14:05.
    package static func moment(_ instant: Timestamp, _ zone: BusinessZone, _ language: Language) -> String {
        let clock = zone.clock(of: instant)
        let time = "\(twoDigits(clock.hour)):\(twoDigits(clock.minute))"
        return language == .chinese ? "\(day(clock.date, language)) \(time)" : "\(day(clock.date, language)), \(time)"
    }

    private static func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

    private static let monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"]
}
