import Basics
import Testing

@Suite struct BusinessDateTests {
    /// The independent model: a calendar that is counted on day by day from a Saturday, 1600-01-01.
    private struct NaiveCalendar {
        var year = 1600, month = 1, day = 1, weekday = 6
        var isLeap: Bool { year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) }

        mutating func step() {
            let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            weekday = weekday % 7 + 1
            day += 1
            if day > lengths[month - 1] {
                day = 1
                month += 1
            }
            if month > 12 {
                month = 1
                year += 1
            }
        }
    }

    @Test func everyDayFrom1600To2400AgreesWithCountingThemOneByOne() throws {
        var naive = NaiveCalendar()
        let first = try #require(BusinessDate(year: 1600, month: 1, day: 1))
        var number = first.dayNumber
        while naive.year <= 2400 {
            let date = BusinessDate(clamping: number)
            let (year, month, day) = date.components
            guard year == naive.year, month == naive.month, day == naive.day, date.weekday == naive.weekday,
                BusinessDate(year: year, month: month, day: day) == date
            else {
                Issue.record("day \(number) is \(date), counted \(naive)")
                return
            }
            naive.step()
            number += 1
        }
    }

    @Test func knownDaysHaveTheirNumbers() {
        // 30 years of 365 days and the leap days of 1972, 76, 80, 84, 88, 92, 96: 30 × 365 + 7 = 10,957 to 2000-01-01; 59 more to 29 February: 11,016.
        #expect(BusinessDate("1970-01-01")?.dayNumber == 0)
        #expect(BusinessDate("1969-12-31")?.dayNumber == -1)
        #expect(BusinessDate("2000-02-29")?.dayNumber == 11_016)
        #expect(BusinessDate("2026-11-23")?.weekday == 1)
        #expect(BusinessDate("1969-12-28")?.weekday == 7)
        #expect(BusinessDate.range.lowerBound.description == "0001-01-01")
        #expect(BusinessDate.range.upperBound.description == "9999-12-31")
    }

    @Test(arguments: [
        "", "2026-1-01", "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "0000-01-01", "2026/01/01",
        "2026-01-0a",
        " 2026-01-01", "２０２６-01-01", "2026-01-01 ", "-026-01-01",
    ])
    func whatIsNoDayIsRefused(text: String) { #expect(BusinessDate(text) == nil) }

    @Test func textRoundTrips() {
        var generator = Seeded(7)
        for _ in 0..<5000 {
            let date = BusinessDate(clamping: Int64.random(in: -719_162...2_932_896, using: &generator))
            #expect(BusinessDate(date.description) == date)
            #expect(BusinessMonth(date.month.description) == date.month)
        }
    }

    @Test func monthsClampToTheEndOfShorterMonths() throws {
        let january31 = try #require(BusinessDate("2026-01-31"))
        #expect(january31.adding(months: 1).description == "2026-02-28")
        #expect(january31.adding(months: 25).description == "2028-02-29")
        #expect(january31.adding(months: -2).description == "2025-11-30")
        #expect(january31.adding(months: 3).description == "2026-04-30")
        // The clamp is not remembered when stepping from the result, so a schedule adds to its first date.
        #expect(january31.adding(months: 1).adding(months: 1).description == "2026-03-28")
        #expect(january31.adding(months: 2).description == "2026-03-31")
        #expect(try #require(BusinessDate("2024-02-29")).adding(years: 1).description == "2025-02-28")
        #expect(try #require(BusinessDate("2024-02-29")).adding(years: 4).description == "2028-02-29")
    }

    @Test func addingMonthsIsMonotonicAndKeepsTheDayWhereItCan() {
        var generator = Seeded(11)
        for _ in 0..<5000 {
            let date = BusinessDate(clamping: Int64.random(in: -300_000...900_000, using: &generator))
            let months = Int64.random(in: -600...600, using: &generator)
            let later = date.adding(months: months)
            #expect(later.month.months(since: date.month) == months)
            #expect(later.day == min(date.day, later.month.dayCount))
            #expect(date.adding(months: months + 1) > later)
            #expect(date.adding(days: 1).adding(months: months) >= later)
        }
    }

    @Test func arithmeticStopsAtTheEndsOfTheCalendar() {
        let last = BusinessDate.range.upperBound
        #expect(last.adding(days: 1) == last)
        #expect(last.adding(days: .max) == last)
        #expect(last.adding(months: .max) == last)
        #expect(last.adding(years: .max) == last)
        #expect(BusinessDate.range.lowerBound.adding(days: .min) == BusinessDate.range.lowerBound)
        #expect(BusinessDate.range.lowerBound.adding(years: .min).year == 1)
    }

    @Test func dueDaysFallIntoTheirMonth() throws {
        let february = try #require(BusinessMonth("2027-02"))
        #expect(february.day(clamping: 31).description == "2027-02-28")
        #expect(february.day(clamping: 0).description == "2027-02-01")
        #expect(february.first.description == "2027-02-01")
        #expect(february.last.description == "2027-02-28")
        #expect(february.next.description == "2027-03" && february.previous.previous.description == "2026-12")
        #expect(february.contains(february.last) && !february.contains(february.next.first))
        #expect(BusinessMonth("2027-2") == nil && BusinessMonth("2027-13") == nil && BusinessMonth("2027/02") == nil)
    }
}

/// A small generator that repeats (SplitMix64), so that a failure can be seen again.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }
}
