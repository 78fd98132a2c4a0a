public import Basics

/// The rent of a month for the days on which it was owed: `monthly × days ÷ days of the month`, both ends included, rounded once to the fen,
/// half to even. A whole month is exactly the monthly rent, whatever its length. Zero where no day lies in the month.
public func rent(_ monthly: Money, from: BusinessDate, through: BusinessDate?, in month: BusinessMonth) -> Money {
    let days = rentDays(from: from, through: through, in: month)
    return monthly.share(days, of: Int64(month.dayCount))
}

/// How many days of a month lie between two days, both included.
public func rentDays(from: BusinessDate, through: BusinessDate?, in month: BusinessMonth) -> Int64 {
    let first = max(from, month.first)
    let last = min(through ?? month.last, month.last)
    return max(last.days(since: first) + 1, 0)
}
