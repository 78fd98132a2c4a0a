import Basics
import Charging
import Orders
import Testing

private func meter(_ tariff: CallTariff, _ answered: Timestamp, _ zone: BusinessZone = zone) -> CallMeter {
    CallMeter(tariff, answered: answered, zone: zone)
}

private func flat(_ micros: Int64, first: Int64 = 1, next: Int64 = 1, fee: Int64 = 0, window: TariffWindow? = nil) -> TariffRate {
    TariffRate(
        .video, window: window, perSecond: Money(micros: micros), connectFee: Money(micros: fee), firstSeconds: first,
        nextSeconds: next)
}

/// A whole call from the answer on, as parts `kind from+seconds @price`.
private func rated(_ meter: CallMeter, _ used: Int64, after use: [BusinessMonth: MonthUse] = [:]) -> (text: [String], cost: Int64)
{
    let rating = meter.rate(from: 0, to: meter.blocks(covering: used, from: 0), after: use)
    return (joined(rating.parts).map { "\($0.kind.rawValue) \($0.from)+\($0.seconds) @\($0.price.micros)" }, rating.cost.micros)
}

@Test(
    "Increments charge every block begun: 1/1, 6/6, 60/60, 30/6",
    arguments: [
        (1, 1, 61, 61), (6, 6, 61, 66), (60, 60, 61, 120), (60, 60, 60, 60), (60, 60, 1, 60), (30, 6, 31, 36), (30, 6, 30, 30),
        (60, 1, 10, 60), (60, 1, 61, 61),
    ] as [(Int64, Int64, Int64, Int64)])
func increments(first: Int64, next: Int64, used: Int64, charged: Int64) throws {
    let meter = meter(try callTariff([version([flat(5_000, first: first, next: next)])]), noon)
    #expect(meter.blocks(covering: used, from: 0) == charged)
    #expect(rated(meter, used).cost == charged * 5_000)
}

@Test("A connect fee comes once, with the first second, and not for a call that was not charged")
func connectFee() throws {
    let meter = meter(try callTariff([version([flat(5_000, fee: 100_000)])]), noon)
    #expect(rated(meter, 10).text == ["connect-fee 0+0 @100000", "seconds 0+10 @5000"])
    #expect(rated(meter, 0).cost == 0)
    #expect(meter.rate(from: 10, to: 20, after: [:]).cost == Money(micros: 50_000))
}

/// Nights (22:00–24:00) cost 1,000 a second, all other time 5,000. Answered 21:59:50: ten seconds dear, the rest cheap. With minutes as
/// blocks 61 s are 120 s: 10 × 5,000 + 110 × 1,000 = 160,000.
@Test("A call across the beginning of a window is split at that second, within a block, too")
func windowBoundary() throws {
    let night = TariffWindow(weekdays: [1, 2, 3, 4, 5, 6, 7], fromMinute: 1320)
    let answered = try shanghai("2026-11-23", 21, 59, 50)
    let seconds = meter(try callTariff([version([flat(5_000), flat(1_000, window: night)])]), answered)
    #expect(rated(seconds, 15).text == ["seconds 0+10 @5000", "seconds 10+5 @1000"])
    let minutes = meter(
        try callTariff([version([flat(5_000, first: 60, next: 60), flat(1_000, first: 60, next: 60, window: night)])]), answered)
    #expect(rated(minutes, 61).text == ["seconds 0+10 @5000", "seconds 10+110 @1000"])
    #expect(rated(minutes, 61).cost == 160_000)
}

/// A Tuesday that is a holiday: weekend and holiday seconds cost 1,000. Answered on Monday 23:59:58.5: seconds 0 and 1 begin before
/// midnight (at 58.5 and 59.5), second 2 begins at 00:00:00.5 of the holiday. The holiday ends at the next midnight.
@Test("A holiday begins and ends at midnight of the provider's zone")
func holiday() throws {
    let free = TariffWindow(weekdays: [6, 7], onHolidays: true)
    let tuesday = try #require(BusinessDate("2026-11-24"))
    let tariff = try callTariff([version([flat(5_000), flat(1_000, window: free)])], holidays: [tuesday])
    let before = meter(tariff, try shanghai("2026-11-23", 23, 59, 58).adding(milliseconds: 500))
    #expect(rated(before, 5).text == ["seconds 0+2 @5000", "seconds 2+3 @1000"])
    let after = meter(tariff, try shanghai("2026-11-24", 23, 59, 58))
    #expect(rated(after, 5).text == ["seconds 0+2 @1000", "seconds 2+3 @5000"])
    // A Saturday that is a holiday is cheap as well; a holiday that is a Saturday but whose window is for weekends only is not.
    let weekend = TariffWindow(weekdays: [6, 7])
    let saturday = try #require(BusinessDate("2026-11-28"))
    let onlyWeekend = try callTariff([version([flat(5_000), flat(1_000, window: weekend)])], holidays: [saturday])
    #expect(rated(meter(onlyWeekend, try shanghai("2026-11-28", 12)), 1).text == ["seconds 0+1 @5000"])
    #expect(rated(meter(onlyWeekend, try shanghai("2026-11-29", 12)), 1).text == ["seconds 0+1 @1000"])
}

