import Basics
import Billing
import Charging
import Storage
import StorageTestSupport
import Testing

/// 60 accounts, three steps of a run; account n has called for n seconds in December.
@Suite("The bill run, on both engines", .serialized)
struct BillRunTests {
    @Test func killedHereAndThereItMakesEveryInvoiceOnce() async throws {
        try await withDatabases(Household.schema) { database in
            try await open(60, in: database)
            let month = BusinessMonth(of: day("2026-12-01"))
            let now = Household.noon("2027-01-02")
            // A step that is killed before its commit has never been.
            await #expect(throws: Fault(.noInvoice, "")) {
                try await database.write { tx throws(Fault) in
                    _ = try advanceBillRun(month, accounts: 25, in: tx, at: now, zone: Household.zone)
                    throw Fault(.noInvoice, "killed")
                }
            }
            #expect(try await database.read { tx throws(Fault) in try billRun(month, in: tx) } == nil)
            // Eight workers at once, more steps than are needed.
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        try await database.write { tx throws(Fault) in
                            _ = try advanceBillRun(month, accounts: 25, in: tx, at: now, zone: Household.zone)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let run = try await database.read { tx throws(Fault) in try billRun(month, in: tx) }
            #expect(run?.isFinished == true && run?.done == 60 && run?.total == 60 && run?.invoices == 60 && run?.waiting == 0)
            // 5,000 micro-yuan × 10 n, n from 1 to 60: 1,830 × 5 fen.
            #expect(run?.amount == fen(9_150))
            let report = try await database.read { tx throws(Fault) in try verifyLedger(in: tx) }
            #expect(report.findings == [])
        }
    }

    /// An account whose call is still running waits and is invoiced afterwards; the others are not held up.
    @Test func aRunningCallWaits() async throws {
        try await withDatabases(Household.schema) { database in
            try await open(3, in: database)
            let month = BusinessMonth(of: day("2026-12-01"))
            let late = try await Household.open(in: database, "9")
            let answered = Household.zone.start(of: day("2027-01-01")).adding(seconds: -10)
            try await late.talk("long", seconds: 600, from: answered, to: nil)
            let first = try await step(month, "2027-01-01", in: database)
            #expect(first.isFinished && first.invoices == 3 && first.waiting == 1)
            try await late.end("long", seconds: 20, at: answered.adding(seconds: 20))
            let second = try await step(month, "2027-01-02", in: database)
            #expect(second.invoices == 4 && second.waiting == 0 && second.done == 4)
            let third = try await step(month, "2027-01-03", in: database)
            #expect(third == second, "a finished run changes nothing")
            await #expect(throws: Fault(.monthNotOver, "")) { try await step(month.next, "2027-01-31", in: database) }
        }
    }

    /// Sixty accounts wait, ten more than a step takes; only the last one's call ends. The second step after that reaches it.
    @Test func thoseThatWaitTakeTurns() async throws {
        try await withDatabases(Household.schema) { database in
            let answered = Household.zone.start(of: day("2027-01-01")).adding(seconds: -10)
            var last: Household?
            for index in 1...60 {
                let house = try await Household.open(in: database, "\(100 + index)")
                try await house.talk("long", seconds: 600, from: answered, to: nil)
                last = house
            }
            let month = BusinessMonth(of: day("2026-12-01"))
            var run = try await step(month, "2027-01-01", in: database)
            while !run.isFinished { run = try await step(month, "2027-01-01", in: database) }
            #expect(run.waiting == 60 && run.invoices == 0)
            try await last?.end("long", seconds: 20, at: answered.adding(seconds: 20))
            run = try await step(month, "2027-01-02", in: database)
            #expect(run.waiting == 60, "the first fifty still talk")
            run = try await step(month, "2027-01-02", in: database)
            #expect(run.waiting == 59 && run.invoices == 1)
        }
    }

    /// Half a year by the clock alone: every month is invoiced once, an unpaid account is suspended and terminated, a paid one is not.
    @Test func theClockDoesItAll() async throws {
        try await withDatabases(Household.schema) { database in
            let (idle, good) = (try await Household.open(in: database, "1"), try await Household.open(in: database, "2"))
            try await idle.call("c", seconds: 200, "2026-12-10")
            try await good.call("c", seconds: 200, "2026-12-10")
            var date = day("2026-12-31")
            while date < day("2027-06-01") {
                for _ in 0..<3 { try await work(date, in: database) }
                if date == day("2027-01-10") { try await good.pay("p1", Money(yuan: 1), "\(date)") }
                date = date.adding(days: 1)
            }
            // Invoiced on 1 January, due on the 16th, suspended on 17 February for 60 days.
            #expect(try await idle.owes("2027-05-31").position.step == .terminated)
            #expect(try await idle.owes("2027-05-31").position.since == day("2027-04-19"))
            #expect(try await good.owes("2027-05-31").position.step == .inTime)
            let made = try await database.read { tx throws(Fault) in
                (try invoices(of: idle.account, in: tx).count, try invoices(of: good.account, in: tx).count)
            }
            #expect(made.0 == 1 && made.1 == 1)
            #expect(try await idle.findings() == [])
        }
    }

    private func work(_ date: BusinessDate, in database: any Database) async throws(Fault) {
        let now = Household.noon("\(date)")
        while try await database.write({ tx throws(Fault) in try advanceBilling(in: tx, at: now, zone: Household.zone) }) > 0 {}
    }

    private func open(_ count: Int, in database: any Database) async throws {
        for index in 1...count {
            let house = try await Household.open(in: database, "\(100 + index)")
            try await house.call("c", seconds: Int64(index) * 10, "2026-12-10")
        }
    }

    private func step(_ month: BusinessMonth, _ on: String, in database: any Database) async throws(Fault) -> BillRun {
        try await database.write { tx throws(Fault) in
            try advanceBillRun(month, accounts: 50, in: tx, at: Household.noon(on), zone: Household.zone)
        }
    }
}
