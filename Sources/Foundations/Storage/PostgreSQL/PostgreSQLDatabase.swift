public import Basics

/// The server engine: a pool of connections to PostgreSQL, each with a thread of its own.
///
/// Every write is SERIALIZABLE, so that a work may be written as if it were alone, like on SQLite. Writes that wait are grouped into one
/// transaction (``PostgreSQLRunner``): they share a commit, and they cannot be in each other's way, which on rows that everybody changes
/// costs parallel connections most of their work (docs/benchmarks.md). What remains are the writers of other programs: a conflict with one of
/// them runs the works again. A lost connection is made anew; works whose commit had not begun run again on the new one.
public final class PostgreSQLDatabase: Database {
    /// The engine.
    public var engine: Engine { .postgresql }

    private let writes = WorkQueue<any Job>(limit: StorageLimits.waitingWorks)
    private let reads = WorkQueue<any Job>(limit: StorageLimits.waitingWorks)
    private let writers: WorkThreads
    private let readers: WorkThreads

    /// Makes a pool for a libpq address. Connections are made when they are first needed.
    public init(
        url: String, readers: Int = StorageLimits.postgresqlReaders, writers: Int = StorageLimits.postgresqlWriters,
        commits: Commits = .grouped
    ) {
        let size = max(1, commits.worksPerCommit)
        self.writers = WorkThreads(name: "postgresql-writer", count: max(1, writers)) { [writes] _ in
            let runner = PostgreSQLRunner(session: PostgreSQLSession(url: url))
            while let taken = writes.take(upTo: size) { runner.write(taken) }
        }
        self.readers = WorkThreads(name: "postgresql-reader", count: max(1, readers)) { [reads] _ in
            let runner = PostgreSQLRunner(session: PostgreSQLSession(url: url))
            while let taken = reads.take(upTo: 1) { taken.forEach(runner.read) }
        }
    }

    deinit {
        // Whoever forgets to close leaves no threads behind.
        writes.close()
        reads.close()
    }

    /// Runs work that only reads, on a consistent snapshot.
    public func read<T: Sendable>(_ work: @escaping @Sendable (any Transaction) throws(Fault) -> T) async throws(Fault) -> T {
        try await reads.perform(work)
    }

    /// Runs work that writes; returns once the commit is durable.
    @discardableResult
    public func write<T: Sendable>(_ work: @escaping @Sendable (any Transaction) throws(Fault) -> T) async throws(Fault) -> T {
        try await writes.perform(work)
    }

    /// Finishes the works that wait, then closes the connections.
    public func close() async {
        writes.close()
        reads.close()
        await writers.join()
        await readers.join()
    }
}
