public import Basics
public import Storage

/// A page of free numbers.
public struct FreeNumbers: Sendable, Equatable {
    /// Free when they were read; only opening a line decides.
    public let numbers: [PhoneNumber]
    /// Where the next page begins; nil at the end of the pool.
    public let next: PhoneNumber?

    package init(numbers: [PhoneNumber], next: PhoneNumber?) {
        self.numbers = numbers
        self.next = next
    }
}

/// The free numbers of a pool from a number on, in order. Looks at a bounded stretch of the pool, so that a full pool is no slower
/// than an empty one.
public func freeNumbers(
    of pool: NumberPool, from start: PhoneNumber? = nil, limit: Int = LinesLimits.freeNumbersPage, in tx: any Transaction,
    at now: Timestamp
) throws(Fault) -> FreeNumbers {
    let limit = min(max(limit, 1), LinesLimits.freeNumbersPage)
    let asked = start.flatMap { $0.digits.count == pool.first.digits.count ? Int64($0.digits) : nil }
    let low = max(asked ?? pool.lowest, pool.lowest)
    guard low <= pool.highest else { return FreeNumbers(numbers: [], next: nil) }
    let high = min(low + LinesLimits.freeNumbersScan - 1, pool.highest)
    let taken = try NumberStore.taken(from: pool.number(low), to: pool.number(high), in: tx, at: now)
    var numbers: [PhoneNumber] = []
    for value in low...high {
        let number = pool.number(value)
        guard pool.offers(number), !taken.contains(number) else { continue }
        if numbers.count == limit { return FreeNumbers(numbers: numbers, next: number) }
        numbers.append(number)
    }
    return FreeNumbers(numbers: numbers, next: high < pool.highest ? pool.number(high + 1) : nil)
}
