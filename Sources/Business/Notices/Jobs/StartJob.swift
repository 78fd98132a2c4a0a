public import Basics
public import Storage

/// Puts a job down to be done by ``advanceJobs(_:on:clock:batches:)``. There is one for each kind and subject: started again, it is the same.
/// Staff use cases that start one have asked for their own permission.
public func startJob(
    kind: String, subject: String, total: Int, by actor: String, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Job {
    guard let job = try JobStore.insert(.random(), kind: kind, subject: subject, total: total, by: actor, at: now, in: tx) else {
        guard let there = try JobStore.find(kind: kind, subject: subject, in: tx) else {
            throw Fault(.unknownJob, "the job is neither new nor there")
        }
        return there
    }
    try appendJournal(
        JournalEntry(
            at: now, actor: actor, action: "job.started", subject: "job:\(job.id)",
            after: journalState(["kind": .text(kind), "subject": .text(subject), "total": .number(Int64(total))])),
        in: tx)
    return job
}
