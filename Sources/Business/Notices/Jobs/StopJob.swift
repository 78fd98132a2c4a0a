public import Access
public import Basics
public import Storage

/// Stops a job after the batch that is on its way. The permission is that of whoever may start it.
public func stopJob(
    _ id: JobID, needing permission: Permission = .publishAgreement, by act: StaffAct, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Job {
    try act.require(permission)
    return try move(id, from: [.running], to: .stopped, "job.stopped", act, in: tx, at: now)
}

/// Goes on with a job that was stopped or stood still.
public func resumeJob(
    _ id: JobID, needing permission: Permission = .publishAgreement, by act: StaffAct, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Job {
    try act.require(permission)
    return try move(id, from: [.stopped, .failed], to: .running, "job.resumed", act, in: tx, at: now)
}

private func move(
    _ id: JobID, from: [Job.State], to: Job.State, _ action: String, _ act: StaffAct, in tx: any Transaction, at now: Timestamp
) throws(Fault) -> Job {
    guard try JobStore.find(id, in: tx) != nil else { throw Fault(.unknownJob, "there is no such job") }
    guard try JobStore.move(id, from: from, to: to, at: now, in: tx), let job = try JobStore.find(id, in: tx) else {
        throw Fault(.jobState, "the job is neither running nor waiting for this")
    }
    try appendJournal(
        JournalEntry(
            at: now, actor: act.actor, action: action, subject: "job:\(id)",
            after: journalState(["done": .number(Int64(job.done)), "purpose": .text(act.purpose)])),
        in: tx)
    return job
}
