import Basics
import Billing

/// A generator that a seed repeats (SplitMix64).
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    mutating func number(_ range: ClosedRange<Int64>) -> Int64 { Int64.random(in: range, using: &self) }
    mutating func chance(_ percent: Int64) -> Bool { number(1...100) <= percent }
    mutating func date(after first: BusinessDate, within days: Int64) -> BusinessDate { first.adding(days: number(0...days)) }
}

/// A life of up to two years that nobody would think of.
func randomLife(seed: UInt64) -> AccountFacts {
    var random = Seeded(state: seed)
    var facts = AccountFacts()
    let start = day("2027-01-01")
    for month in 0..<random.number(1...24) {
        let issued = start.adding(months: month)
        let terms = LatePaymentTerms(
            ratePerMilleThousandths: random.number(0...4) == 0 ? random.number(0...9_999) : 3_000, monthsUntilSuspension: 1,
            monthsUntilTermination: 3)
        facts.claims.append(
            Claim(
                id: InvoiceID(trusted: "i\(month)"), amount: fen(random.number(1...30_000)), issuedOn: issued,
                due: issued.adding(days: random.number(0...28)), terms: terms))
    }
    for claim in facts.claims {
        if random.chance(80) {
            for _ in 0..<random.number(1...2) {
                facts.receipts.append(
                    Receipt(
                        on: random.date(after: claim.issuedOn, within: 120),
                        amount: fen(random.number(1...max(claim.amount.fen, 1)))))
            }
        }
        if random.chance(25) { addDispute(to: claim, &facts, &random) }
        if random.chance(5) {
            let days = DaySpan(
                from: random.date(after: claim.issuedOn, within: 60), through: claim.issuedOn.adding(days: random.number(60...90))
            )
            facts.stillDays.append(days)
        }
        if random.chance(10) {
            facts.costs.append(
                DatedAmount(on: random.date(after: claim.issuedOn, within: 90), amount: fen(random.number(1...2_000))))
        }
        if random.chance(10) {
            facts.refunds.append(
                DatedAmount(on: random.date(after: claim.issuedOn, within: 90), amount: fen(random.number(1...3_000))))
        }
        if random.chance(10) {
            facts.reliefs.append(
                PenaltyRelief(
                    claim: claim.id, on: random.date(after: claim.due, within: 200), amount: fen(random.number(1...1_000))))
        }
        if random.chance(5) {
            facts.writeOffs.append(WriteOff(claim: claim.id, on: random.date(after: claim.due, within: 300)))
        }
        if random.chance(5) {
            facts.credits.append(ClaimCredit(claim: claim.id, amount: fen(random.number(1...claim.amount.fen))))
        }
    }
    return facts
}

private func addDispute(to claim: Claim, _ facts: inout AccountFacts, _ random: inout Seeded) {
    let id = DisputeID(trusted: "d-\(claim.id)")
    let from = random.date(after: claim.issuedOn, within: 60)
    let through = random.chance(75) ? random.date(after: from, within: 40) : nil
    let amount = fen(random.number(1...claim.amount.fen))
    let isPenalty = random.chance(20)
    facts.held.append(
        HeldAmount(
            dispute: id, claim: claim.id, amount: amount, isPenalty: isPenalty, days: DaySpan(from: from, through: through)))
    if through != nil, !isPenalty, random.chance(50) {
        facts.credits.append(ClaimCredit(claim: claim.id, amount: fen(random.number(1...amount.fen)), dispute: id))
    }
}
