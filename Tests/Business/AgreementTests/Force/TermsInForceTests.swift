import Agreement
import Basics
import Testing

/// A day of the tests; nothing else than a real date is written here.
func day(_ text: String) -> BusinessDate { BusinessDate(text) ?? BusinessDate(clamping: 0) }

let provider = ProviderParty(
    name: "见面通信有限公司", legalRepresentative: "林知远", address: "北京市海淀区中关村大街1号", phone: "010-60000000",
    uscc: "91110000600037341L", website: "https://jianmian.example")

/// A version whose warranty years are its number, so that terms can be told apart.
func edition(_ number: Int, _ published: String, months: Int = 1) -> AgreementFacts.Edition {
    var terms = AgreementTerms.standard(provider)
    terms.warrantyYears = number
    terms.objectionMonths = months
    return AgreementFacts.Edition(
        id: VersionID(trusted: "v\(number)"), number: number, terms: terms, published: day(published))
}

@Suite("Which version binds on which day")
struct TermsInForceTests {
    private func number(_ facts: AgreementFacts, _ on: String) -> Int? { termsInForce(facts: facts, on: day(on))?.number }

    private func state(_ facts: AgreementFacts, _ version: Int, _ on: String) -> ChangeWindow.State? {
        changeWindows(facts: facts, on: day(on)).first { $0.number == version }?.state
    }

    @Test func nothingBindsBeforeBothHaveSigned() {
        var facts = AgreementFacts(signed: edition(1, "2026-01-01"), inForceSince: nil)
        #expect(number(facts, "2026-12-31") == nil)
        facts.inForceSince = day("2026-03-10")
        #expect(number(facts, "2026-03-09") == nil)
        #expect(number(facts, "2026-03-10") == 1)
        #expect(termsInForce(facts: facts, on: day("2027-01-01"))?.because == .signature)
    }

    /// 31 January and one month are 28 February, in a leap year the 29th; the day after is the first of March.
    @Test(arguments: [
        ("2026-01-31", "2026-02-28", "2026-03-01"), ("2028-01-31", "2028-02-29", "2028-03-01"),
        ("2028-02-29", "2028-03-29", "2028-03-30"), ("2026-03-31", "2026-04-30", "2026-05-01"),
        ("2026-12-31", "2027-01-31", "2027-02-01"), ("2026-05-15", "2026-06-15", "2026-06-16"),
    ])
    func silenceBindsTheDayAfterTheLastOne(published: String, lastDay: String, binds: String) {
        let facts = AgreementFacts(
            signed: edition(1, "2025-01-01"), inForceSince: day("2025-02-01"), later: [edition(2, published)])
        let window = changeWindows(facts: facts, on: day(lastDay)).first
        #expect(window?.opens == day(published))
        #expect(window?.lastDay == day(lastDay))
        #expect(window?.state == .open)
        #expect(number(facts, lastDay) == 1)
        #expect(number(facts, binds) == 2)
        #expect(termsInForce(facts: facts, on: day(binds)) == termsInForce(facts: facts, on: day("2030-01-01")))
        #expect(termsInForce(facts: facts, on: day(binds))?.because == .silence)
        #expect(state(facts, 2, binds) == .binding(since: day(binds), because: .silence))
    }

    /// Published 2027-02-28 with twelve months: the window ends on 28 February 2028, the 29th is already bound.
    @Test func aYearOverALeapDayKeepsTheDayOfTheMonth() {
        let facts = AgreementFacts(
            signed: edition(1, "2025-01-01", months: 12), inForceSince: day("2025-01-01"), later: [edition(2, "2027-02-28")])
        #expect(number(facts, "2028-02-28") == 1)
        #expect(number(facts, "2028-02-29") == 2)
    }

    @Test func acceptanceBindsFromItsDay() {
        let facts = AgreementFacts(
            signed: edition(1, "2026-01-01"), inForceSince: day("2026-01-01"), later: [edition(2, "2026-05-15")],
            acceptances: [2: day("2026-05-20")])
        #expect(number(facts, "2026-05-19") == 1)
        #expect(number(facts, "2026-05-20") == 2)
        #expect(state(facts, 2, "2026-05-21") == .binding(since: day("2026-05-20"), because: .acceptance))
    }

    @Test func silenceBindsNothingWhileAnObjectionIsOpen() {
        var facts = AgreementFacts(
            signed: edition(1, "2026-01-01"), inForceSince: day("2026-01-01"), later: [edition(2, "2026-05-15")],
            objections: [.init(version: 2, raised: day("2026-06-15"))])
        #expect(number(facts, "2026-12-31") == 1)
        #expect(state(facts, 2, "2026-12-31") == .negotiating)
        facts.objections[0].settled = .init(outcome: .accepted, day: day("2026-08-01"))
        #expect(number(facts, "2026-07-31") == 1)
        #expect(number(facts, "2026-08-01") == 2)
        #expect(termsInForce(facts: facts, on: day("2026-08-01"))?.because == .acceptance)
        facts.objections[0].settled = .init(outcome: .keepOld, day: day("2026-08-01"))
        #expect(number(facts, "2029-01-01") == 1)
        #expect(state(facts, 2, "2026-08-01") == .settled(.keepOld, on: day("2026-08-01")))
    }

