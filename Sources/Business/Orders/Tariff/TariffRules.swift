public import Basics

/// A price with a discount of so many thousandths, to the micro-yuan, half to even. The one rounding of rating: seconds are multiplied by
/// what comes out, so that slices always sum to the whole.
public func discounted(_ price: Money, perMille: Int64) -> Money {
    let (quotient, remainder) = (price.micros * (1000 - perMille)).quotientAndRemainder(dividingBy: 1000)
    let away = remainder > 500 || (remainder == 500 && quotient % 2 != 0)
    return Money(micros: away ? quotient + 1 : quotient)
}

/// Refuses terms that cannot be: amounts out of range, no price for a kind of call, two rates for one time, a time without a rate.
func checkTariff(_ terms: TariffTerms) throws(Fault) {
    guard (1...OrdersLimits.ratesPerTariff).contains(terms.rates.count), terms.allowances.count <= UsageKind.allCases.count else {
        throw Fault(
            .tariffTooLong, "a tariff has 1 to \(OrdersLimits.ratesPerTariff) rates",
            ["maximum": "\(OrdersLimits.ratesPerTariff)"])
    }
    for kind in CallKind.allCases where !terms.rates.contains(where: { $0.kind == kind.usage && $0.prefix.isEmpty }) {
        throw Fault(.priceMissing, "a price list names every kind of call", ["kind": kind.rawValue])
    }
    for rate in terms.rates { try check(rate) }
    for allowance in terms.allowances {
        guard (1...OrdersLimits.allowanceSeconds).contains(allowance.seconds) else {
            throw Fault(.impossibleAllowance, "a free allowance is 1 second to a month", ["kind": allowance.kind.rawValue])
        }
        guard terms.allowances.filter({ $0.kind == allowance.kind }).count == 1 else {
            throw Fault(.impossibleAllowance, "a kind has one free allowance", ["kind": allowance.kind.rawValue])
        }
    }
    if let discount = terms.discount {
        guard (1...1000).contains(discount.perMille), discount.above >= .zero, discount.above <= Money.limit else {
            throw Fault(.impossibleDiscount, "a discount is 1 to 1000 per mille, over an amount that is not negative")
        }
    }
    for (kind, prefix) in groups(of: terms.rates) {
        try checkCalendar(terms.rates.filter { $0.kind == kind && $0.prefix == prefix }, kind, prefix)
    }
}

private func check(_ rate: TariffRate) throws(Fault) {
    let kind = ["kind": rate.kind.rawValue]
    guard rate.perSecond >= .zero, rate.perSecond <= OrdersLimits.pricePerSecond else {
        throw Fault(.impossiblePrice, "a price is not negative and not above the highest", kind)
    }
    guard rate.connectFee >= .zero, rate.connectFee <= OrdersLimits.connectFee else {
        throw Fault(.impossiblePrice, "a connect fee is not negative and not above the highest", kind)
    }
    let blocks = 1...OrdersLimits.blockSeconds
    guard blocks.contains(rate.firstSeconds), blocks.contains(rate.nextSeconds) else {
        throw Fault(
            .impossibleBlock, "a block is 1 to \(OrdersLimits.blockSeconds) seconds", ["maximum": "\(OrdersLimits.blockSeconds)"])
    }
    guard rate.prefix.utf8.count <= OrdersLimits.prefixDigits,
        rate.prefix.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { throw Fault(.impossiblePrefix, "a prefix has digits only", ["prefix": "\(rate.prefix.prefix(20))"]) }
    guard let window = rate.window else { return }
    guard window.fromMinute >= 0, window.fromMinute < window.untilMinute, window.untilMinute <= 1440,
        window.weekdays.allSatisfy((1...7).contains), window.onHolidays || !window.weekdays.isEmpty
    else { throw Fault(.impossibleWindow, "a window has days, and begins before it ends on the same day", kind) }
}

private func groups(of rates: [TariffRate]) -> [(UsageKind, String)] {
    var groups: [(UsageKind, String)] = []
    for rate in rates where !groups.contains(where: { $0 == (rate.kind, rate.prefix) }) {
        groups.append((rate.kind, rate.prefix))
    }
    return groups
}

/// Every minute of each day of the week and of a holiday has exactly one rate: one of a window, or else the one for all other time.
private func checkCalendar(_ rates: [TariffRate], _ kind: UsageKind, _ prefix: String) throws(Fault) {
    guard rates.filter({ $0.window == nil }).count <= 1 else {
        throw Fault(.priceOverlap, "two rates for all other time", ["kind": kind.rawValue, "prefix": prefix, "when": "–"])
    }
    let hasBase = rates.contains { $0.window == nil }
    for day in 1...8 {
        let windows = rates.compactMap(\.window).filter { $0.isOn(weekday: day, isHoliday: day == 8) }
            .sorted { $0.fromMinute < $1.fromMinute }
        var covered = 0
        for window in windows {
            if window.fromMinute < covered {
                throw calendarFault(.priceOverlap, "has two rates", kind, prefix, day, window.fromMinute)
            }
            if window.fromMinute > covered, !hasBase { throw calendarFault(.priceGap, "has no rate", kind, prefix, day, covered) }
            covered = window.untilMinute
        }
        if covered < 1440, !hasBase { throw calendarFault(.priceGap, "has no rate", kind, prefix, day, covered) }
    }
}

private func calendarFault(
    _ code: Fault.Code, _ what: String, _ kind: UsageKind, _ prefix: String, _ day: Int, _ minute: Int
) -> Fault {
    let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "holiday"]
    let clock = "\(names[day - 1]) \(minute / 60 < 10 ? "0" : "")\(minute / 60):\(minute % 60 < 10 ? "0" : "")\(minute % 60)"
    return Fault(
        code, "\(kind.rawValue) to \(prefix.isEmpty ? "every number" : prefix) \(what) on \(clock)",
        ["kind": kind.rawValue, "prefix": prefix.isEmpty ? "–" : prefix, "when": clock])
}
