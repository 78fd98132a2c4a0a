import Basics
import Billing
import Testing

/// Standard terms: suspended after one month, terminated after three; notice seven days before.
@Suite("The arrears ladder by hand")
struct LadderRulesTests {
    private func position(
        _ due: String, _ on: String, notices: [(LadderStep, String)] = [], still: [DaySpan] = [],
        terms: LatePaymentTerms = .standard
    ) -> LadderPosition {
        ladderPosition(
            due: day(due), still: DaySet(still), terms: terms, notices: notices.map { LadderNotice(step: $0.0, on: day($0.1)) },
            on: day(on))
    }

    private let noticed: [(LadderStep, String)] = [(.suspended, "2027-02-09"), (.terminated, "2027-04-09")]

    /// Due on 15 January: overdue from the 16th, suspended from 16 February; three months are over with 15 April, 60 days of
    /// suspension with 17 April: terminated from the 18th.
    @Test func eachStepComesOnTheDayAfterItsMonths() {
        #expect(position("2027-01-15", "2027-01-15", notices: noticed).step == .inTime)
        #expect(position("2027-01-15", "2027-01-16", notices: noticed).step == .overdue)
        #expect(position("2027-01-15", "2027-02-15", notices: noticed).step == .overdue)
        let suspended = position("2027-01-15", "2027-02-16", notices: noticed)
        #expect(suspended.step == .suspended && suspended.since == day("2027-02-16"))
        #expect(suspended.next == LadderNotice(step: .terminated, on: day("2027-04-18")))
        #expect(position("2027-01-15", "2027-04-17", notices: noticed).step == .suspended)
        let terminated = position("2027-01-15", "2027-04-18", notices: noticed)
        #expect(terminated.step == .terminated && terminated.since == day("2027-04-18") && terminated.next == nil)
    }

    /// 31 January and a month is the last of February after 28 or 29 days; 30 days overdue are over with 2 March, in a leap year with the 1st.
    @Test func shortMonthsWaitForTheLawfulDays() {
        let notices: [(LadderStep, String)] = [(.suspended, "2027-02-01")]
        #expect(position("2027-01-31", "2027-03-02", notices: notices).step == .overdue)
        #expect(position("2027-01-31", "2027-03-03", notices: notices).step == .suspended)
        #expect(position("2028-01-31", "2028-03-01", notices: [(.suspended, "2028-02-01")]).step == .overdue)
        #expect(position("2028-01-31", "2028-03-02", notices: [(.suspended, "2028-02-01")]).step == .suspended)
        // Terms without a single month are no shorter than the law: due on the 15th, the 30th day is 14 February.
        let none = LatePaymentTerms(ratePerMilleThousandths: 3_000, monthsUntilSuspension: 0, monthsUntilTermination: 0)
        #expect(position("2027-01-15", "2027-02-14", notices: noticed, terms: none).step == .overdue)
        #expect(position("2027-01-15", "2027-02-16", notices: noticed, terms: none).step == .suspended)
        // Longer terms stand: two months after 15 January end on 15 March.
        let long = LatePaymentTerms(ratePerMilleThousandths: 3_000, monthsUntilSuspension: 2, monthsUntilTermination: 6)
        #expect(position("2027-01-15", "2027-03-15", notices: noticed, terms: long).step == .overdue)
        #expect(position("2027-01-15", "2027-03-16", notices: noticed, terms: long).step == .suspended)
        #expect(position("2027-01-15", "2027-07-15", notices: noticed, terms: long).step == .suspended)
        #expect(position("2027-01-15", "2027-07-16", notices: noticed, terms: long).step == .terminated)
    }

    @Test func noStepWithoutNotice() {
        let waiting = position("2027-01-15", "2027-08-01")
        #expect(waiting.step == .overdue && waiting.noticeDue == .suspended)
        #expect(waiting.next == LadderNotice(step: .suspended, on: day("2027-08-08")))
        // Noticed late: seven days later, and the next step needs its own notice.
        let late = position("2027-01-15", "2027-08-08", notices: [(.suspended, "2027-08-01")])
        #expect(late.step == .suspended && late.since == day("2027-08-08") && late.noticeDue == nil)
        #expect(late.next == LadderNotice(step: .terminated, on: day("2027-10-08")), "after 60 days of suspension")
        #expect(position("2027-01-15", "2027-10-01", notices: [(.suspended, "2027-08-01")]).noticeDue == .terminated)
        #expect(position("2027-01-15", "2027-08-07", notices: [(.suspended, "2027-08-01")]).step == .overdue)
    }

