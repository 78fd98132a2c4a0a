/// An exact amount in micro-yuan (10⁻⁶ CNY). Integers only; an invoice line rounds once, to the fen, half to even.
///
/// Amounts from outside are bounded by ``limit`` when they are parsed, so that sums of thousands of them cannot overflow; an overflow
/// in `+` is therefore a broken invariant and traps.
public struct Money: Hashable, Comparable, Sendable {
    /// Micro-yuan.
    public let micros: Int64

    /// The largest amount accepted from outside: one billion yuan.
    public static let limit = Money(micros: 1_000_000_000_000_000)
    /// Nothing.
    public static let zero = Money(micros: 0)

    /// An amount of micro-yuan.
    public init(micros: Int64) { self.micros = micros }
    /// An amount of fen (1/100 yuan).
    public init(fen: Int64) { self.micros = fen * 10_000 }
    /// An amount of whole yuan.
    public init(yuan: Int64) { self.micros = yuan * 1_000_000 }

    /// Order by amount.
    public static func < (a: Money, b: Money) -> Bool { a.micros < b.micros }
    /// Sum; traps on overflow (see the type's note).
    public static func + (a: Money, b: Money) -> Money { Money(micros: a.micros + b.micros) }
    /// Difference; traps on overflow.
    public static func - (a: Money, b: Money) -> Money { Money(micros: a.micros - b.micros) }
    /// Sign change.
    public static prefix func - (a: Money) -> Money { Money(micros: -a.micros) }
    /// Multiple; traps on overflow.
    public static func * (a: Money, count: Int64) -> Money { Money(micros: a.micros * count) }
    /// Adds in place.
    public static func += (a: inout Money, b: Money) { a = a + b }
    /// Subtracts in place.
    public static func -= (a: inout Money, b: Money) { a = a - b }

    /// Rounded to the fen, half to even: the one rounding rule of the house.
    public var fen: Int64 {
        let (quotient, remainder) = micros.quotientAndRemainder(dividingBy: 10_000)
        let distance = abs(remainder)
        let away = distance > 5_000 || (distance == 5_000 && quotient % 2 != 0)
        return away ? quotient + micros.signum() : quotient
    }
}
