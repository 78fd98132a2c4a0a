import Basics
import Foundation
import Storage
import StorageTestSupport
import Testing

@Suite struct ConcurrencyTests {
    @Test func concurrentIncrementsAreNeverLost() async throws {
        try await withDatabases(Notes.migrations) { database in
            try await database.write { tx throws(Fault) in
                try tx.execute("INSERT INTO counters (name, value) VALUES ('calls', 0)")
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<16 {
                    group.addTask {
                        for _ in 0..<10 { try await database.write { tx throws(Fault) in try Self.increment(tx) } }
                    }
                }
                try await group.waitForAll()
            }
            let value = try await database.read { tx throws(Fault) in try tx.first("SELECT value FROM counters")?.integer("value")
            }
            #expect(value == 160)
        }
    }

    /// Reads, then writes what it read: the way that loses updates where writers are not serialised.
    private static func increment(_ tx: any Transaction) throws(Fault) {
        let value = try tx.first("SELECT value FROM counters WHERE name = 'calls'")?.integer("value") ?? 0
        try tx.execute("UPDATE counters SET value = $1 WHERE name = 'calls'", [.integer(value + 1)])
    }

    @Test func twoWritersCannotTogetherPassALimitThatEachRespects() async throws {
        // Write skew: each sees the sum of both counters and changes only its own. Serialised, one of two gets the last unit of ten.
        try await withDatabases(Notes.migrations) { database in
            try await database.write { tx throws(Fault) in
                for name in ["a", "b"] { try tx.execute("INSERT INTO counters (name, value) VALUES ($1, 0)", [.text(name)]) }
            }
            let granted = try await withThrowingTaskGroup(of: Int.self) { group in
                for name in ["a", "b", "a", "b"] {
                    group.addTask {
                        var granted = 0
                        for _ in 0..<10 where try await database.write({ tx throws(Fault) in try Self.take(name, tx) }) {
                            granted += 1
                        }
                        return granted
                    }
                }
                return try await group.reduce(0, +)
            }
            let total = try await database.read { tx throws(Fault) in
                try tx.first("SELECT SUM(value) AS total FROM counters")?.integer("total")
            }
            #expect(granted == 10 && total == 10)
        }
    }

    private static func take(_ name: String, _ tx: any Transaction) throws(Fault) -> Bool {
        let used = try tx.first("SELECT SUM(value) AS total FROM counters")?.integer("total") ?? 0
        guard used < 10 else { return false }
        try tx.execute("UPDATE counters SET value = value + 1 WHERE name = $1", [.text(name)])
        return true
    }

    @Test func inAGroupOnlyTheFailingWorksAreRolledBack() async throws {
        try await withDatabases(Notes.migrations) { database in
            let outcomes = await withTaskGroup(of: (Int64, Fault.Code?).self) { group in
                for id in Int64(0)..<200 {
                    group.addTask {
                        do throws(Fault) {
                            try await database.write { tx throws(Fault) in
                                try Notes.insert(id, in: tx)
                                if id % 3 == 0 { try Notes.insert(id, in: tx) }
                                if id % 5 == 0 { throw Fault(.schema, "on purpose") }
                            }
                            return (id, nil)
                        } catch { return (id, error.code) }
                    }
                }
                return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            for id in Int64(0)..<200 {
                #expect(outcomes[id] == (id % 3 == 0 ? .duplicate : id % 5 == 0 ? .schema : nil))
            }
            let kept = try await database.read { tx throws(Fault) in
                var ids: [Int64] = []
                for row in try tx.query("SELECT id FROM notes ORDER BY id") { ids.append(try row.integer("id")) }
                return ids
            }
            #expect(kept == (Int64(0)..<200).filter { $0 % 3 != 0 && $0 % 5 != 0 })
        }
    }

    @Test func aReadSeesOneSnapshotWhileOthersWrite() async throws {
        try await withDatabases(Notes.migrations) { database in
            let entered = DispatchSemaphore(value: 0)
            let proceed = DispatchSemaphore(value: 0)
            async let counts = database.read { tx throws(Fault) in
                let before = try tx.first("SELECT COUNT(*) AS n FROM notes")?.integer("n")
                entered.signal()
                // The work runs on a thread of the engine, which may wait.
                proceed.wait()
                return [before, try tx.first("SELECT COUNT(*) AS n FROM notes")?.integer("n")]
            }
            await waitFor(entered)
            try await database.write { tx throws(Fault) in try Notes.insert(1, in: tx) }
            proceed.signal()
            #expect(try await counts == [0, 0])
            let kept = try await Notes.count(database)
            #expect(kept == 1)
        }
    }

    @Test func readersRunBesideEachOther() async throws {
        try await withDatabases(Notes.migrations) { database in
            let gate = DispatchSemaphore(value: 0)
            // Each of three readers opens the gate for the next: run one after another they would wait for ever.
            async let first: Void = database.read { tx throws(Fault) in gate.wait() }
            async let second: Void = database.read { tx throws(Fault) in gate.wait() }
            try await database.read { tx throws(Fault) in
                gate.signal()
                gate.signal()
            }
            _ = try await (first, second)
        }
    }

    @Test func aFullQueueRefusesWithItsLimit() async throws {
        try await withSQLite(Notes.migrations) { database in
            let release = DispatchSemaphore(value: 0)
            let entered = DispatchSemaphore(value: 0)
            async let holding: Void = database.write { tx throws(Fault) in
                entered.signal()
                release.wait()
            }
            await waitFor(entered)
            let refused = await withTaskGroup(of: Fault?.self) { group in
                let count = StorageLimits.waitingWorks + 10
                let done = Shared(0)
                for id in 0..<count {
                    group.addTask {
                        defer { done.change { $0 += 1 } }
                        do throws(Fault) {
                            try await database.write { tx throws(Fault) in try Notes.insert(Int64(id), in: tx) }
                            return nil
                        } catch { return error }
                    }
                }
                // Ten are refused at once; then the writer goes on and all others are answered.
                while done.get() < 10 { await Task.yield() }
                release.signal()
                return await group.reduce(into: [Fault]()) { if let fault = $1 { $0.append(fault) } }
            }
            try await holding
            #expect(refused.count == 10)
            #expect(refused.allSatisfy { $0.code == .busy && $0.parameters["limit"] == "8192" })
            let kept = try await Notes.count(database)
            #expect(kept == Int64(StorageLimits.waitingWorks))
        }
    }
}

/// Waits for a semaphore without holding a thread of Swift's pool.
func waitFor(_ semaphore: DispatchSemaphore) async {
    await withCheckedContinuation { caller in
        Thread.detachNewThread {
            semaphore.wait()
            caller.resume()
        }
    }
}
