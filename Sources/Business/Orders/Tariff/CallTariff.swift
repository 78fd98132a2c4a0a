public import Basics

/// The tariff of one call: of one kind and towards one number, so that only windows and versions are left to look at.
public struct CallTariff: Sendable, Equatable {
    /// Terms of the call from a time on.
    public struct Version: Sendable, Equatable {
        /// From when on.
        public var from: Timestamp
        /// The rates of its kind and of the longest prefix; those with a window first.
        public var rates: [TariffRate]
        /// Seconds of its kind that are free in a month.
        public var freeSeconds: Int64
        /// What is taken off.
        public var discount: UsageDiscount?

        init(from: Timestamp, rates: [TariffRate], freeSeconds: Int64, discount: UsageDiscount?) {
            self.from = from
            self.rates = rates
            self.freeSeconds = freeSeconds
            self.discount = discount
        }
    }

    /// The plan.
    public var plan: PlanID
    /// The kind.
    public var kind: UsageKind
    /// In order of time, never empty; the first holds before its time, too.
    public var versions: [Version]
    /// Days on which windows for holidays hold.
    public var holidays: Set<BusinessDate>

    init(plan: PlanID, kind: UsageKind, versions: [Version], holidays: Set<BusinessDate>) {
        self.plan = plan
        self.kind = kind
        self.versions = versions
        self.holidays = holidays
    }

    /// The one price of a second where the tariff is nothing more; nil where it is.
    public var flatPrice: Money? {
        guard versions.count == 1, let only = versions.first, only.freeSeconds == 0, only.discount == nil, only.rates.count == 1,
            let rate = only.rates.first, rate.isFlat
        else { return nil }
        return rate.perSecond
    }

    /// What a second costs at an instant by the list: without allowance and discount.
    public func listPrice(at instant: Timestamp, zone: BusinessZone) -> Money {
        rate(at: instant, zone: zone).perSecond
    }

    /// The version in force at an instant.
    public func version(at instant: Timestamp) -> Version {
        versions.last { $0.from <= instant } ?? versions.first
            ?? Version(from: instant, rates: [], freeSeconds: 0, discount: nil)
    }

    /// The rate in force at an instant: that of the window that holds then, or the one for all other time.
    public func rate(at instant: Timestamp, zone: BusinessZone) -> TariffRate {
        let rates = version(at: instant).rates
        guard rates.count > 1 || rates.first?.window != nil else { return rates.first ?? TariffRate(kind, perSecond: .zero) }
        let clock = zone.clock(of: instant)
        let isHoliday = holidays.contains(clock.date)
        let inWindow = rates.first { rate in
            rate.window?.holds(weekday: clock.date.weekday, isHoliday: isHoliday, minute: clock.hour * 60 + clock.minute) ?? false
        }
        return inWindow ?? rates.first { $0.window == nil } ?? TariffRate(kind, perSecond: .zero)
    }
}

extension Tariff {
    /// What a call of a kind to a number that is answered at an instant or later costs; nil where the tariff has no price for it.
    public func ofCall(_ kind: UsageKind, to dialled: String, from instant: Timestamp) -> CallTariff? {
        let first = versions.lastIndex { $0.from <= instant } ?? versions.startIndex
        var narrowed: [CallTariff.Version] = []
        for version in versions[first...] {
            let fitting = version.terms.rates.filter { $0.kind == kind && dialled.hasPrefix($0.prefix) }
            guard let longest = fitting.map(\.prefix.utf8.count).max() else { return nil }
            let rates = fitting.filter { $0.prefix.utf8.count == longest }
            narrowed.append(
                CallTariff.Version(
                    from: version.from, rates: rates.filter { $0.window != nil } + rates.filter { $0.window == nil },
                    freeSeconds: version.terms.allowances.filter { $0.kind == kind }.reduce(0) { $0 + $1.seconds },
                    discount: version.terms.discount))
        }
        guard !narrowed.isEmpty else { return nil }
        // Neighbours that say the same of this call are one, so that a change elsewhere leaves a flat price flat.
        let distinct = narrowed.enumerated().filter { index, version in
            guard index > 0 else { return true }
            let before = narrowed[index - 1]
            return before.rates != version.rates || before.freeSeconds != version.freeSeconds
                || before.discount != version.discount
        }.map(\.element)
        return CallTariff(plan: plan, kind: kind, versions: distinct, holidays: holidays)
    }
}
