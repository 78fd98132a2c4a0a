import Basics
import Billing
import Testing

/// Lives of one account, every amount worked out by hand. ¥100 invoiced on 1 January, due on the 15th, 3‰ a day unless said otherwise.
@Suite("What an account owes, by hand")
struct StandingTests {
    private func on(_ date: String, _ make: (inout AccountFacts) -> Void) -> Standing {
        standing(of: .made(make), on: day(date))
    }

    /// ¥50 on the 20th: five days of penalty are ¥1.50, so ¥48.50 go to the debt and ¥51.50 stay. Ten days of ¥0.1545 are ¥1.545; all penalty so
    /// far is ¥3.045, in the books ¥3.04 (half to even), of which ¥1.50 are paid.
    @Test func aPartPaymentGoesToThePenaltyFirst() {
        let facts = AccountFacts.made {
            $0.claims = [claim()]
            $0.receipts = [Receipt(on: day("2027-01-20"), amount: Money(yuan: 50))]
        }
        let paid = standing(of: facts, on: day("2027-01-20"))
        #expect(paid.principal == fen(5_150) && paid.penalty == .zero && paid.deposit == .zero)
        let later = standing(of: facts, on: day("2027-01-30"))
        #expect(later.claims.first?.accrued.inMicros == Money(micros: 3_045_000))
        #expect(later.penalty == fen(154))
        #expect(later.owed == fen(5_304))
        #expect(later.bookedPenalty == fen(150), "the books know the penalty as of the payment")
    }

    @Test func whoPaysOnTheDueDateOwesNoPenalty() {
        let paid = on("2027-03-01") {
            $0.claims = [claim()]
            $0.receipts = [Receipt(on: day("2027-01-15"), amount: Money(yuan: 100))]
        }
        #expect(paid.owed == .zero && paid.claims.first?.isOpen == false && paid.overdue == .zero)
    }

    /// ¥100.30 on the 16th and nothing is left; ¥100 leave ¥0.30 of the debt, because the penalty comes first.
    @Test func aDayLateCostsADay() {
        let enough = on("2027-01-16") {
            $0.claims = [claim()]
            $0.receipts = [Receipt(on: day("2027-01-16"), amount: fen(10_030))]
        }
        #expect(enough.owed == .zero)
        let short = on("2027-01-16") {
            $0.claims = [claim()]
            $0.receipts = [Receipt(on: day("2027-01-16"), amount: Money(yuan: 100))]
        }
        #expect(short.principal == fen(30) && short.penalty == .zero)
    }

    /// Costs of ¥10 first, then both penalties, then the older debt. On 25 February: 41 days of ¥0.30 are ¥12.30, 10 days ¥3.00. Of ¥60 remain
    /// ¥34.70 for the older one.
    @Test func costsThenPenaltyThenTheOldestDebt() {
        let standing = on("2027-02-25") {
            $0.claims = [claim("i2", issued: "2027-02-01", due: "2027-02-15"), claim()]
            $0.costs = [DatedAmount(on: day("2027-02-20"), amount: Money(yuan: 10))]
            $0.receipts = [Receipt(on: day("2027-02-25"), amount: Money(yuan: 60))]
        }
        #expect(standing.costs == .zero && standing.penalty == .zero)
        #expect(standing.claims.map(\.principal) == [fen(6_530), Money(yuan: 100)])
    }

    @Test func anotherAgreedOrder() {
        let standing = on("2027-01-25") {
            $0.claims = [claim()]
            $0.order = [.principal, .penalty, .costs]
            $0.receipts = [Receipt(on: day("2027-01-25"), amount: Money(yuan: 100))]
        }
        #expect(standing.principal == .zero && standing.penalty == Money(yuan: 3))
        #expect(standing.claims.first?.isOpen == true)
    }

