internal import Basics
internal import Lines
internal import Orders
internal import Storage

// Calls whose tariff is more than a price of a second. What is held back is the rating of all seconds that are granted and not charged, made
// anew with every operation; free seconds are held back for the call like money, so that calls at once cannot use them twice.
extension OpenCredit {
    /// Charges whole blocks up to the one of a second, as they were held back.
    mutating func charge(_ tariff: CallTariff, _ answered: Timestamp, upTo used: Int64) throws(Fault) -> Money {
        let meter = CallMeter(tariff, answered: answered, zone: zone)
        let end = min(meter.blocks(covering: used, from: session.confirmed), session.granted)
        let held = try rates.held(for: session.call)
        let rating = meter.rate(
            from: session.confirmed, to: end, after: try monthsUsed(by: meter, to: end, held: held, onlyHeld: true))
        for part in rating.parts { try rates.insert(part, of: session.call) }
        for charge in monthCharges(rating.parts) {
            add(charge: charge.cost, in: charge.month)
        }
        for (month, seconds) in rating.free {
            try rates.change(pot(tariff), in: month, used: seconds, held: -seconds)
            try rates.setHeld(held[month, default: 0] - seconds, for: session.call, in: month)
        }
        confirm(end, cost: rating.cost)
        return rating.cost
    }

    /// Holds back what the seconds up to one cost, as far as credit goes. True where it goes no further than what is granted then.
    ///
    /// Before the answer a call is rated as if it were answered now; the answer rates it anew, and then the grant may shrink.
    mutating func extend(_ tariff: CallTariff, to wanted: Int64, keepsGrant: Bool) throws(Fault) -> Bool {
        let meter = CallMeter(tariff, answered: session.answeredAt ?? now, zone: zone)
        let end = meter.blocks(covering: wanted, from: session.confirmed)
        let funds = position.available + session.reserved
        let least = keepsGrant ? session.granted : session.confirmed
        let held = try rates.held(for: session.call)
        var use = try monthsUsed(by: meter, to: end, held: held, onlyHeld: false)
        var reach = max(meter.reach(of: funds, from: session.confirmed, to: end, after: use), least)
        var rating = meter.rate(from: session.confirmed, to: reach, after: use)
        // More free seconds at cheap times can push a discount away from dear ones. What is granted already stays paid for by what is held.
        if rating.cost > max(funds, .zero), keepsGrant {
            use = try monthsUsed(by: meter, to: end, held: held, onlyHeld: true)
            reach = session.granted
            rating = meter.rate(from: session.confirmed, to: reach, after: use)
        }
        try holdFree(rating.free, instead: held, pot(tariff))
        hold(rating.cost)
        session.granted = reach
        let horizon = reach + ChargingLimits.outlookSeconds
        outlook = CreditOutlook(
            spent: session.charged, months: use,
            affordable: meter.reach(of: position.available, from: reach, to: horizon, after: rating.after)
                - reach)
        return reach < end
    }

    /// Returns the free seconds that are held back.
    func releaseFree() throws(Fault) {
        guard let tariff = session.tariff else { return }
        for (month, seconds) in try rates.held(for: session.call) {
            try rates.change(pot(tariff), in: month, used: 0, held: -seconds)
        }
        try rates.dropHeld(for: session.call)
    }

    private var rates: RateStore { RateStore(tx: store.tx) }

    private func pot(_ tariff: CallTariff) -> FreePot {
        FreePot(account: account.id, plan: tariff.plan.rawValue, kind: tariff.kind.rawValue)
    }

    private func holdFree(
        _ wanted: [BusinessMonth: Int64], instead held: [BusinessMonth: Int64], _ pot: FreePot
    ) throws(Fault) {
        for month in Set(wanted.keys).union(held.keys) {
            let (new, old) = (wanted[month, default: 0], held[month, default: 0])
            guard new != old else { continue }
            try rates.change(pot, in: month, used: 0, held: new - old)
            try rates.setHeld(new, for: session.call, in: month)
        }
    }

    /// What the months of the seconds from the confirmed one on have used, without what is held back for this call.
    private func monthsUsed(
        by meter: CallMeter, to end: Int64, held: [BusinessMonth: Int64], onlyHeld: Bool
    ) throws(Fault) -> [BusinessMonth: MonthUse] {
        let hasFree = meter.tariff.versions.contains { $0.freeSeconds > 0 }
        var use: [BusinessMonth: MonthUse] = [:]
        for month in meter.months(from: session.confirmed, to: end) {
            let own = held[month, default: 0]
            let free = hasFree ? try rates.free(pot(meter.tariff), in: month) : (used: 0, held: 0)
            use[month] = MonthUse(
                freeTaken: free.used + free.held - own, freeCap: onlyHeld ? own : nil,
                charged: try charged(in: month))
        }
        return use
    }
}
