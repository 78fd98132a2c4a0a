public import Basics

/// The numbers that the provider gives out: a range, without those it keeps for itself and without any that begins like an emergency
/// number (a person who dials `110 …` must never reach a neighbour).
public struct NumberPool: Sendable, Equatable {
    /// The lowest number of the range.
    public let first: PhoneNumber
    /// The highest number of the range; it has as many digits as the lowest.
    public let last: PhoneNumber
    /// Numbers that the provider keeps for itself.
    public let reserved: Set<PhoneNumber>

    let lowest: Int64
    let highest: Int64

    /// 6000 0000 to 6009 9999, of which 6000 0000 is kept.
    public static let standard = NumberPool(
        first: PhoneNumber(trusted: "60000000"), last: PhoneNumber(trusted: "60099999"),
        reserved: [PhoneNumber(trusted: "60000000")], lowest: 60_000_000, highest: 60_099_999)

    /// Checks that a range can be.
    public init(first: PhoneNumber, last: PhoneNumber, reserved: Set<PhoneNumber> = []) throws(Fault) {
        guard first.digits.count == last.digits.count, let lowest = Int64(first.digits), let highest = Int64(last.digits),
            lowest <= highest, highest - lowest < LinesLimits.poolNumbers
        else { throw Fault(.poolImpossible, "a pool runs from a number to a higher one with as many digits, and is not endless") }
        self.init(first: first, last: last, reserved: reserved, lowest: lowest, highest: highest)
    }

    private init(first: PhoneNumber, last: PhoneNumber, reserved: Set<PhoneNumber>, lowest: Int64, highest: Int64) {
        self.first = first
        self.last = last
        self.reserved = reserved
        self.lowest = lowest
        self.highest = highest
    }

    /// Whether the provider gives out this number.
    public func offers(_ number: PhoneNumber) -> Bool {
        number.digits.count == first.digits.count && number >= first && number <= last && !reserved.contains(number)
            && !EmergencyNumbers.all.contains { number.digits.hasPrefix($0.digits) }
    }

    /// The number at a place of the range, with its leading zeros.
    func number(_ value: Int64) -> PhoneNumber {
        let digits = String(value)
        return PhoneNumber(trusted: String(repeating: "0", count: max(0, first.digits.count - digits.count)) + digits)
    }
}