    /// Version 2's window is 15 May – 15 June, version 3's 1 June – 1 July; each binds on its own day.
    @Test func overlappingWindowsBindEachOnItsOwnDay() {
        let facts = AgreementFacts(
            signed: edition(1, "2026-01-01"), inForceSince: day("2026-01-01"),
            later: [edition(3, "2026-06-01"), edition(2, "2026-05-15")])
        #expect(number(facts, "2026-06-15") == 1)
        #expect(number(facts, "2026-06-16") == 2)
        #expect(number(facts, "2026-07-01") == 2)
        #expect(number(facts, "2026-07-02") == 3)
    }

    @Test func aLaterVersionIsNeverReplacedByAnEarlierOne() {
        let facts = AgreementFacts(
            signed: edition(1, "2026-01-01"), inForceSince: day("2026-01-01"),
            later: [edition(2, "2026-05-15"), edition(3, "2026-06-01")], acceptances: [3: day("2026-06-05")])
        #expect(number(facts, "2026-06-05") == 3)
        #expect(number(facts, "2026-06-16") == 3)
        #expect(state(facts, 2, "2026-06-05") == .superseded)
        #expect(state(facts, 2, "2026-06-16") == .superseded)
    }

    /// An objection to version 2, open from 10 June, holds back version 3, too, whose last day is 1 July.
    @Test func anOpenObjectionHoldsBackTheSilenceOfEveryVersion() {
        var facts = AgreementFacts(
            signed: edition(1, "2026-01-01"), inForceSince: day("2026-01-01"),
            later: [edition(2, "2026-05-15"), edition(3, "2026-06-01")],
            objections: [.init(version: 2, raised: day("2026-06-10"))])
        #expect(number(facts, "2026-07-02") == 1)
        #expect(state(facts, 3, "2026-07-02") == .waiting)
        // Settled by acceptance on 20 July: version 2 from that day, version 3 from the day after.
        facts.objections[0].settled = .init(outcome: .accepted, day: day("2026-07-20"))
        #expect(number(facts, "2026-07-19") == 1)
        #expect(number(facts, "2026-07-20") == 2)
        #expect(number(facts, "2026-07-21") == 3)
        // Settled by keeping the old terms: neither binds, a version published afterwards may.
        facts.objections[0].settled = .init(outcome: .keepOld, day: day("2026-07-20"))
        facts.later.append(edition(4, "2026-08-01"))
        #expect(number(facts, "2026-09-01") == 1)
        #expect(number(facts, "2026-09-02") == 4)
        #expect(state(facts, 3, "2026-07-20") == .settled(.keepOld, on: day("2026-07-20")))
    }

    /// The months are those of the terms in force on the day of publication: version 2 (in force from 16 June) gives two months.
    @Test func theWindowLastsAsLongAsTheTermsThenInForceSay() {
        let facts = AgreementFacts(
            signed: edition(1, "2026-01-01"), inForceSince: day("2026-01-01"),
            later: [edition(2, "2026-05-15", months: 2), edition(3, "2026-06-15", months: 5), edition(4, "2026-06-16")])
        let windows = changeWindows(facts: facts, on: day("2026-06-16"))
        #expect(windows.map(\.lastDay) == [day("2026-06-15"), day("2026-07-15"), day("2026-08-16")])
    }

    /// Published on 15 May, in force only on 1 June: nobody has to answer before being a party.
    @Test func theWindowOfAVersionPublishedBetweenTheSignaturesOpensWhenTheAgreementDoes() {
        let facts = AgreementFacts(
            signed: edition(1, "2026-01-01"), inForceSince: day("2026-06-01"), later: [edition(2, "2026-05-15")])
        let window = changeWindows(facts: facts, on: day("2026-06-01")).first
        #expect(window?.opens == day("2026-06-01"))
        #expect(window?.lastDay == day("2026-07-01"))
    }

    @Test func afterTheEndNothingNewBindsAndTheLastTermsStay() {
        let facts = AgreementFacts(
            signed: edition(1, "2026-01-01"), inForceSince: day("2026-01-01"), endedOn: day("2026-06-10"),
            later: [edition(2, "2026-05-15"), edition(3, "2026-07-01")])
        #expect(number(facts, "2027-01-01") == 1)
        #expect(state(facts, 2, "2026-06-10") == .closed)
        #expect(state(facts, 3, "2026-07-01") == nil)
    }

    /// What was in force on a day does not change by what happens later.
    @Test func thePastStays() {
        var facts = AgreementFacts(
            signed: edition(1, "2026-01-01"), inForceSince: day("2026-01-01"), later: [edition(2, "2026-05-15")])
        let then = (0..<60).map { termsInForce(facts: facts, on: day("2026-05-01").adding(days: $0)) }
        facts.later.append(edition(3, "2026-06-30"))
        facts.objections = [
            .init(version: 3, raised: day("2026-07-01"), settled: .init(outcome: .keepOld, day: day("2026-07-02")))
        ]
        facts.endedOn = day("2026-07-03")
        #expect(then == (0..<60).map { termsInForce(facts: facts, on: day("2026-05-01").adding(days: $0)) })
    }
}
