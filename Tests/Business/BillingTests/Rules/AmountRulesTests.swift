import Basics
import Billing
import Testing

/// Every amount was worked out by hand.
@Suite("Rent, tax and penalty by hand")
struct AmountRulesTests {
    private let month = BusinessMonth(of: day("2027-02-10"))

    /// ¥29 for a February of 28 days: from the 10th on are 19 days, 29 × 19 ÷ 28 = 19.678…, to the fen 19.68.
    @Test func rentIsToTheDayAtBothEnds() {
        let monthly = Money(yuan: 29)
        #expect(rent(monthly, from: day("2027-02-10"), through: nil, in: month) == fen(1_968))
        // The 1st to the 9th are nine days: 29 × 9 ÷ 28 = 9.321….
        #expect(rent(monthly, from: day("2026-11-23"), through: day("2027-02-09"), in: month) == fen(932))
        #expect(rent(monthly, from: day("2027-02-09"), through: day("2027-02-09"), in: month) == fen(104), "29 ÷ 28 = 1.0357…")
        #expect(rent(monthly, from: day("2026-11-23"), through: nil, in: month) == monthly, "a whole month is the whole rent")
        #expect(rent(monthly, from: day("2027-03-01"), through: nil, in: month) == .zero)
        #expect(rent(monthly, from: day("2027-01-01"), through: day("2027-01-31"), in: month) == .zero)
        #expect(rent(monthly, from: day("2027-02-20"), through: day("2027-02-10"), in: month) == .zero, "a rent that never began")
    }

    /// ¥0.07 × 2 ÷ 28 = half a fen, which goes to the even side: nothing. ¥0.21 × 2 ÷ 28 = one and a half: two.
    @Test func halfAFenGoesToTheEvenSide() {
        #expect(rent(fen(7), from: day("2027-02-27"), through: nil, in: month) == .zero)
        #expect(rent(fen(21), from: day("2027-02-27"), through: nil, in: month) == fen(2))
        #expect(Money(micros: 15_000).roundedToFen == fen(2))
        #expect(Money(micros: 25_000).roundedToFen == fen(2))
        #expect(Money(micros: -15_000).roundedToFen == fen(-2))
    }

    @Test func aLeapDayIsADayOfRent() {
        let leap = BusinessMonth(of: day("2028-02-01"))
        #expect(rent(Money(yuan: 29), from: day("2028-02-29"), through: nil, in: leap) == Money(yuan: 1))
    }

    /// ¥10.60 with 6 % inside are ¥10.00 and ¥0.60; ¥1,000 with 13 % inside: 1000 × 130 ÷ 1130 = 115.0442….
    @Test func taxInsideAndOnTop() {
        #expect(TaxRule.service.apply(to: fen(1_060)) == TaxedAmount(net: fen(1_000), tax: fen(60)))
        #expect(TaxRule.goods.apply(to: Money(yuan: 1000)) == TaxedAmount(net: fen(88_496), tax: fen(11_504)))
        let onTop = TaxRule(perMille: 90, isIncluded: false).apply(to: Money(yuan: 10))
        #expect(onTop == TaxedAmount(net: fen(1_000), tax: fen(90)))
        #expect(onTop.total == fen(1_090))
        #expect(TaxRule.none.apply(to: Money(micros: 310_000)) == TaxedAmount(net: fen(31), tax: .zero))
        // 0.25 × 60 ÷ 1060 = 0.01415…; a credit is the same with the other sign.
        #expect(TaxRule.service.apply(to: fen(-25)) == TaxedAmount(net: fen(-24), tax: fen(-1)))
    }

    @Test func impossibleTaxRatesAreMovedToTheNearestPossible() {
        #expect(TaxRule(perMille: -5).perMille == 0)
        #expect(TaxRule(perMille: 5_000).perMille == 1000)
    }

