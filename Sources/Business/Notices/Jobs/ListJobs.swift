public import Basics
public import Storage

/// The latest jobs, newest first, with their progress.
public func listJobs(limit: Int = 20, in tx: any Transaction) throws(Fault) -> [Job] {
    try JobStore.list(limit: min(max(limit, 1), 100), in: tx)
}

/// One job; throws `notices.job-unknown` when there is none.
public func job(_ id: JobID, in tx: any Transaction) throws(Fault) -> Job {
    guard let job = try JobStore.find(id, in: tx) else { throw Fault(.unknownJob, "there is no such job") }
    return job
}

/// The job of a kind about a subject; nil where none was started.
public func job(kind: String, subject: String, in tx: any Transaction) throws(Fault) -> Job? {
    try JobStore.find(kind: kind, subject: subject, in: tx)
}
