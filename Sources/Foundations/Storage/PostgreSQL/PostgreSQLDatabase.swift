public import Basics
internal import Synchronization

/// The server engine: a pool of connections to PostgreSQL, each with a thread of its own.
///
/// Every write is SERIALIZABLE, so that a work may be written as if it were alone, like on SQLite; a serialisation conflict or deadlock
/// runs it again. A lost connection is made anew; a work that had not begun its commit runs again on the new one.
public final class PostgreSQLDatabase: Database {
    /// The engine.
    public var engine: Engine { .postgresql }

    private let works = WorkQueue<PostgreSQLWork>(limit: StorageLimits.waitingWorks)
    private let threads: WorkThreads

    /// Makes a pool for a libpq address. Connections are made when they are first needed.
    public init(url: String, connections: Int = StorageLimits.postgresqlConnections) {
        threads = WorkThreads(name: "postgresql", count: max(1, connections)) { [works] _ in
            let runner = PostgreSQLRunner(session: PostgreSQLSession(url: url))
            while let taken = works.take(upTo: 1) {
                for work in taken { runner.run(work) }
            }
        }
    }

    deinit {
        // Whoever forgets to close leaves no threads behind.
        works.close()
    }

    /// Runs work that only reads, on a consistent snapshot.
    public func read<T: Sendable>(_ work: @escaping @Sendable (any Transaction) throws(Fault) -> T) async throws(Fault) -> T {
        try await works.perform(work) { PostgreSQLWork(job: $0, access: .read) }
    }

    /// Runs work that writes; returns once the commit is durable.
    @discardableResult
    public func write<T: Sendable>(_ work: @escaping @Sendable (any Transaction) throws(Fault) -> T) async throws(Fault) -> T {
        try await works.perform(work) { PostgreSQLWork(job: $0, access: .write) }
    }

    /// Finishes the works that wait, then closes the connections.
    public func close() async {
        works.close()
        await threads.join()
    }
}

/// A queued work and how it uses the database.
struct PostgreSQLWork: Sendable {
    enum Access { case read, write }

    let job: any Job
    let access: Access
}
