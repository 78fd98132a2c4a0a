public import Basics

/// A stretch of charged seconds that cost alike, or a connect fee: how the cost of a call came about.
public struct RatedPart: Sendable, Equatable {
    /// What is charged.
    public enum Kind: String, Sendable {
        /// Seconds at a price.
        case seconds
        /// Seconds of the month's free allowance.
        case free
        /// The fee of the answered call.
        case connectFee = "connect-fee"
    }

    /// What is charged.
    public let kind: Kind
    /// The month in which each of the seconds begins.
    public let month: BusinessMonth
    /// The first second since the answer.
    public let from: Int64
    /// How many; none for a connect fee.
    public let seconds: Int64
    /// The price of a second after the discount, or the fee; nothing for free ones.
    public let price: Money
    /// The discount in the price, in thousandths.
    public let discountPerMille: Int64

    /// What it costs.
    public var amount: Money { kind == .connectFee ? price : price * seconds }

    package init(kind: Kind, month: BusinessMonth, from: Int64, seconds: Int64, price: Money, discountPerMille: Int64 = 0) {
        self.kind = kind
        self.month = month
        self.from = from
        self.seconds = seconds
        self.price = price
        self.discountPerMille = discountPerMille
    }

    /// One part with the one that follows it without a seam; nil where they differ.
    package func joined(with next: RatedPart) -> RatedPart? {
        guard kind != .connectFee, kind == next.kind, month == next.month, price == next.price,
            discountPerMille == next.discountPerMille, from + seconds == next.from
        else { return nil }
        return RatedPart(
            kind: kind, month: month, from: from, seconds: seconds + next.seconds, price: price,
            discountPerMille: discountPerMille)
    }
}

/// The parts in order, neighbours that are alike as one.
package func joined(_ parts: [RatedPart]) -> [RatedPart] {
    parts.reduce(into: []) { joined, part in
        if let last = joined.last, let both = last.joined(with: part) {
            joined[joined.count - 1] = both
        } else {
            joined.append(part)
        }
    }
}

/// What a call was charged in one month.
public struct MonthCharge: Sendable, Equatable {
    /// The month.
    public let month: BusinessMonth
    /// Charged seconds, free ones included.
    public let seconds: Int64
    /// What they cost, the connect fee included.
    public let cost: Money
}

/// The parts by month, the first month first.
package func monthCharges(_ parts: [RatedPart]) -> [MonthCharge] {
    Dictionary(grouping: parts, by: \.month).sorted { $0.key < $1.key }.map { month, parts in
        MonthCharge(
            month: month, seconds: parts.reduce(0) { $0 + $1.seconds }, cost: parts.reduce(.zero) { $0 + $1.amount })
    }
}

/// What an account has used of a month before a call goes on: its free seconds of the call's kind and plan, and its charges.
public struct MonthUse: Sendable, Equatable, Codable {
    /// Free seconds that are taken, those held back for other calls included.
    public var freeTaken: Int64
    /// The most free seconds that this call may take of the rest; nil for all of it.
    public var freeCap: Int64?
    /// Usage charges in micro-yuan, by which a discount over an amount goes.
    public var chargedMicros: Int64

    /// Describes what is used.
    public init(freeTaken: Int64 = 0, freeCap: Int64? = nil, charged: Money = .zero) {
        self.freeTaken = freeTaken
        self.freeCap = freeCap
        chargedMicros = charged.micros
    }

    /// The charges.
    public var charged: Money { Money(micros: chargedMicros) }
}

/// A stretch of a call as rated.
public struct Rating: Sendable, Equatable {
    /// How its cost comes about.
    public let parts: [RatedPart]
    /// What each month has used after it.
    public let after: [BusinessMonth: MonthUse]

    /// What it costs.
    public var cost: Money { parts.reduce(.zero) { $0 + $1.amount } }
    /// Free seconds in it, by month.
    public var free: [BusinessMonth: Int64] {
        parts.filter { $0.kind == .free }.reduce(into: [:]) { $0[$1.month, default: 0] += $1.seconds }
    }
}
