package import Basics

/// A stretch of days at one price; nil `until` while no end is known.
package struct ChargeSpan: Sendable, Equatable {
    package var from: BusinessDate
    package var until: BusinessDate?
    package var monthly: Money

    package init(from: BusinessDate, until: BusinessDate?, monthly: Money) {
        self.from = from
        self.until = until
        self.monthly = monthly
    }

    /// Whether there is a day in it.
    var isEmpty: Bool { until.map { $0 < from } ?? false }
}

/// Days without service: from the first to the last, or from the first on.
package struct Gap: Sendable, Equatable {
    package var from: BusinessDate
    package var until: BusinessDate?

    package init(from: BusinessDate, until: BusinessDate?) {
        self.from = from
        self.until = until
    }
}

/// A stretch cut at the days on which its price changes. Changes before its beginning do not concern it; the last of several on one day counts.
package func priced(_ span: ChargeSpan, changes: [(day: BusinessDate, monthly: Money)]) -> [ChargeSpan] {
    var spans: [ChargeSpan] = []
    var rest = span
    for change in changes.sorted(by: { $0.day < $1.day }) where change.day > span.from {
        guard rest.until.map({ change.day <= $0 }) ?? true else { break }
        spans.append(ChargeSpan(from: rest.from, until: change.day.adding(days: -1), monthly: rest.monthly))
        rest = ChargeSpan(from: change.day, until: rest.until, monthly: change.monthly)
    }
    return (spans + [rest]).filter { !$0.isEmpty }
}

/// A stretch without the days of a gap.
package func without(_ gap: Gap, _ span: ChargeSpan) -> [ChargeSpan] {
    guard span.until.map({ $0 >= gap.from }) ?? true, gap.until.map({ $0 >= span.from }) ?? true else { return [span] }
    let before = ChargeSpan(from: span.from, until: gap.from.adding(days: -1), monthly: span.monthly)
    guard let last = gap.until else { return [before].filter { !$0.isEmpty } }
    let after = ChargeSpan(from: last.adding(days: 1), until: span.until, monthly: span.monthly)
    return [before, after].filter { !$0.isEmpty }
}

/// The days on which a line was on each of its plans: the day of a change belongs to the new plan, so that no day is paid twice, and of
/// several changes on one day the last one counts.
func planSpans(_ startDays: [BusinessDate]) -> [(from: BusinessDate, until: BusinessDate?)] {
    startDays.indices.map { index in
        let next = startDays.indices.contains(index + 1) ? startDays[index + 1] : nil
        return (startDays[index], next?.adding(days: -1))
    }
}

/// The days without service that a customer's endings make.
func gaps(of endings: [Ending], zone: BusinessZone) -> [Gap] {
    endings.compactMap { ending in
        guard let lastDay = ending.lastDay else { return nil }
        let first = lastDay.adding(days: 1)
        guard let withdrawn = ending.withdrawnAt else { return Gap(from: first, until: nil) }
        // The day on which the service goes on is a day of service.
        let last = zone.date(of: withdrawn).adding(days: -1)
        return last >= first ? Gap(from: first, until: last) : nil
    }
}
