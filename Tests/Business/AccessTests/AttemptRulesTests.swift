import Access
import Basics
import Testing

@Suite("The limit on wrong passwords, as a pure rule")
struct AttemptRulesTests {
    let limit = AttemptLimit(atOnce: 5, secondsEach: 60)

    /// By hand: five attempts at 0 s owe until 300 s, which is all that five at once may owe. A sixth would owe 60 s more, so it waits 60 s.
    /// At 59.5 s half a second is missing, told as 1 s; at 60 s it passes and owes until 360 s.
    @Test func fiveAtOnceThenOneAMinute() throws {
        var debt: Timestamp?
        for attempt in 1...5 {
            let decision = limit.decide(debtUntil: debt, at: at(0))
            #expect(decision == .allowed(debtUntil: at(60_000 * Int64(attempt))))
            debt = at(60_000 * Int64(attempt))
        }
        #expect(limit.decide(debtUntil: debt, at: at(0)) == .wait(seconds: 60))
        #expect(limit.decide(debtUntil: debt, at: at(59_500)) == .wait(seconds: 1))
        #expect(limit.decide(debtUntil: debt, at: at(60_000)) == .allowed(debtUntil: at(360_000)))
    }

    @Test func anOldDebtIsForgotten() {
        #expect(limit.decide(debtUntil: at(1_000), at: at(500_000)) == .allowed(debtUntil: at(560_000)))
    }

    @Test func aRightPasswordGivesItsAttemptBack() {
        #expect(limit.forgiven(debtUntil: at(120_000)) == at(60_000))
    }

    /// Whatever the times, no stretch of time holds more attempts than the limit says: at once + one per started interval.
    @Test(arguments: 0..<40) func noStretchHoldsMoreThanTheLimit(seed: UInt64) {
        var random = SplitMix(seed)
        var now: Int64 = 0
        var debt: Timestamp?
        var allowed: [Int64] = []
        for _ in 0..<300 {
            now += Int64.random(in: 0...90_000, using: &random) * (Bool.random(using: &random) ? 1 : 0)
            if case .allowed(let next) = limit.decide(debtUntil: debt, at: at(now)) {
                debt = next
                allowed.append(now)
            }
        }
        for (first, start) in allowed.enumerated() {
            for (last, end) in allowed.enumerated().dropFirst(first) {
                #expect(Int64(last - first + 1) <= limit.atOnce + (end - start) / (limit.secondsEach * 1000))
            }
        }
    }

    private func at(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds) }
}

/// A small generator whose run a seed repeats.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
