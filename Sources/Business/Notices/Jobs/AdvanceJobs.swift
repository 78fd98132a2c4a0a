public import Basics
public import Storage

/// Goes on with running jobs, batch by batch, until all are done, `batches` have been done or the task is cancelled; returns how many batches
/// it did. Any number of runners may work at once, in one program or several: a runner has a job to itself by a lease, and each batch commits
/// only if the job still is where the runner read it. Killed at any moment, nothing is lost and nothing is done twice.
@discardableResult
public func advanceJobs(
    _ works: [any JobWork], on database: any Database, clock: any ServiceClock, batches: Int = .max
) async throws(Fault) -> Int {
    let runner = JobRunner(
        name: Identifier<Job>.random().rawValue, works: Dictionary(works.map { ($0.kind, $0) }) { first, _ in first })
    var done = 0
    while done < batches, !Task.isCancelled {
        guard try await runner.batch(on: database, at: clock.now()) else { return done }
        done += 1
    }
    // Whoever stops in the middle of a job gives it back; the lease is for those who die.
    let name = runner.name
    try await database.write { tx throws(Fault) in try JobStore.release(of: name, in: tx) }
    return done
}

private struct JobRunner: Sendable {
    let name: String
    let works: [String: any JobWork]

    /// One batch of the oldest job that is free; false when there is none, or it was lost to another runner.
    func batch(on database: any Database, at now: Timestamp) async throws(Fault) -> Bool {
        // A look that writes nothing comes first: mostly there is no job.
        let kinds = Set(works.keys)
        let free = try await database.read { tx throws(Fault) in
            try JobStore.free(for: name, at: now, in: tx).contains { kinds.contains($0.kind) }
        }
        guard free, let job = try await claim(on: database, at: now), let work = works[job.kind] else { return false }
        do throws(Fault) {
            try await database.write { tx throws(Fault) in
                let progress = try work.batch(of: job, in: tx, at: now)
                guard try JobStore.advance(job, by: name, progress, at: now, in: tx) else {
                    throw Fault(.jobLost, "another runner has the job")
                }
                if progress.next == nil { try journalDone(job, progress, in: tx, at: now) }
            }
            return true
        } catch {
            if error.code == .jobLost { return false }
            // A database that is busy or away is no fault of the job.
            if error.code.kind == .unavailable { throw error }
            let code = error.code.rawValue
            try await database.write { tx throws(Fault) in try JobStore.noteFault(code, of: job, by: name, at: now, in: tx) }
            throw error
        }
    }

    private func claim(on database: any Database, at now: Timestamp) async throws(Fault) -> Job? {
        try await database.write { tx throws(Fault) in
            for job in try JobStore.free(for: name, at: now, in: tx) where works[job.kind] != nil {
                if try JobStore.claim(job, by: name, at: now, in: tx) { return job }
            }
            return nil
        }
    }

    private func journalDone(_ job: Job, _ last: JobProgress, in tx: any Transaction, at now: Timestamp) throws(Fault) {
        try appendJournal(
            JournalEntry(
                at: now, actor: "system", action: "job.done", subject: "job:\(job.id)",
                after: journalState(["kind": .text(job.kind), "done": .number(Int64(job.done + last.done))])),
            in: tx)
    }
}
