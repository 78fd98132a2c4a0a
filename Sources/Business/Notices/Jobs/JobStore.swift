internal import Basics
internal import Storage

enum JobStore {
    private static let columns = """
        id, kind, subject, state, cursor, done, total, batches, faults, fault, started_by, started_at, changed_at, ended_at
        """

    /// Nil when there is a job of the kind about the subject already.
    static func insert(
        _ id: JobID, kind: String, subject: String, total: Int, by actor: String, at now: Timestamp, in tx: any Transaction
    ) throws(Fault) -> Job? {
        try tx.first(
            """
            INSERT INTO notices_jobs (id, kind, subject, state, cursor, done, total, batches, faults, started_by, started_at,
                changed_at, leased_until)
            VALUES ($1, $2, $3, 'running', '', 0, $4, 0, 0, $5, $6, $6, 0) ON CONFLICT (kind, subject) DO NOTHING
            RETURNING \(columns)
            """,
            [.id(id), .text(kind), .text(subject), .integer(Int64(total)), .text(actor), .time(now)]
        ).map(read)
    }

    static func find(_ id: JobID, in tx: any Transaction) throws(Fault) -> Job? {
        try tx.first("SELECT \(columns) FROM notices_jobs WHERE id = $1", [.id(id)]).map(read)
    }

    static func find(kind: String, subject: String, in tx: any Transaction) throws(Fault) -> Job? {
        try tx.first(
            "SELECT \(columns) FROM notices_jobs WHERE kind = $1 AND subject = $2", [.text(kind), .text(subject)]
        ).map(read)
    }

    static func list(limit: Int, in tx: any Transaction) throws(Fault) -> [Job] {
        try tx.query(
            "SELECT \(columns) FROM notices_jobs ORDER BY started_at DESC, id LIMIT $1", [.integer(Int64(limit))]
        ).map { row throws(Fault) in try read(row) }
    }

    /// Running jobs that nobody else has, the oldest first.
    static func free(for runner: String, at now: Timestamp, in tx: any Transaction) throws(Fault) -> [Job] {
        try tx.query(
            """
            SELECT \(columns) FROM notices_jobs
            WHERE state = 'running' AND (leased_until <= $2 OR runner = $1) ORDER BY started_at, id
            """, [.text(runner), .time(now)]
        ).map { row throws(Fault) in try read(row) }
    }

    /// Compare and set: false when somebody else has the job, or has moved it since it was read.
    static func claim(_ job: Job, by runner: String, at now: Timestamp, in tx: any Transaction) throws(Fault) -> Bool {
        try tx.execute(
            """
            UPDATE notices_jobs SET runner = $2, leased_until = $4
            WHERE id = $1 AND state = 'running' AND batches = $5 AND (leased_until <= $3 OR runner = $2)
            """,
            [
                .id(job.id), .text(runner), .time(now), .time(now.adding(seconds: NoticesLimits.jobLeaseSeconds)),
                .integer(Int64(job.batches)),
            ]) == 1
    }

    /// Moves the cursor of a job that the runner still has at the batch it read; false when it was lost.
    static func advance(
        _ job: Job, by runner: String, _ progress: JobProgress, at now: Timestamp, in tx: any Transaction
    ) throws(Fault) -> Bool {
        try tx.execute(
            """
            UPDATE notices_jobs SET state = $3, cursor = $4, done = done + $5, batches = batches + 1, faults = 0, fault = NULL,
                changed_at = $6, ended_at = $7, leased_until = $8
            WHERE id = $1 AND runner = $2 AND state = 'running' AND batches = $9
            """,
            [
                .id(job.id), .text(runner), .text(progress.next == nil ? "done" : "running"),
                .text(progress.next ?? job.cursor), .integer(Int64(progress.done)), .time(now),
                .optional(progress.next == nil ? now : nil), .time(now.adding(seconds: NoticesLimits.jobLeaseSeconds)),
                .integer(Int64(job.batches)),
            ]) == 1
    }

    static func noteFault(_ code: String, of job: Job, by runner: String, at now: Timestamp, in tx: any Transaction) throws(Fault)
    {
        try tx.execute(
            """
            UPDATE notices_jobs SET faults = faults + 1, fault = $3, changed_at = $4, runner = NULL, leased_until = 0,
                state = CASE WHEN faults + 1 >= $5 THEN 'failed' ELSE state END
            WHERE id = $1 AND runner = $2 AND state = 'running' AND batches = $6
            """,
            [
                .id(job.id), .text(runner), .text(code), .time(now), .integer(Int64(NoticesLimits.jobFaults)),
                .integer(Int64(job.batches)),
            ])
    }

    /// Lets others have what a runner has no more time for.
    static func release(of runner: String, in tx: any Transaction) throws(Fault) {
        try tx.execute(
            "UPDATE notices_jobs SET runner = NULL, leased_until = 0 WHERE runner = $1 AND state = 'running'", [.text(runner)])
    }

    /// Compare and set of the state.
    static func move(_ id: JobID, from states: [Job.State], to state: Job.State, at now: Timestamp, in tx: any Transaction)
        throws(Fault) -> Bool
    {
        let list = states.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        return try tx.execute(
            """
            UPDATE notices_jobs SET state = $2, changed_at = $3, faults = 0, runner = NULL, leased_until = 0
            WHERE id = $1 AND state IN (\(list))
            """, [.id(id), .text(state.rawValue), .time(now)]) == 1
    }

    private static func read(_ row: Row) throws(Fault) -> Job {
        Job(
            id: try row.id("id"), kind: try row.text("kind"), subject: try row.text("subject"),
            state: Job.State(rawValue: try row.text("state")) ?? .failed, cursor: try row.text("cursor"),
            done: Int(try row.integer("done")), total: Int(try row.integer("total")), batches: Int(try row.integer("batches")),
            faults: Int(try row.integer("faults")), fault: try row.optionalText("fault"), startedBy: try row.text("started_by"),
            startedAt: try row.time("started_at"), changedAt: try row.time("changed_at"),
            endedAt: try row.optionalTime("ended_at"))
    }
}
