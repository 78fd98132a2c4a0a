public import Basics

/// What a use of the service is charged as.
public enum UsageKind: String, Sendable, CaseIterable, Codable {
    /// Picture and sound between two lines.
    case video
    /// Sound only, between two lines.
    case audio
    /// A group call, for each participant.
    case group
    /// A call to a number of another network.
    case offNet = "off-net"
}

extension CallKind {
    /// What a call of this kind between two lines is charged as.
    public var usage: UsageKind { self == .video ? .video : .audio }
}

/// A part of the week in which another rate holds, by the wall clock of the provider's zone. On a holiday only windows for holidays hold.
public struct TariffWindow: Sendable, Equatable, Codable {
    /// The days of the week by ISO 8601, 1 is Monday; in order, each once.
    public let weekdays: [Int]
    /// Whether it holds on holidays, whatever day of the week they fall on.
    public var onHolidays: Bool
    /// The first minute of the day, 0 … 1439.
    public var fromMinute: Int
    /// The first minute after it, 1 … 1440; a window past midnight is two windows.
    public var untilMinute: Int

    /// Describes a window.
    public init(weekdays: Set<Int>, onHolidays: Bool = false, fromMinute: Int = 0, untilMinute: Int = 1440) {
        self.weekdays = weekdays.sorted()
        self.onHolidays = onHolidays
        self.fromMinute = fromMinute
        self.untilMinute = untilMinute
    }

    /// Whether it holds at a minute of a day.
    public func holds(weekday: Int, isHoliday: Bool, minute: Int) -> Bool {
        isOn(weekday: weekday, isHoliday: isHoliday) && (fromMinute..<max(untilMinute, fromMinute)).contains(minute)
    }

    /// Whether it has anything to say about a day.
    public func isOn(weekday: Int, isHoliday: Bool) -> Bool { isHoliday ? onHolidays : weekdays.contains(weekday) }
}

/// What a kind of use costs towards the numbers of a prefix, always or in a window.
public struct TariffRate: Sendable, Equatable {
    /// What is charged.
    public var kind: UsageKind
    /// How the dialled number begins; empty for every number. The longest one that fits holds.
    public var prefix: String
    /// When; nil for all the time that no window of the same kind and prefix takes.
    public var window: TariffWindow?
    /// The price of a charged second.
    public var perSecond: Money
    /// Charged once, with the first second.
    public var connectFee: Money
    /// The seconds of the first block; every block begun is charged whole.
    public var firstSeconds: Int64
    /// The seconds of each block after it: 1/1, 6/6, 60/60 are first/next.
    public var nextSeconds: Int64

    /// Describes a rate.
    public init(
        _ kind: UsageKind, prefix: String = "", window: TariffWindow? = nil, perSecond: Money, connectFee: Money = .zero,
        firstSeconds: Int64 = 1, nextSeconds: Int64 = 1
    ) {
        self.kind = kind
        self.prefix = prefix
        self.window = window
        self.perSecond = perSecond
        self.connectFee = connectFee
        self.firstSeconds = firstSeconds
        self.nextSeconds = nextSeconds
    }

    /// Whether it is nothing but a price of a second.
    public var isFlat: Bool { window == nil && connectFee == .zero && firstSeconds == 1 && nextSeconds == 1 }
}

/// Seconds of a kind of use that an account has free in each month.
public struct FreeAllowance: Sendable, Equatable, Codable {
    /// Of what.
    public var kind: UsageKind
    /// How many charged seconds a month.
    public var seconds: Int64

    /// Describes an allowance.
    public init(_ kind: UsageKind, seconds: Int64) {
        self.kind = kind
        self.seconds = seconds
    }
}

/// A discount on connect fees and seconds once the month's usage charges of the account have reached an amount.
public struct UsageDiscount: Sendable, Equatable {
    /// Thousandths of the price that are taken off.
    public var perMille: Int64
    /// From which charges of the month on; zero is always.
    public var above: Money

    /// Describes a discount.
    public init(perMille: Int64, above: Money = .zero) {
        self.perMille = perMille
        self.above = above
    }
}

/// What using a plan costs: published for a time, never edited, kept by those who signed it.
public struct TariffTerms: Sendable, Equatable, Codable {
    /// What each kind costs.
    public var rates: [TariffRate]
    /// What is free in each month.
    public var allowances: [FreeAllowance]
    /// What is taken off.
    public var discount: UsageDiscount?

    /// Describes a tariff.
    public init(rates: [TariffRate], allowances: [FreeAllowance] = [], discount: UsageDiscount? = nil) {
        self.rates = rates
        self.allowances = allowances
        self.discount = discount
    }

    /// A price of a second for each kind of call and nothing more.
    public init(perSecond: [CallKind: Money]) {
        self.init(rates: CallKind.allCases.compactMap { kind in perSecond[kind].map { TariffRate(kind.usage, perSecond: $0) } })
    }

    /// The list price of a second of a kind of call: that of the rate for all other time, or else of the first one, towards every number.
    public func listPrice(of kind: CallKind) -> Money {
        let fitting = rates.filter { $0.kind == kind.usage && $0.prefix.isEmpty }
        return (fitting.first { $0.window == nil } ?? fitting.first)?.perSecond ?? .zero
    }

    /// Whether it says no more than a price of a second for each kind of call.
    public var isFlat: Bool {
        allowances.isEmpty && discount == nil
            && rates.allSatisfy { $0.isFlat && $0.prefix.isEmpty && ($0.kind == .video || $0.kind == .audio) }
    }
}

/// What using a line costs from an instant on, as published: its terms with every change that is known, and the holidays.
public struct Tariff: Sendable, Equatable {
    /// Terms from a time on, until those of the next version.
    public struct Version: Sendable, Equatable {
        /// From when on.
        public var from: Timestamp
        /// What holds from then.
        public var terms: TariffTerms

        /// Describes a version.
        public init(from: Timestamp, terms: TariffTerms) {
            self.from = from
            self.terms = terms
        }
    }

    /// The plan; free allowances are counted by it.
    public var plan: PlanID
    /// In order of time; the first holds before its time, too.
    public var versions: [Version]
    /// Days on which windows for holidays hold.
    public var holidays: Set<BusinessDate>

    /// Describes a tariff.
    public init(plan: PlanID, versions: [Version], holidays: Set<BusinessDate> = []) {
        self.plan = plan
        self.versions = versions
        self.holidays = holidays
    }
}