    /// ¥130 for ¥100: ¥30 are a deposit, which the next invoice of ¥80 uses on its day.
    @Test func whatIsPaidTooMuchIsADepositForTheNextInvoice() {
        let facts = AccountFacts.made {
            $0.claims = [claim(), claim("i2", Money(yuan: 80), issued: "2027-02-01", due: "2027-02-15")]
            $0.receipts = [Receipt(on: day("2027-01-10"), amount: Money(yuan: 130))]
        }
        #expect(standing(of: facts, on: day("2027-01-31")).deposit == Money(yuan: 30))
        let next = standing(of: facts, on: day("2027-02-01"))
        #expect(next.deposit == .zero && next.principal == Money(yuan: 50))
    }

    /// A payment that bounces is left out of the facts; then everything is as if it had never been, the penalty of every day too.
    @Test func aBouncedPaymentHasNeverBeen() {
        let never = AccountFacts.made { $0.claims = [claim()] }
        var bounced = never
        bounced.receipts = [Receipt(on: day("2027-01-20"), amount: Money(yuan: 100))]
        #expect(standing(of: bounced, on: day("2027-02-10")).owed != standing(of: never, on: day("2027-02-10")).owed)
        bounced.receipts = []
        #expect(standing(of: bounced, on: day("2027-02-10")) == standing(of: never, on: day("2027-02-10")))
    }

    /// ¥40 of ¥100 disputed from the 20th to 10 February. Undisputed: ¥60, 26 days to 10 February are ¥4.68. Disputed: the 16th to the 19th, four
    /// days of ¥0.12 are ¥0.48.
    @Test func disputedAmountsStandStill() {
        var facts = disputed(through: nil)
        let open = standing(of: facts, on: day("2027-02-10"))
        #expect(open.principal == Money(yuan: 60) && open.held == Money(yuan: 40))
        #expect(open.penalty == fen(516))
        // Rejected on that day: due again, and the clock goes on from the day after it: five more days of ¥0.30 to the 15th.
        facts = disputed(through: "2027-02-10")
        let rejected = standing(of: facts, on: day("2027-02-15"))
        #expect(rejected.principal == Money(yuan: 100) && rejected.held == .zero)
        #expect(rejected.penalty == fen(516 + 150))
        // Upheld: the ¥40 have never been. ¥60 from the 16th to 15 February are 31 days of ¥0.18.
        facts.credits = [ClaimCredit(claim: claim().id, amount: Money(yuan: 40), dispute: DisputeID(trusted: "d"))]
        let upheld = standing(of: facts, on: day("2027-02-15"))
        #expect(upheld.principal == Money(yuan: 60) && upheld.penalty == fen(558))
        // Half upheld: ¥20 less. ¥60: ¥5.58; the other ¥20: 4 + 5 days of ¥0.06 are ¥0.54.
        facts.credits = [ClaimCredit(claim: claim().id, amount: Money(yuan: 20), dispute: DisputeID(trusted: "d"))]
        let partly = standing(of: facts, on: day("2027-02-15"))
        #expect(partly.principal == Money(yuan: 80) && partly.penalty == fen(612))
    }

    private func disputed(through: String?) -> AccountFacts {
        .made {
            $0.claims = [claim()]
            $0.held = [
                HeldAmount(
                    dispute: DisputeID(trusted: "d"), claim: claim().id, amount: Money(yuan: 40),
                    days: days("2027-01-20", through))
            ]
        }
    }

    /// Disputed on the 10th, rejected on the 20th: the six days from the 10th to the 15th are given back, so it is due on the 26th.
    @Test func aDisputeBeforeTheDueDateGivesTheDaysBack() {
        let facts = AccountFacts.made {
            $0.claims = [claim()]
            $0.held = [
                HeldAmount(
                    dispute: DisputeID(trusted: "d"), claim: claim().id, amount: Money(yuan: 100),
                    days: days("2027-01-10", "2027-01-20"))
            ]
        }
        #expect(standing(of: facts, on: day("2027-01-26")).penalty == .zero)
        #expect(standing(of: facts, on: day("2027-01-27")).penalty == fen(30))
    }

