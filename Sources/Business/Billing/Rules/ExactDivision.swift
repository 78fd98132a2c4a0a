public import Basics

/// A quotient rounded half to even, in exact integers. The denominator is positive.
package func dividedHalfEven(_ numerator: Int128, by denominator: Int128) -> Int128 {
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    let twice = remainder.magnitude * 2
    let away = twice > denominator.magnitude || (twice == denominator.magnitude && quotient % 2 != 0)
    return away ? quotient + numerator.signum() : quotient
}

extension Money {
    /// The amount rounded to the fen, half to even, as money.
    public var roundedToFen: Money { Money(fen: fen) }

    /// Whether it is a whole number of fen, as everything is that people pay.
    public var isWholeFen: Bool { micros % 10_000 == 0 }

    /// A share of it, such as 17 of 30 days, rounded once to the fen, half to even.
    package func share(_ part: Int64, of whole: Int64) -> Money {
        Money(fen: Int64(clamping: dividedHalfEven(Int128(micros) * Int128(part), by: Int128(whole) * 10_000)))
    }
}
