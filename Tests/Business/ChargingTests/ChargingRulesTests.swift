import Basics
import Charging
import Testing

@Test(
    "Every second begun is charged, at least one",
    arguments: [
        (0, 1), (1, 1), (999, 1), (1000, 1), (1001, 2), (61_000, 61), (61_200, 62), (-5, 1),
    ] as [(Int64, Int64)])
func everySecondBegunIsCharged(milliseconds: Int64, seconds: Int64) {
    #expect(chargedSeconds(from: noon, to: noon.adding(milliseconds: milliseconds)) == seconds)
}

@Test("The README's example: 61.2 s at 0.3 yuan a minute cost 0.31 yuan")
func readmeExample() {
    // 61.2 s → 62 seconds begun; 0.3 yuan / 60 s = 5,000 micro-yuan; 62 × 5,000 = 310,000 micro-yuan = 0.31 yuan.
    let cost = price * chargedSeconds(from: noon, to: noon.adding(milliseconds: 61_200))
    #expect(cost == Money(micros: 310_000))
    #expect(cost.fen == 31)
}

/// 2026-12-01 00:00:00 in Shanghai.
private let december = zone.start(of: zone.month(of: noon).next)

@Test("A call across the turn of the month is charged to the month in which each second begins")
func monthsOfACall() {
    // Answered 2.5 s before December: seconds 0, 1 and 2 begin at -2.5, -1.5 and -0.5 s, so three belong to November.
    let answered = december.adding(milliseconds: -2500)
    let shares = monthShares(answered: answered, from: 0, to: 10, zone: zone)
    #expect(shares.map(\.month.description) == ["2026-11", "2026-12"])
    #expect(shares.map(\.seconds) == [3, 7])
    #expect(monthShares(answered: answered, from: 3, to: 10, zone: zone).map(\.seconds) == [7])
    #expect(monthShares(answered: december, from: 0, to: 1, zone: zone).map(\.month.description) == ["2026-12"])
    #expect(monthShares(answered: answered, from: 4, to: 4, zone: zone).isEmpty)
}

@Test(
    "A grant is a slice, or what the credit affords when that is less",
    arguments: [
        (30, 150_000, 30, false), (30, 149_999, 29, true), (30, 4_999, 0, true), (30, -7, 0, true), (30, 0, 0, true),
    ] as [(Int64, Int64, Int64, Bool)])
func grants(wanted: Int64, available: Int64, added: Int64, isFinal: Bool) {
    let decision = GrantDecision(wanted: wanted, price: price, available: Money(micros: available))
    #expect(decision.added == added)
    #expect(decision.isFinal == isFinal)
}

@Test("A free call is granted whatever the credit")
func freeCallsAreGranted() {
    let decision = GrantDecision(wanted: 30, price: .zero, available: Money(micros: -1))
    #expect(decision.added == 30 && !decision.isFinal)
}

@Test("Who missed a call, and who is told of it", arguments: CallOutcome.allCases)
func missed(outcome: CallOutcome) {
    let notForThem: Set<CallOutcome> = [.held, .credit, .unknownNumber, .emergencyUnavailable]
    let missed: Set<CallOutcome> = [.busy, .noAnswer, .cancelled, .lost, .failed, .unreachable, .interrupted]
    #expect(concernsCallee(outcome, answered: false) == !notForThem.contains(outcome))
    #expect(isMissed(outcome, answered: false) == missed.contains(outcome))
    #expect(!isMissed(outcome, answered: true))
    #expect(concernsCallee(outcome, answered: true))
}
