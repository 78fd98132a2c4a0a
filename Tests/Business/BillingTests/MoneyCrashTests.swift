import Basics
import Billing
import Storage
import StorageTestSupport
import Testing

/// Kills a process that invoices or charges (MoneyCrashWriter) with SIGKILL at many moments and starts it again: after every kill the books
/// are right, and in the end everything is as in a run that nobody disturbed.
@Suite(.serialized) struct MoneyCrashTests {
    @Test(arguments: ["bill", "charge"]) func aKilledRunEndsAsAnUndisturbedOne(what: String) async throws {
        try await withTemporaryFolder { folder in
            try await compare(what, "sqlite:\(folder)/calm.sqlite", "sqlite:\(folder)/killed.sqlite", kills: 10)
        }
        try await withPostgreSQLSchema { calm in
            try await withPostgreSQLSchema { killed in try await compare(what, calm, killed, kills: 4) }
        }
    }

    /// As `jianmian bill run` beside a running service: two programs invoice the same month in the same database, and nothing is doubled.
    @Test func twoProgramsAtOnceMakeEachInvoiceOnce() async throws {
        try await withTemporaryFolder { folder in
            try await compareTwo("sqlite:\(folder)/calm.sqlite", "sqlite:\(folder)/shared.sqlite")
        }
        try await withPostgreSQLSchema { calm in try await withPostgreSQLSchema { shared in try await compareTwo(calm, shared) } }
    }

    private func compareTwo(_ calm: String, _ shared: String) async throws {
        for url in [calm, shared] { try await seed(url) }
        #expect(try await run("bill", calm, killedAfter: nil))
        async let first = run("bill", shared, killedAfter: nil)
        async let second = run("bill", shared, killedAfter: nil)
        let areDone = try await [first, second]
        #expect(areDone == [true, true])
        #expect(try await totals(shared) == totals(calm))
    }

    private func compare(_ what: String, _ calm: String, _ killed: String, kills: Int) async throws {
        for url in [calm, killed] { try await seed(url) }
        #expect(try await run(what, calm, killedAfter: nil))
        let expected = try await totals(calm)
        var isDone = false
        for kill in 0..<kills where !isDone {
            // From the very first step to the middle of the work.
            isDone = try await run(what, killed, killedAfter: kill * 9)
            #expect(try await totals(killed).findings == [])
        }
        if !isDone { #expect(try await run(what, killed, killedAfter: nil)) }
        #expect(try await totals(killed) == expected)
        // Once more changes nothing.
        #expect(try await run(what, killed, killedAfter: nil))
        #expect(try await totals(killed) == expected)
    }

    private func seed(_ url: String) async throws {
        let database = try await openDatabase(url: url)
        try await migrate(database, StorageSchema.migrations + Household.schema)
        for index in 1...24 {
            let house = try await Household.open(in: database, "\(100 + index)")
            try await house.call("c", seconds: Int64(index) * 10, "2026-12-10")
        }
        await database.close()
    }

    /// Everything that money leaves behind, without the ids that are made at random.
    private struct Totals: Equatable {
        var balances: [String]
        var invoices: [String]
        var charges: [String]
        var findings: [String]
    }

    private func totals(_ url: String) async throws -> Totals {
        let database = try await openDatabase(url: url)
        let totals = try await database.read { tx throws(Fault) in
            Totals(
                balances: try lines(
                    "SELECT account AS a, CAST(SUM(amount) AS BIGINT) AS b, COUNT(*) AS c FROM ledger_entries GROUP BY account",
                    tx),
                invoices: try lines("SELECT number AS a, total AS b, to_pay AS c FROM billing_invoices", tx),
                charges: try lines(
                    """
                    SELECT call AS a, cost AS b, (SELECT COUNT(*) FROM charging_operations o WHERE o.call = r.call) AS c
                    FROM call_records r
                    """, tx),
                findings: try verifyLedger(in: tx).findings)
        }
        await database.close()
        return totals
    }

    private func lines(_ sql: String, _ tx: any Transaction) throws(Fault) -> [String] {
        var lines: [String] = []
        for row in try tx.query(sql) { lines.append("\(try row.text("a")) \(try row.integer("b")) \(try row.integer("c"))") }
        return lines.sorted()
    }

    /// Starts the writer and kills it so many milliseconds after it has begun; true where it came to its end.
    private func run(_ what: String, _ url: String, killedAfter milliseconds: Int?) async throws -> Bool {
        let writer = try await runProgram("MoneyCrashWriter", [url, what, "2026-12"], killedAfter: milliseconds)
        #expect(writer.output.hasPrefix("begun\n"))
        let isDone = writer.output.hasSuffix("done\n")
        #expect(isDone || writer.wasKilled, "the writer failed by itself")
        return isDone
    }
}
