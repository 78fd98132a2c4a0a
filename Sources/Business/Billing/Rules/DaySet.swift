public import Basics

/// Days in a row, both ends included.
public struct DaySpan: Hashable, Sendable {
    /// The first day.
    public let from: BusinessDate
    /// The last day; nil while it is open.
    public let through: BusinessDate?

    /// Days in a row; without an end they go on.
    public init(from: BusinessDate, through: BusinessDate?) {
        self.from = from
        self.through = through
    }

    var last: BusinessDate { through ?? BusinessDate.range.upperBound }

    /// Whether a day is one of them.
    public func contains(_ day: BusinessDate) -> Bool { day >= from && day <= last }
}

/// Days on which a clock stands still: days of force majeure, days on which an amount is in dispute. The others count.
package struct DaySet: Sendable, Equatable {
    /// Sorted, neither touching nor overlapping.
    private let spans: [ClosedRange<Int64>]

    package init(_ days: [DaySpan]) {
        var merged: [ClosedRange<Int64>] = []
        for span in days.sorted(by: { $0.from < $1.from }) where span.from <= span.last {
            let range = span.from.dayNumber...span.last.dayNumber
            if let last = merged.last, range.lowerBound <= last.upperBound + 1 {
                merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        spans = merged
    }

    /// How many days count of those after `start` up to and with `end`.
    package func counting(after start: BusinessDate, through end: BusinessDate) -> Int64 {
        guard end > start else { return 0 }
        let (first, last) = (start.dayNumber + 1, end.dayNumber)
        var days = last - first + 1
        for span in spans {
            let overlap = min(span.upperBound, last) - max(span.lowerBound, first) + 1
            if overlap > 0 { days -= overlap }
        }
        return days
    }

    /// The day on which so many days after `start` have counted: without still days `start + days`. A clock that never goes again
    /// gives the last day of the calendar.
    package func day(after start: BusinessDate, counting days: Int64) -> BusinessDate {
        guard days > 0 else { return start }
        var day = start.dayNumber + days
        for span in spans where span.upperBound > start.dayNumber && span.lowerBound <= day {
            if span.upperBound == BusinessDate.range.upperBound.dayNumber { return BusinessDate.range.upperBound }
            day += span.upperBound - max(span.lowerBound, start.dayNumber + 1) + 1
        }
        return BusinessDate(clamping: day)
    }
}
