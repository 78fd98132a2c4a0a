/// A civil month, such as the one that an invoice is for.
public struct BusinessMonth: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Months since January of the year 0.
    public let monthNumber: Int64

    /// The months that are accepted: 0001-01 … 9999-12.
    public static let range = BusinessMonth(monthNumber: 12)...BusinessMonth(monthNumber: 119_999)

    /// A month by its number; those outside ``range`` are moved to its nearest end.
    public init(clamping monthNumber: Int64) {
        self.init(monthNumber: min(max(monthNumber, Self.range.lowerBound.monthNumber), Self.range.upperBound.monthNumber))
    }

    private init(monthNumber: Int64) { self.monthNumber = monthNumber }

    /// A month by year and number 1 … 12; nil when there is none such.
    public init?(year: Int, month: Int) {
        guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
        monthNumber = Int64(year * 12 + month - 1)
    }

    /// The month that a day lies in.
    public init(of date: BusinessDate) {
        let (year, month, _) = date.components
        monthNumber = Int64(year * 12 + month - 1)
    }

    /// Parses `2026-11`; nil for anything else.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 7, bytes[4] == UInt8(ascii: "-"), let year = digits(bytes[0..<4]), let month = digits(bytes[5..<7])
        else {
            return nil
        }
        self.init(year: year, month: month)
    }

    /// The year.
    public var year: Int { Int(monthNumber / 12) }
    /// The month of the year, 1 … 12.
    public var monthOfYear: Int { Int(monthNumber % 12) + 1 }
    /// Days in it, 28 … 31.
    public var dayCount: Int { BusinessDate.daysIn(month: monthOfYear, year: year) }
    /// Its first day.
    public var first: BusinessDate { day(clamping: 1) }
    /// Its last day.
    public var last: BusinessDate { day(clamping: dayCount) }
    /// The month after it.
    public var next: BusinessMonth { adding(months: 1) }
    /// The month before it.
    public var previous: BusinessMonth { adding(months: -1) }

    /// A day of it; the last one when it is shorter than that, the first for numbers below 1. A due day of 31 falls on 28 February so.
    public func day(clamping day: Int) -> BusinessDate {
        let day = min(max(day, 1), dayCount)
        // Year, month and day are in range by construction; the first of 1970 is never reached.
        return BusinessDate(year: year, month: monthOfYear, day: day) ?? BusinessDate(clamping: 0)
    }

    /// Later by months (earlier when negative), within ``range``.
    public func adding(months: Int64) -> BusinessMonth {
        let (sum, overflow) = monthNumber.addingReportingOverflow(months)
        return BusinessMonth(clamping: overflow ? (months < 0 ? .min : .max) : sum)
    }

    /// Whole months from `other` to this one.
    public func months(since other: BusinessMonth) -> Int64 { monthNumber - other.monthNumber }

    /// Whether a day lies in it.
    public func contains(_ date: BusinessDate) -> Bool { date.month == self }

    /// Order in time.
    public static func < (a: BusinessMonth, b: BusinessMonth) -> Bool { a.monthNumber < b.monthNumber }

    /// `2026-11`.
    public var description: String { "\(padded(year, 4))-\(padded(monthOfYear, 2))" }
}
