public import Basics
public import Lines
public import Storage

/// What using a line costs from an instant on: the terms of its signed order, or the list with every change that is published for later.
///
/// A call is rated by the tariff as it was published when it was dialled. The rules of ``price(of:kind:in:at:zone:)`` say whether the order
/// or the list holds; signed terms have no changes to come.
public func tariff(
    of line: LineID, in tx: any Transaction, at instant: Timestamp, zone: BusinessZone = .shanghai
) throws(Fault) -> Tariff {
    let today = zone.date(of: instant)
    let holidays = try TariffStore.holidays(
        from: today.adding(days: -1), through: today.adding(days: OrdersLimits.holidaysAheadDays), in: tx)
    func tariff(_ plan: PlanID, _ versions: [Tariff.Version]) -> Tariff {
        Tariff(plan: plan, versions: versions, holidays: holidays)
    }
    switch try priceSource(of: line, in: tx, at: instant, zone: zone) {
    case .order(let assignment, let order, let rates):
        let terms = try TariffStore.signed(order, in: tx) ?? TariffTerms(perSecond: rates)
        return tariff(assignment.plan, [Tariff.Version(from: assignment.from, terms: terms)])
    case .list(let assignment, let listedAt):
        let published = try tariffVersions(of: assignment.plan, in: tx)
        guard let inForce = published.lastIndex(where: { $0.from <= listedAt }) else {
            throw Fault(.noPrice, "plan \(assignment.plan) has no price at this time")
        }
        // Who was moved to the list of a day stays on that of the day.
        let isFixed = listedAt < instant
        return tariff(assignment.plan, isFixed ? [published[inForce]] : Array(published[inForce...]))
    }
}

/// Every tariff ever published for a plan, in order of time; a price of a second alone is a tariff, too.
public func tariffVersions(of plan: PlanID, in tx: any Transaction) throws(Fault) -> [Tariff.Version] {
    let terms = try TariffStore.terms(of: plan, in: tx)
    let flat = Dictionary(grouping: try PriceStore.list(of: plan, in: tx), by: \.effectiveFrom)
    return flat.map { from, prices in
        let perSecond = Dictionary(prices.map { ($0.kind, $0.perSecond) }) { first, _ in first }
        return Tariff.Version(from: from, terms: terms[from] ?? TariffTerms(perSecond: perSecond))
    }.sorted { $0.from < $1.from }
}

/// The terms in force for a plan at an instant, where they are more than a price of a second.
public func tariffTerms(of plan: PlanID, in tx: any Transaction, at instant: Timestamp) throws(Fault) -> TariffTerms? {
    let terms = try tariffVersions(of: plan, in: tx).last { $0.from <= instant }?.terms
    return terms.flatMap { $0.isFlat ? nil : $0 }
}

/// The published holidays between two days.
public func holidays(
    from first: BusinessDate, through last: BusinessDate, in tx: any Transaction
) throws(Fault) -> Set<BusinessDate> {
    try TariffStore.holidays(from: first, through: last, in: tx)
}
