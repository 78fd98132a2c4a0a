import Basics
import Storage
import StorageTestSupport
import Testing

/// Kills a writing process (StorageCrashWriter) with SIGKILL at many moments: what it was told to be committed must be there.
@Suite struct CrashTests {
    @Test(arguments: [5, 30, 60, 100, 150, 220]) func whatWasAcknowledgedSurvivesAKill(milliseconds: Int) async throws {
        try await withTemporaryFolder { folder in try await crash("sqlite:\(folder)/crash.sqlite", milliseconds) }
        try await withPostgreSQLSchema { url in try await crash(url, milliseconds) }
    }

    private func crash(_ url: String, _ milliseconds: Int) async throws {
        for _ in 0..<2 {
            let acknowledged = try await acknowledgedUntilKill(url, after: milliseconds)
            let database = try await openDatabase(url: url)
            let kept = try await database.read { tx throws(Fault) in
                var kept: Set<String> = []
                for row in try tx.query("SELECT word FROM crash_words") { kept.insert(try row.text("word")) }
                return kept
            }
            #expect(acknowledged.subtracting(kept).isEmpty)
            // Every word has its journal entry, in the same transaction; the chain is whole although the sealer was killed too.
            let entries = try await database.read { tx throws(Fault) in
                try tx.first("SELECT COUNT(*) AS n FROM journal")?.integer("n")
            }
            #expect(entries == Int64(kept.count))
            let report = try await verifyJournal(in: database)
            #expect(report.broken == nil && report.sealed + report.unsealed == Int64(kept.count))
            await database.close()
        }
    }

    /// Starts the writer, lets it acknowledge its first word, kills it some time later and returns what it acknowledged.
    private func acknowledgedUntilKill(_ url: String, after milliseconds: Int) async throws -> Set<String> {
        let writer = try await runProgram("StorageCrashWriter", [url], killedAfter: milliseconds)
        #expect(writer.wasKilled)
        // The last line may be cut.
        let lines = Set(writer.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init))
        #expect(!lines.isEmpty)
        return lines
    }
}
