import Access
import Basics
import Customers
import Notices
import Storage
import StorageTestSupport
import Synchronization
import Testing

/// Tells every customer that an order is completed: the same shape as the real announcements, without an agreement.
private struct TellAll: JobWork {
    let kind = "tell-all"
    /// Called in every batch, before its transaction ends.
    var inBatch: @Sendable (Job) throws(Fault) -> Void = { _ in }

    func batch(of job: Job, in tx: any Transaction, at now: Timestamp) throws(Fault) -> JobProgress {
        let customers = try customersInOrder(
            after: job.cursor.isEmpty ? nil : CustomerID(trusted: job.cursor), enrolledUntil: job.startedAt, limit: 100, in: tx)
        for customer in customers { try notify(customer, .orderCompleted, ["order": "1"], key: "told", in: tx, at: now) }
        try inBatch(job)
        return JobProgress(done: customers.count, next: customers.count < 100 ? nil : customers.last?.rawValue)
    }
}

@Suite("Jobs, on both engines")
struct JobTests {
    let clock = MovableClock(standingAt: noon)

    @Test func aJobGoesOnFromBatchToBatchUntilItIsDone() async throws {
        try await withJob(950) { database, started in
            let twice = try await start(950, database)
            #expect(twice.id == started.id)
            #expect(try await advanceJobs([TellAll()], on: database, clock: clock, batches: 3) == 3)
            let half = try await read(started.id, database)
            #expect((half.state, half.done, half.permille) == (.running, 300, 315))
            // 950 customers in batches of 100: nine full ones and one of fifty.
            #expect(try await advanceJobs([TellAll()], on: database, clock: clock) == 7)
            let all = try await read(started.id, database)
            #expect((all.state, all.done, all.permille, all.batches) == (.done, 950, 1000, 10))
            #expect(all.endedAt == noon)
            #expect(try await count("notices_notices", database) == 950)
            #expect(try await advanceJobs([TellAll()], on: database, clock: clock) == 0)
        }
    }

    /// Killed at every batch in turn, inside the transaction and between two: everybody is told once.
    @Test func killedAnywhereItGoesOnWithoutDoubling() async throws {
        try await withJob(950) { database, started in
            let deaths = Mutex(0)
            let dying = TellAll { _ throws(Fault) in
                let dies = deaths.withLock { deaths in
                    deaths += 1
                    return deaths % 2 == 0
                }
                // As if the program had died: the transaction never commits, and nothing is noted.
                if dies { throw Fault(.closed, "killed") }
            }
            for _ in 0..<30 {
                _ = try? await advanceJobs([dying], on: database, clock: clock)
                // The dead runner's lease runs out.
                clock.advance(seconds: 61)
            }
            let finished = try await read(started.id, database)
            #expect((finished.state, finished.done) == (.done, 950))
            #expect(try await count("notices_notices", database) == 950)
        }
    }

    @Test func cancelledBetweenBatchesItStopsAndGoesOn() async throws {
        try await withJob(950) { database, started in
            let running = Mutex<Task<Int, any Error>?>(nil)
            let task = Task { [clock] in
                try await advanceJobs(
                    [TellAll { job throws(Fault) in if job.batches == 4 { running.withLock { $0?.cancel() } } }], on: database,
                    clock: clock)
            }
            running.withLock { $0 = task }
            let before = try await task.value
            clock.advance(seconds: 61)
            let after = try await advanceJobs([TellAll()], on: database, clock: clock)
            #expect(before + after == 10)
            #expect(try await count("notices_notices", database) == 950)
        }
    }

