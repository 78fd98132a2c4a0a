/// A civil day of the proleptic Gregorian calendar, without a zone: what contracts, due dates and invoices speak of.
public struct BusinessDate: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Days since 1970-01-01; negative before it.
    public let dayNumber: Int64

    /// The days that are accepted: 0001-01-01 … 9999-12-31.
    public static let range = BusinessDate(dayNumber: -719_162)...BusinessDate(dayNumber: 2_932_896)

    /// A day by its number; days outside ``range`` are moved to its nearest end.
    public init(clamping dayNumber: Int64) {
        self.init(dayNumber: min(max(dayNumber, Self.range.lowerBound.dayNumber), Self.range.upperBound.dayNumber))
    }

    private init(dayNumber: Int64) { self.dayNumber = dayNumber }

    /// A day by year, month and day; nil when there is none such.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Self.daysIn(month: month, year: year) else {
            return nil
        }
        // Years begin in March here, so that the leap day is the last one. 400 years are 146,097 days; 719,468 days lead from 0000-03-01 to 1970.
        let shifted = Int64(month <= 2 ? year - 1 : year)
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * Int64((month + 9) % 12) + 2) / 5 + Int64(day) - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        dayNumber = era * 146_097 + dayOfEra - 719_468
    }

    /// Parses `2026-11-23`; nil for anything else.
    public init?(_ text: String) {
        let parts = Array(text.utf8)
        guard parts.count == 10, parts[4] == UInt8(ascii: "-"), parts[7] == UInt8(ascii: "-"),
            let year = digits(parts[0..<4]), let month = digits(parts[5..<7]), let day = digits(parts[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Year, month and day of this date.
    public var components: (year: Int, month: Int, day: Int) {
        let shifted = dayNumber + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let march = (5 * dayOfYear + 2) / 153
        let month = march < 10 ? march + 3 : march - 9
        return (Int(yearOfEra + era * 400 + (month <= 2 ? 1 : 0)), Int(month), Int(dayOfYear - (153 * march + 2) / 5 + 1))
    }

    /// The year.
    public var year: Int { components.year }
    /// The month, 1 … 12.
    public var monthOfYear: Int { components.month }
    /// The day of the month, 1 … 31.
    public var day: Int { components.day }
    /// The month that it lies in.
    public var month: BusinessMonth { BusinessMonth(of: self) }

    /// The day of the week by ISO 8601: 1 is Monday, 7 is Sunday.
    public var weekday: Int {
        // 1970-01-01 was a Thursday.
        let day = (dayNumber + 3) % 7
        return Int(day < 0 ? day + 7 : day) + 1
    }

    /// Later by days (earlier when negative), within ``range``.
    public func adding(days: Int64) -> BusinessDate {
        let (sum, overflow) = dayNumber.addingReportingOverflow(days)
        return BusinessDate(clamping: overflow ? (days < 0 ? .min : .max) : sum)
    }

    /// The same day some months later; the last day of that month when it is shorter, so 31 January and one month are 28 or 29 February.
    /// To step repeatedly, add to the first date: the clamp is not remembered.
    public func adding(months: Int64) -> BusinessDate {
        let target = month.adding(months: months)
        return target.first.adding(days: Int64(min(day, target.dayCount) - 1))
    }

    /// The same day some years later; 29 February becomes the 28th in a common year.
    public func adding(years: Int64) -> BusinessDate {
        let (months, overflow) = years.multipliedReportingOverflow(by: 12)
        return adding(months: overflow ? (years < 0 ? .min : .max) : months)
    }

    /// Whole days from `other` to this day; negative when this one is earlier.
    public func days(since other: BusinessDate) -> Int64 { dayNumber - other.dayNumber }

    /// Order in time.
    public static func < (a: BusinessDate, b: BusinessDate) -> Bool { a.dayNumber < b.dayNumber }

    /// `2026-11-23`.
    public var description: String {
        let (year, month, day) = components
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    /// Days of a month; a year is a leap year when 4 divides it and 100 does not, or 400 does.
    static func daysIn(month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

/// Decimal digits only; nil for none or anything else.
func digits(_ bytes: some Collection<UInt8>) -> Int? {
    guard (1...18).contains(bytes.count) else { return nil }
    var value = 0
    for byte in bytes {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value
}

/// A number of at least `width` digits.
func padded(_ value: Int, _ width: Int) -> String {
    let text = String(value)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
}
