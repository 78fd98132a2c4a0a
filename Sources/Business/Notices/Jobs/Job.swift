public import Basics
public import Storage

/// The id of a job.
public typealias JobID = Identifier<Job>

/// Work over very many rows that is done in batches: each batch is one transaction that moves the cursor, so that a job killed at any moment
/// goes on where it was, and two runners never do the same batch.
public struct Job: Sendable, Equatable {
    /// Where a job stands.
    public enum State: String, Sendable {
        /// To be gone on with.
        case running
        /// Stopped by staff; it can be gone on with.
        case stopped
        /// Stands still after ``NoticesLimits/jobFaults`` faults in a row; it can be gone on with once the reason is mended.
        case failed
        /// All is done.
        case done
    }

    /// The id.
    public let id: JobID
    /// Which work: ``JobWork/kind``.
    public let kind: String
    /// What it is about, such as `version:ID`; one job for each kind and subject.
    public let subject: String
    /// Where it stands.
    public let state: State
    /// Where the next batch begins; the work gives it its meaning.
    public let cursor: String
    /// Pieces done.
    public let done: Int
    /// Pieces there were at the start.
    public let total: Int
    /// Batches committed.
    public let batches: Int
    /// Faults since the last batch that went well.
    public let faults: Int
    /// The code of the last fault.
    public let fault: String?
    /// Who started it.
    public let startedBy: String
    /// When.
    public let startedAt: Timestamp
    /// When it last moved.
    public let changedAt: Timestamp
    /// When it was done.
    public let endedAt: Timestamp?

    /// Done of a thousand, for a progress bar.
    public var permille: Int { state == .done ? 1000 : total == 0 ? 0 : min(1000, done * 1000 / total) }
}

/// What one kind of job does. Rooms above give their own to ``advanceJobs(_:on:clock:batches:)``.
public protocol JobWork: Sendable {
    /// The kind, as stored with the job.
    var kind: String { get }
    /// Does the batch at the job's cursor in this transaction. It may run again after it was rolled back, never after it was committed.
    func batch(of job: Job, in tx: any Transaction, at now: Timestamp) throws(Fault) -> JobProgress
}

/// What a batch did.
public struct JobProgress: Sendable, Equatable {
    /// Pieces done by this batch.
    public var done: Int
    /// Where the next batch begins; nil when this was the last one.
    public var next: String?

    /// Says what was done.
    public init(done: Int, next: String?) {
        self.done = done
        self.next = next
    }
}
