import Basics
import Billing
import Charging
import Storage
import StorageTestSupport
import Testing

/// 60 accounts, two steps of a run; account n has called for n seconds in December.
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
                    _ = try advanceBillRun(month, in: tx, at: now, zone: Household.zone)
                    throw Fault(.noInvoice, "killed")
                }
            }
            #expect(try await database.read { tx throws(Fault) in try billRun(month, in: tx) } == nil)
            // Eight workers at once, more steps than are needed.
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        try await database.write { tx throws(Fault) in
                            _ = try advanceBillRun(month, in: tx, at: now, zone: Household.zone)
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

    private func open(_ count: Int, in database: any Database) async throws {
        for index in 1...count {
            let house = try await Household.open(in: database, "\(100 + index)")
            try await house.call("c", seconds: Int64(index) * 10, "2026-12-10")
        }
    }

    private func step(_ month: BusinessMonth, _ on: String, in database: any Database) async throws(Fault) -> BillRun {
        try await database.write { tx throws(Fault) in
            try advanceBillRun(month, in: tx, at: Household.noon(on), zone: Household.zone)
        }
    }
}
