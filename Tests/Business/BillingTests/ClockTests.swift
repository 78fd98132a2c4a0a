import Access
import Basics
import Billing
import Charging
import Lines
import Storage
import StorageTestSupport
import Testing

/// A clock that jumps back, and payments that are recorded late: the account's business day never goes behind what has happened to it.
@Suite("A clock that jumps back, on both engines", .serialized)
struct ClockTests {
    /// The clock jumps back from 20 February to 3 February: nothing is invoiced, noticed or suspended twice, nothing is taken back.
    @Test func nothingIsDoneTwiceOrTakenBack() async throws {
        try await Household.play { house in
            try await house.call("c1", seconds: 200, "2027-01-05")
            for date in ["2027-02-01", "2027-02-20"] { try await house.watch(date) }
            try await house.pay("p1", fen(40), "2027-02-20")
            let (owed, before) = (try await house.owes("2027-02-20"), try await house.books())
            for date in ["2027-02-03", "2027-01-15", "2027-02-20"] { try await house.watch(date) }
            #expect(try await house.books() == before)
            #expect(try await house.owes("2027-02-20") == owed)
            #expect(try await house.owes("2027-02-03") == owed, "what is owed does not jump back")
            // A payment of a day that has not come by the clock is refused; one of today counts on the day that it is for the account.
            await #expect(throws: Fault(.dayRefused, "")) {
                try await house.pay("p2", fen(10), "2027-02-03", dated: "2027-02-20")
            }
            #expect(try await house.books() == before)
            #expect(try await house.pay("p2", fen(10), "2027-02-03").payment.on == day("2027-02-20"))
            #expect(try await house.findings() == [])
        }
    }

    /// ¥100 due on 16 January, suspended on 17 February, and the clock goes back to 20 January: a part payment, counted on 17 February, lifts nothing;
    /// 32 days of ¥0.30 are ¥9.60, so of ¥10 the debt has ¥0.40 less, and ¥99.60 are the rest.
    @Test func aStepIsNotUndoneByTheClock() async throws {
        try await Household.play { house in
            try await house.bill("2026-12", on: "2027-01-02", charges: [Household.rent])
            for date in ["2027-02-10", "2027-02-17"] { try await house.sweep(date) }
            let part = try await house.pay("p1", Money(yuan: 10), "2027-01-20")
            #expect(part.lifted.isEmpty && part.payment.on == day("2027-02-17") && part.payment.toPenalty == fen(960))
            for date in ["2027-01-20", "2027-01-05", "2027-02-17"] { #expect(try await house.sweep(date).moves.isEmpty) }
            #expect(try await house.holds() == [.arrears])
            #expect(try await house.owes("2027-01-21").total == fen(9_960))
            #expect(try await house.pay("p2", fen(9_960), "2027-01-21").lifted.map(\.kind) == [.arrears])
            #expect(try await house.findings() == [])
        }
    }

    /// A run for January is half done on 1 February when the clock falls back into January. A call of an account that was invoiced ends there: it
    /// goes on February's invoice, in a line of January, and no invoice changes.
    @Test func aBillRunAcrossTheMonthsEnd() async throws {
        try await withDatabases(Household.schema) { database in
            let houses = [
                try await Household.open(in: database, "1"), try await Household.open(in: database, "2"),
                try await Household.open(in: database, "3"),
            ]
            for house in houses { try await house.call("c1", seconds: 200, "2027-01-05") }
            let january = BusinessMonth(of: day("2027-01-01"))
            let (first, last) = (houses[0], houses[2])
            let half = try await first.run(january, "2027-02-01")
            #expect(half.invoices == 1 && !half.isFinished)
            await #expect(throws: Fault(.monthNotOver, "")) { try await first.run(january, "2027-01-31") }
            try await first.watch("2027-01-31")
            for house in [first, last] { try await house.call("c2", seconds: 100, "2027-01-31") }
            #expect(try await first.findings() == [])
            var run = half
            while !run.isFinished { run = try await first.run(january, "2027-02-01") }
            #expect(run.invoices == 3 && run.amount == fen(100 + 100 + 150))
            let next = try #require(try await first.bill("2027-02", on: "2027-03-01"))
            #expect(next.lines.map(\.total) == [fen(50)] && next.lines.map { "\($0.month)" } == ["2027-01"])
            #expect(try await last.bill("2027-02", on: "2027-03-01") == nil)
            #expect(try await first.findings() == [])
        }
    }

    /// Random lives with a clock that jumps to and fro, payments recorded up to 60 days late and payments that bounce: after each event the books are
    /// right, and what is owed is what the naive model says, which knows nothing of when a fact was recorded.
    @Test(arguments: 0..<6) func booksAreExactWhateverTheClockSays(seed: UInt64) async throws {
        try await Household.play { house in
            var life = LateLife(house: house, random: Seeded(state: seed &+ 40))
            try await life.live()
        }
    }
}

