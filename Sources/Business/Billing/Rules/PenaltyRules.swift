public import Basics

/// A penalty to the last digit. One micro-yuan overdue for one day at one thousandth of a per mille is one millionth of a micro-yuan, so
/// sums of such parts are exact however odd the rate is; rounding happens once, when the penalty is booked.
public struct ExactPenalty: Hashable, Sendable {
    /// Millionths of a micro-yuan.
    package private(set) var parts: Int128 = 0

    /// Nothing.
    public static let zero = ExactPenalty()

    package init() {}

    /// What days on an unpaid amount cost. Simple: a penalty never bears a penalty.
    package mutating func accrue(on principal: Money, days: Int64, rate: Int64) {
        parts += Int128(principal.micros) * Int128(days) * Int128(rate)
    }

    /// To the fen, half to even: what is booked and asked for.
    public var rounded: Money { Money(fen: Int64(clamping: dividedHalfEven(parts, by: 10_000_000_000))) }

    /// To the micro-yuan, half to even: for showing how it grows from day to day.
    public var inMicros: Money { Money(micros: Int64(clamping: dividedHalfEven(parts, by: 1_000_000))) }
}

/// The penalty on an amount that stays unpaid from the day after its due date to a day, that day included; still days do not count.
public func penalty(
    on principal: Money, due: BusinessDate, through day: BusinessDate, terms: LatePaymentTerms, stillDays: [DaySpan] = []
) -> ExactPenalty {
    var penalty = ExactPenalty.zero
    let days = DaySet(stillDays).counting(after: due, through: day)
    penalty.accrue(on: principal, days: days, rate: terms.ratePerMilleThousandths)
    return penalty
}