/// 90 free seconds; a call of 100 s has 90 free and 10 at 5,000. With 80 already taken in the month: 10 free, 90 paid.
@Test("A free allowance that ends in the middle of a call is taken to its last second")
func allowance() throws {
    let meter = meter(try callTariff([version([flat(5_000)], free: 90)]), noon)
    #expect(rated(meter, 100).text == ["free 0+90 @0", "seconds 90+10 @5000"])
    let used = [zone.month(of: noon): MonthUse(freeTaken: 80)]
    #expect(rated(meter, 100, after: used).text == ["free 0+10 @0", "seconds 10+90 @5000"])
    #expect(rated(meter, 100, after: used).cost == 450_000)
}

/// Free seconds are of a month: answered 5 s before December with 3 left in November. November: 3 free, 2 paid; December: free again.
@Test("At the end of the month the call is split and the new month's allowance begins")
func monthEnd() throws {
    let november = zone.month(of: noon)
    let meter = meter(try callTariff([version([flat(5_000)], free: 90)]), zone.end(of: november).adding(seconds: -5))
    let rating = meter.rate(from: 0, to: 10, after: [november: MonthUse(freeTaken: 87)])
    #expect(monthCharges(rating.parts).map(\.month) == [november, november.next])
    #expect(monthCharges(rating.parts).map(\.seconds) == [5, 5])
    #expect(monthCharges(rating.parts).map(\.cost) == [Money(micros: 10_000), .zero])
}

@Test("A published change of price during a call holds from its second on")
func priceChange() throws {
    let change = noon.adding(milliseconds: 9_001)
    let tariff = try callTariff([version([flat(5_000)]), version([flat(7_000)], from: change)], at: noon)
    // Second 9 begins at 9.000 s, before the change; second 10 after it.
    #expect(rated(meter(tariff, noon), 20).text == ["seconds 0+10 @5000", "seconds 10+10 @7000"])
}

/// 10 % off once the month has cost ¥0.10: 20 s at 5,000 reach it, the rest costs 4,500. 333 per mille of 5,001 are 3,335.667, rounded 3,336.
@Test("A discount holds from the second after its threshold; its price is rounded once, half to even")
func discount() throws {
    let tariff = try callTariff([version([flat(5_000)], discount: UsageDiscount(perMille: 100, above: Money(micros: 100_000)))])
    #expect(rated(meter(tariff, noon), 30).text == ["seconds 0+20 @5000", "seconds 20+10 @4500"])
    let reached = [zone.month(of: noon): MonthUse(charged: Money(micros: 100_000))]
    #expect(rated(meter(tariff, noon), 30, after: reached).text == ["seconds 0+30 @4500"])
    #expect(discounted(Money(micros: 5_001), perMille: 333) == Money(micros: 3_336))
    #expect(discounted(Money(micros: 5), perMille: 500) == Money(micros: 2))
    #expect(discounted(Money(micros: 7), perMille: 500) == Money(micros: 4))
    #expect(discounted(Money(micros: 7), perMille: 1000) == .zero)
}

@Test("The longest prefix holds")
func prefixes() throws {
    let rates = [
        flat(5_000), TariffRate(.video, prefix: "60", perSecond: Money(micros: 4_000)),
        TariffRate(.video, prefix: "6000", perSecond: Money(micros: 3_000)),
    ]
    for (number, price) in [("60000002", 3_000), ("60100002", 4_000), ("59000002", 5_000), ("6", 5_000)] as [(String, Int64)] {
        #expect(try callTariff([version(rates)], to: number).flatPrice == Money(micros: price))
    }
    let tariff = Tariff(plan: PlanID(trusted: "p"), versions: [version(rates)])
    #expect(tariff.ofCall(.group, to: "60000002", from: noon) == nil)
}