    @Test func noticeIsDueSevenDaysBefore() {
        #expect(position("2027-01-15", "2027-02-08").noticeDue == nil)
        #expect(position("2027-01-15", "2027-02-09").noticeDue == .suspended)
        #expect(position("2027-01-15", "2027-02-09", notices: [(.suspended, "2027-02-09")]).noticeDue == nil)
    }

    /// A step is never skipped: with both notices given, termination still comes after suspension, even where the terms allow both at once: 60 days
    /// of suspension from 16 February are over with 17 April.
    @Test func terminationFollowsSuspension() {
        let both = LatePaymentTerms(ratePerMilleThousandths: 3_000, monthsUntilSuspension: 1, monthsUntilTermination: 1)
        let notices: [(LadderStep, String)] = [(.suspended, "2027-02-01"), (.terminated, "2027-02-01")]
        #expect(position("2027-01-15", "2027-04-17", notices: notices, terms: both).step == .suspended)
        #expect(position("2027-01-15", "2027-04-18", notices: notices, terms: both).step == .terminated)
    }

    /// Ten still days in the month push suspension by ten days.
    @Test func stillDaysPushTheSteps() {
        let still = [days("2027-01-20", "2027-01-29")]
        #expect(position("2027-01-15", "2027-02-25", notices: noticed, still: still).step == .overdue)
        #expect(position("2027-01-15", "2027-02-26", notices: noticed, still: still).step == .suspended)
    }

    /// Two invoices, due on 15 January and 15 February. The first is paid late, on 20 March: the account stands where the second has climbed
    /// for itself. It neither skips its notice nor begins again.
    @Test func anOldInvoicePaidLateNeitherSkipsNorRepeatsAStep() {
        let claims = [claim(), claim("i2", issued: "2027-02-01", due: "2027-02-15")]
        let paid = AccountFacts.made {
            $0.claims = claims
            // 16 January to 20 March are 64 days of ¥0.30, 16 February to 20 March 33: ¥19.20 + ¥9.90, and ¥100 for the older invoice.
            $0.receipts = [Receipt(on: day("2027-03-20"), amount: fen(12_910))]
        }
        let first = [LadderNotice(step: .suspended, on: day("2027-02-09"))]
        let second = [LadderNotice(step: .suspended, on: day("2027-03-09"))]
        let both = [claims[0].id: first, claims[1].id: second]
        let after = standing(of: paid, on: day("2027-03-20"))
        #expect(after.principal == Money(yuan: 100) && after.penalty == .zero)
        let held = ladder(after, claims: claims, notices: both).account
        #expect(
            held.step == .suspended && held.since == day("2027-03-18"),
            "the second has been suspended since its own day: 30 days after 15 February are over with 17 March")
        // Had nobody given notice for the second, it would wait for it.
        let unnoticed = ladder(after, claims: claims, notices: [claims[0].id: first]).account
        #expect(unnoticed.step == .overdue && unnoticed.noticeDue == .suspended)
        let earlier = ladder(standing(of: paid, on: day("2027-03-19")), claims: claims, notices: both)
        #expect(earlier.account.since == day("2027-02-16"), "before the payment the first decides")
        #expect(earlier.claims.count == 2)
    }

    @Test func whatIsInDisputeDoesNotClimb() {
        let facts = AccountFacts.made {
            $0.claims = [claim()]
            $0.held = [
                HeldAmount(
                    dispute: DisputeID(trusted: "d"), claim: InvoiceID(trusted: "i1"), amount: Money(yuan: 100),
                    days: days("2027-01-20", nil))
            ]
        }
        let open = standing(of: facts, on: day("2027-06-01"))
        #expect(open.owed == .zero + open.penalty && open.held == Money(yuan: 100))
        #expect(open.penalty == fen(120), "16 to 19 January")
        let notices = [InvoiceID(trusted: "i1"): [LadderNotice(step: .suspended, on: day("2027-02-01"))]]
        #expect(ladder(open, claims: facts.claims, notices: notices).account.step == .inTime)
    }
}
