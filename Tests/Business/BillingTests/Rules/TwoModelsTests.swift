import Basics
import Billing
import Testing

/// The engine against a second, naive model of the clause, for lives that a seed makes.
@Suite("Two models of clause 5 agree")
struct TwoModelsTests {
    /// 1,000 lives, each compared on a day of two and a half years: penalties to the millionth of a micro-yuan, all else to the fen.
    @Test(arguments: 0..<10) func onAThousandLives(batch: UInt64) {
        for seed in (batch * 100)..<(batch * 100 + 100) {
            let facts = randomLife(seed: seed)
            var random = Seeded(state: seed &+ 7_777)
            compare(facts, on: random.date(after: day("2027-01-01"), within: 900), seed)
        }
    }

    private func compare(_ facts: AccountFacts, on date: BusinessDate, _ seed: UInt64) {
        let engine = standing(of: facts, on: date)
        let naive = NaiveLife(facts, until: date)
        let place: Comment = "seed \(seed) on \(date)"
        #expect(engine.owed.micros == naive.owed(on: date), place)
        #expect(engine.held.micros == naive.held(on: date), place)
        #expect(engine.deposit.micros == naive.deposit, place)
        #expect(engine.costs.micros == naive.costs, place)
        #expect(engine.writtenOff.micros == naive.lost, place)
        #expect(engine.claims.map(\.accrued.parts) == naive.claims.map { naive.accrued($0.id) }, place)
        #expect(isConserved(engine, facts), place)
    }

    /// Money in − money out = what was charged − what is still owed or lost + what is on deposit.
    private func isConserved(_ standing: Standing, _ facts: AccountFacts) -> Bool {
        func sum(_ amounts: [DatedAmount]) -> Money { amounts.filter { $0.on <= standing.on }.reduce(.zero) { $0 + $1.amount } }
        let received = facts.receipts.filter { $0.on <= standing.on }.reduce(Money.zero) { $0 + $1.amount }
        var charged = sum(facts.costs) + standing.bookedPenalty
        for claim in facts.claims where claim.issuedOn <= standing.on {
            let credited = facts.credits.filter { $0.claim == claim.id }.reduce(Money.zero) { $0 + $1.amount }
            charged += max(claim.amount - credited, .zero)
        }
        return received - sum(facts.refunds) == charged - standing.receivable - standing.writtenOff + standing.deposit
    }

    /// Lives in which the ladder is climbed: the engine's first day of suspension is the first day on which a counter says so.
    @Test func theLadderByCounting() {
        for seed in UInt64(0)..<500 {
            var random = Seeded(state: seed)
            let issued = day("2027-01-01").adding(days: random.number(0...400))
            let due = issued.adding(days: random.number(0...30))
            let still = (0..<random.number(0...3)).map { _ in
                let from = random.date(after: issued, within: 100)
                return DaySpan(from: from, through: from.adding(days: random.number(0...20)))
            }
            let notices = [LadderNotice(step: .suspended, on: issued)]
            let clock = DaySet(still)
            let moved = clock.day(after: issued, counting: due.days(since: issued))
            // A month by the calendar, but 30 days at least (电信条例, art. 34).
            let month = max(moved.adding(months: 1).days(since: moved), 30)
            var toPay = due.days(since: issued)
            var overdue: Int64 = 0
            for offset in Int64(1)...200 {
                let date = issued.adding(days: offset)
                if still.contains(where: { $0.contains(date) }) { continue }
                if toPay > 0 { toPay -= 1 } else { overdue += 1 }
                let position = ladderPosition(due: moved, still: clock, terms: .standard, notices: notices, on: date)
                #expect((position.step == .suspended) == (overdue > month), "seed \(seed) on \(date)")
            }
        }
    }
}