    /// ¥100 due on 15 January at 3‰: ¥0.30 a day from the 16th, the day of payment included.
    @Test func penaltyRunsFromTheDayAfterTheDueDateToTheDayOfPayment() {
        func owed(_ on: String) -> Money {
            penalty(on: Money(yuan: 100), due: day("2027-01-15"), through: day(on), terms: .standard).rounded
        }
        #expect(owed("2027-01-14") == .zero)
        #expect(owed("2027-01-15") == .zero)
        #expect(owed("2027-01-16") == fen(30))
        #expect(owed("2027-01-25") == fen(300))
        #expect(owed("2027-03-01") == fen(1_350), "16 days of January, 28 of February, one of March")
        #expect(owed("2028-01-15") == fen(10_950), "365 days, and never a penalty on the penalty")
    }

    @Test func aLeapDayBearsAPenalty() {
        let leap = penalty(on: Money(yuan: 100), due: day("2028-02-28"), through: day("2028-03-01"), terms: .standard)
        let common = penalty(on: Money(yuan: 100), due: day("2027-02-28"), through: day("2027-03-01"), terms: .standard)
        #expect(leap.rounded == fen(60) && common.rounded == fen(30))
    }

    /// One third of a per mille of ¥0.01 is 3.33 micro-yuan a day; after 3,000 days it is exactly 9,990, and rounds to one fen.
    @Test func oddRatesStayExact() {
        let terms = LatePaymentTerms(ratePerMilleThousandths: 333, monthsUntilSuspension: 1, monthsUntilTermination: 3)
        let one = penalty(on: fen(1), due: day("2027-01-01"), through: day("2027-01-02"), terms: terms)
        #expect(one.parts == 3_330_000 && one.inMicros == Money(micros: 3))
        let many = penalty(on: fen(1), due: day("2027-01-01"), through: day("2027-01-01").adding(days: 3_000), terms: terms)
        #expect(many.inMicros == Money(micros: 9_990) && many.rounded == fen(1))
    }

    /// The highest amount at the highest rate for a hundred years does not overflow.
    @Test func extremesAreExact() {
        let terms = LatePaymentTerms(ratePerMilleThousandths: .max, monthsUntilSuspension: -1, monthsUntilTermination: -2)
        #expect(terms.ratePerMilleThousandths == 100_000 && terms.monthsUntilTermination == 0)
        let penalty = penalty(on: Money.limit, due: day("2027-01-01"), through: day("2127-01-01"), terms: terms)
        #expect(penalty.parts == Int128(Money.limit.micros) * 36_524 * 100_000)
        #expect(penalty.rounded == Money(yuan: 3_652_400_000_000))
    }

    /// ¥100 at 3‰ with the 18th to the 20th standing still: of the ten days to the 25th seven count.
    @Test func stillDaysBearNoPenalty() {
        let still = [days("2027-01-18", "2027-01-20"), days("2027-01-19", "2027-01-20")]
        let owed = penalty(
            on: Money(yuan: 100), due: day("2027-01-15"), through: day("2027-01-25"), terms: .standard, stillDays: still)
        #expect(owed.rounded == fen(210))
    }

    @Test func stillDaysAreCountedOnce() {
        let set = DaySet([days("2027-01-05", "2027-01-06"), days("2027-01-07", "2027-01-07"), days("2027-01-20", nil)])
        #expect(set.counting(after: day("2027-01-04"), through: day("2027-01-10")) == 3)
        #expect(set.counting(after: day("2027-01-10"), through: day("2027-01-10")) == 0)
        #expect(set.counting(after: day("2027-01-10"), through: day("2027-01-31")) == 9)
        #expect(set.day(after: day("2027-01-04"), counting: 1) == day("2027-01-08"))
        #expect(set.day(after: day("2027-01-05"), counting: 0) == day("2027-01-05"))
        #expect(set.day(after: day("2027-01-10"), counting: 9) == day("2027-01-19"))
        #expect(set.day(after: day("2027-01-10"), counting: 10) == BusinessDate.range.upperBound, "a clock that never goes again")
        #expect(DaySet([days("2027-01-05", "2027-01-04")]).counting(after: day("2027-01-01"), through: day("2027-01-09")) == 8)
    }
}