/// A life of one account whose events are recorded in any order.
private struct LateLife {
    let house: Household
    var random: Seeded
    private var clock = day("2027-01-02")
    private var month = BusinessMonth(of: day("2026-12-01"))
    private var receipts: [PaymentID: Receipt] = [:]

    init(house: Household, random: Seeded) {
        self.house = house
        self.random = random
    }

    mutating func live() async throws {
        for step in 0..<30 {
            clock = max(clock.adding(days: random.number(-9...14)), day("2027-01-02"))
            try await happen(step)
            #expect(try await house.findings() == [], "step \(step) on \(clock)")
            let owed = try await house.owes("\(clock)")
            let naive = try await naive(on: owed.standing.on)
            #expect(owed.standing.on >= clock)
            #expect(owed.total.micros == naive.owed(on: owed.standing.on), "step \(step) on \(clock)")
            #expect(owed.deposit.micros == naive.deposit, "step \(step) on \(clock)")
        }
    }

    private mutating func happen(_ step: Int) async throws {
        if clock >= month.next.first {
            try await house.bill("\(month)", on: "\(clock)", charges: [Household.rent])
            month = month.next
            return
        }
        if random.number(0...4) == 0, let id = receipts.keys.sorted(by: { $0.rawValue < $1.rawValue }).first {
            receipts[id] = nil
            _ = try await house.reverse(id.rawValue, "\(clock)")
            return
        }
        let late = max(clock.adding(days: -random.number(0...60)), day("2027-01-01"))
        let amount = fen(random.number(1...14_000))
        let outcome = try await house.pay("p\(step)", amount, "\(clock)", dated: random.number(0...1) == 0 ? "\(late)" : nil)
        receipts[outcome.payment.id] = Receipt(on: outcome.payment.on, amount: amount)
    }

    private func naive(on date: BusinessDate) async throws -> NaiveLife {
        var facts = AccountFacts()
        let made = try await house.database.read { tx throws(Fault) in try invoices(of: house.account, limit: 100, in: tx) }
        facts.claims = made.map {
            Claim(id: $0.id, amount: $0.total, issuedOn: $0.issuedOn, due: $0.due, terms: $0.terms)
        }
        facts.receipts = Array(receipts.values)
        return NaiveLife(facts, until: date)
    }
}

extension Household {
    /// Everything but when the ladder and the runs look next.
    fileprivate func books() async throws -> String {
        try await dump().split(separator: "\n").filter { !$0.contains("\"next_look\"") && !$0.contains("\"finished_at\"") }
            .joined(separator: "\n")
    }

    fileprivate func run(_ month: BusinessMonth, _ on: String) async throws(Fault) -> BillRun {
        try await write(on) { tx, now throws(Fault) in
            try advanceBillRun(month, accounts: 1, in: tx, at: now, zone: Self.zone)
        }
    }
}