    /// Who pays everything while ¥40 are in dispute has ¥40 on deposit; rejected, they go to the debt on that day.
    @Test func moneyForWhatIsInDisputeWaits() {
        var facts = disputed(through: nil)
        facts.receipts = [Receipt(on: day("2027-01-20"), amount: Money(yuan: 105))]
        // Penalty to the 20th: ¥60 for five days are ¥0.90, ¥40 for four ¥0.48.
        let open = standing(of: facts, on: day("2027-01-25"))
        #expect(open.owed == .zero && open.held == Money(yuan: 40) && open.deposit == fen(4_362))
        facts.held = disputed(through: "2027-01-28").held
        let rejected = standing(of: facts, on: day("2027-01-28"))
        #expect(rejected.owed == .zero && rejected.held == .zero && rejected.deposit == fen(362))
    }

    @Test func aCreditNoteForSomethingPaidIsADeposit() {
        let credited = on("2027-02-01") {
            $0.claims = [claim()]
            $0.receipts = [Receipt(on: day("2027-01-25"), amount: Money(yuan: 103))]
            $0.credits = [ClaimCredit(claim: claim().id, amount: Money(yuan: 100))]
        }
        #expect(credited.deposit == Money(yuan: 103), "the penalty on what was never owed comes back too")
    }

    @Test func aPenaltyInDisputeIsNotPaidAndAReliefComesBack() {
        var facts = AccountFacts.made {
            $0.claims = [claim()]
            $0.held = [
                HeldAmount(
                    dispute: DisputeID(trusted: "p"), claim: claim().id, amount: Money(yuan: 3), isPenalty: true,
                    days: days("2027-01-25", nil))
            ]
            $0.receipts = [Receipt(on: day("2027-01-25"), amount: Money(yuan: 100))]
        }
        let held = standing(of: facts, on: day("2027-01-25"))
        #expect(held.owed == .zero && held.held == Money(yuan: 3))
        #expect(ladder(held, claims: facts.claims, notices: [:]).account.step == .inTime)
        facts.held = []
        facts.receipts = [Receipt(on: day("2027-01-25"), amount: Money(yuan: 103))]
        facts.reliefs = [PenaltyRelief(claim: claim().id, on: day("2027-01-26"), amount: Money(yuan: 3))]
        #expect(standing(of: facts, on: day("2027-01-26")).deposit == Money(yuan: 3))
    }

    /// ¥30 on deposit are paid back; then the payment bounces: the customer owes the ¥100 and the ¥30.
    @Test func aRefundOfMoneyThatBouncedIsOwed() {
        let bounced = on("2027-01-15") {
            $0.claims = [claim()]
            $0.refunds = [DatedAmount(on: day("2027-01-12"), amount: Money(yuan: 30))]
        }
        #expect(bounced.costs == Money(yuan: 30) && bounced.owed == Money(yuan: 130))
    }

    @Test func aWriteOffEndsPenaltyAndClaim() {
        let facts = AccountFacts.made {
            $0.claims = [claim()]
            $0.writeOffs = [WriteOff(claim: claim().id, on: day("2027-01-25"))]
        }
        let after = standing(of: facts, on: day("2027-12-31"))
        #expect(after.owed == .zero && after.writtenOff == Money(yuan: 103) && after.receivable == .zero)
        #expect(after.bookedPenalty == Money(yuan: 3), "the penalty was earned, and lost as an expense")
    }

    @Test func anEmptyLifeOwesNothing() {
        let nothing = on("2027-01-01") { _ in }
        #expect(nothing.owed == .zero && nothing.deposit == .zero && nothing.claims.isEmpty)
        let early = on("2026-12-31") { $0.claims = [claim()] }
        #expect(early.owed == .zero && early.claims.isEmpty, "an invoice of tomorrow is none today")
    }
}