    @Test func twoRunnersAtOnceShareWithoutDoubling() async throws {
        try await withJob(2000) { database, started in
            let batches = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<3 {
                    group.addTask { [clock] in
                        var done = 0
                        while try await read(started.id, database).state == .running {
                            done += try await advanceJobs([TellAll()], on: database, clock: clock, batches: 2)
                            // Lets the lease of whoever has it run out, so that the job changes hands in the middle.
                            clock.advance(seconds: 61)
                            await Task.yield()
                        }
                        return done
                    }
                }
                return try await group.reduce(0, +)
            }
            // Twenty full batches and the empty one that finds the end.
            #expect(batches == 21)
            #expect(try await read(started.id, database).done == 2000)
            #expect(try await count("notices_notices", database) == 2000)
        }
    }

    @Test func aRunnerThatSleptTooLongCommitsNothing() async throws {
        try await withJob(250) { database, started in
            // While its batch is under way the lease runs out and another runner does the whole job.
            let slow = try await database.write { tx throws(Fault) in try job(started.id, in: tx) }
            #expect(try await advanceJobs([TellAll()], on: database, clock: clock) == 3)
            let stale = TellAll { _ in }
            _ = try? await database.write { tx throws(Fault) in
                _ = try stale.batch(of: slow, in: tx, at: noon)
            }
            #expect(try await count("notices_notices", database) == 250)
            #expect(try await read(started.id, database).done == 250)
        }
    }

    @Test func staffStopAJobAndGoOnWithIt() async throws {
        try await withJob(500) { database, started in
            let act = try staff([.legal])
            let other = try staff([.billing])
            _ = try await advanceJobs([TellAll()], on: database, clock: clock, batches: 2)
            await #expect(throws: Fault(.staffMayNot, "")) {
                try await database.write { tx throws(Fault) in try stopJob(started.id, by: other, in: tx, at: noon) }
            }
            let stopped = try await database.write { tx throws(Fault) in try stopJob(started.id, by: act, in: tx, at: noon) }
            #expect((stopped.state, stopped.done) == (.stopped, 200))
            #expect(try await advanceJobs([TellAll()], on: database, clock: clock) == 0)
            await #expect(throws: Fault(.jobState, "")) {
                try await database.write { tx throws(Fault) in try stopJob(started.id, by: act, in: tx, at: noon) }
            }
            _ = try await database.write { tx throws(Fault) in try resumeJob(started.id, by: act, in: tx, at: noon) }
            #expect(try await advanceJobs([TellAll()], on: database, clock: clock) == 4)
            await #expect(throws: Fault(.unknownJob, "")) {
                try await database.write { tx throws(Fault) in try stopJob(JobID(trusted: "x"), by: act, in: tx, at: noon) }
            }
        }
    }

    /// Five faults in a row and it stands still, with the code of the last one; mended and resumed it goes on.
    @Test func aJobThatAlwaysFailsStandsStill() async throws {
        try await withJob(150) { database, started in
            let broken = TellAll { job throws(Fault) in if job.done == 100 { throw Fault(.noticeParameters, "broken") } }
            for _ in 0..<5 {
                await #expect(throws: Fault(.noticeParameters, "")) {
                    try await advanceJobs([broken], on: database, clock: clock)
                }
            }
            let failed = try await read(started.id, database)
            #expect((failed.state, failed.faults, failed.fault) == (.failed, 5, "notices.notice-parameters"))
            #expect(try await advanceJobs([broken], on: database, clock: clock) == 0)
            let act = try staff([.legal])
            _ = try await database.write { tx throws(Fault) in try resumeJob(started.id, by: act, in: tx, at: noon) }
            #expect(try await advanceJobs([TellAll()], on: database, clock: clock) == 1)
            #expect(try await read(started.id, database).state == .done)
        }
    }

    @Test func aJobOfAKindThatNobodyKnowsIsLeftAlone() async throws {
        try await withJob(10) { database, started in
            let done = try await advanceJobs([], on: database, clock: clock)
            #expect(done == 0)
            #expect(try await read(started.id, database).state == .running)
        }
    }

    private func withJob(_ customers: Int, _ body: @Sendable (any Database, Job) async throws -> Void) async throws {
        try await withDatabases(houseMigrations) { database in
            _ = try await addCustomers(customers, to: database)
            try await body(database, start(customers, database))
        }
    }

    private func start(_ total: Int, _ database: any Database) async throws(Fault) -> Job {
        try await database.write { tx throws(Fault) in
            try startJob(kind: "tell-all", subject: "test", total: total, by: "system", in: tx, at: noon)
        }
    }

    private func read(_ id: JobID, _ database: any Database) async throws(Fault) -> Job {
        try await database.read { tx throws(Fault) in try job(id, in: tx) }
    }
}