/// ¥0.50 with minutes at 5,000 a second (¥0.30): one minute, not two. A cent less than a minute: none.
@Test("A credit reaches to the end of the last block that it pays for whole")
func reach() throws {
    let meter = meter(try callTariff([version([flat(5_000, first: 60, next: 60)])]), noon)
    #expect(meter.reach(of: Money(micros: 500_000), from: 0, to: 600, after: [:]) == 60)
    #expect(meter.reach(of: Money(micros: 299_999), from: 0, to: 600, after: [:]) == 0)
    #expect(meter.reach(of: Money(micros: -1), from: 0, to: 600, after: [:]) == 0)
    #expect(meter.reach(of: Money(micros: 600_000), from: 60, to: 600, after: [:]) == 180)
    let fee = CallMeter(try callTariff([version([flat(5_000, fee: 100_000)])]), answered: noon, zone: zone)
    #expect(fee.reach(of: Money(micros: 104_999), from: 0, to: 600, after: [:]) == 0)
    #expect(fee.reach(of: Money(micros: 105_000), from: 0, to: 600, after: [:]) == 1)
    let free = CallMeter(try callTariff([version([flat(5_000)], free: 90)]), answered: noon, zone: zone)
    #expect(free.reach(of: .zero, from: 0, to: 600, after: [:]) == 90)
}

/// Clocks in Berlin go back at 03:00 on 2026-10-25: the hour from two to three comes twice, and a window 02:00–03:00 holds for two hours.
@Test("Windows go by the wall clock, where it is set back, too")
func wallClock() throws {
    let berlin = try BusinessZone("Europe/Berlin")
    let window = TariffWindow(weekdays: [7], fromMinute: 120, untilMinute: 180)
    let tariff = try callTariff([version([flat(5_000), flat(1_000, window: window)])])
    let midnight = berlin.start(of: try #require(BusinessDate("2026-10-25")))
    let meter = meter(tariff, midnight, berlin)
    let parts = joined(meter.rate(from: 0, to: 6 * 3600, after: [:]).parts)
    #expect(parts.map(\.seconds) == [7200, 7200, 7200])
    #expect(parts.map(\.price.micros) == [5_000, 1_000, 5_000])
}

@Test("Random tariffs and calls cost what the naive model says, in every way to slice them", arguments: 0..<300)
func naive(seed: Int) throws {
    var dice = Dice(state: UInt64(seed) &* 7919 &+ 13)
    let month = zone.month(of: noon)
    let anchors = [noon, zone.end(of: month), try shanghai("2026-11-27", 24), try shanghai("2026-11-30", 12)]
    let answered = (anchors.randomElement(using: &dice) ?? noon).adding(
        milliseconds: Int64.random(in: -200_000...1_000, using: &dice))
    let tariff = try dice.tariff(around: answered, zone)
    let (meter, naive) = (meter(tariff, answered), NaiveMeter(tariff: tariff, answered: answered, zone: zone))
    let used = Int64.random(in: 0...400, using: &dice)
    let end = meter.blocks(covering: used, from: 0)
    #expect(end == naive.charged(used))
    let whole = meter.rate(from: 0, to: end, after: [:])
    let costs = naive.costs(used)
    #expect(whole.cost == costs.values.reduce(.zero, +))
    for charge in monthCharges(whole.parts) { #expect(charge.cost == costs[charge.month, default: .zero]) }
    // Slice by slice, each from where the last one ended.
    var (at, sum, use): (Int64, Money, [BusinessMonth: MonthUse]) = (0, .zero, [:])
    while at < end {
        let next = min(meter.blocks(covering: at + Int64.random(in: 1...50, using: &dice), from: at), end)
        let slice = meter.rate(from: at, to: next, after: use)
        (at, sum, use) = (next, sum + slice.cost, slice.after)
    }
    #expect(sum == whole.cost)
    // A credit reaches exactly as far as it pays for.
    let credit = Money(micros: Int64.random(in: 0...2_000_000, using: &dice))
    let reach = meter.reach(of: credit, from: 0, to: 600, after: [:])
    #expect(meter.rate(from: 0, to: reach, after: [:]).cost <= credit)
    if reach < 600 {
        let more = meter.blocks(covering: reach + 1, from: reach)
        #expect(meter.rate(from: 0, to: more, after: [:]).cost > credit)
    }
}

@Test("A tariff and an outlook come back from their text as they were", arguments: 0..<20)
func text(seed: Int) throws {
    var dice = Dice(state: UInt64(seed))
    let tariff = try dice.tariff(around: noon, zone)
    #expect(try CallTariff(stored: try tariff.text()) == tariff)
    #expect(throws: (any Error).self) { try CallTariff(stored: "{}") }
}
