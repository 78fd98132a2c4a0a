public import Basics
internal import Foundation
internal import GRDB

/// The embedded engine: one SQLite file in WAL mode. One thread writes, the works of all callers grouped into one commit; others read.
public final class SQLiteDatabase: Database {
    /// The engine.
    public var engine: Engine { .sqlite }

    let pool: DatabasePool
    private let writes = WorkQueue<any Job>(limit: StorageLimits.waitingWorks)
    private let reads = WorkQueue<any Job>(limit: StorageLimits.waitingWorks)
    private let writer: WorkThreads
    private let readers: WorkThreads
    private let checkpointer: SQLiteCheckpointer
    private let checkpoints: WorkThreads

    /// Opens the file, making it when it is not there. Blocks for the time of opening: call it while starting.
    public init(path: String, commits: Commits = .grouped) throws(Fault) {
        let (pool, checkpointer) = try Self.open(path: path)
        let translations = StatementTranslations(engine: .sqlite)
        self.pool = pool
        self.checkpointer = checkpointer
        checkpoints = WorkThreads(name: "sqlite-checkpointer", count: 1) { _ in checkpointer.run() }
        writer = WorkThreads(name: "sqlite-writer", count: 1) { [writes] _ in
            let group = GroupCommit(pool: pool, translations: translations, checkpointer: checkpointer)
            while let works = writes.take(upTo: max(1, commits.worksPerCommit)) { group.commit(works) }
        }
        readers = WorkThreads(name: "sqlite-reader", count: StorageLimits.sqliteReaders) { [reads] _ in
            while let works = reads.take(upTo: 1) {
                for work in works { SQLiteReader.run(work, pool: pool, translations: translations) }
            }
        }
    }

    deinit {
        // Whoever forgets to close leaves no threads behind.
        writes.close()
        reads.close()
        checkpointer.close()
    }

    /// Runs work that only reads, on a consistent snapshot, beside other readers and the writer.
    public func read<T: Sendable>(_ work: @escaping @Sendable (any Transaction) throws(Fault) -> T) async throws(Fault) -> T {
        try await reads.perform(work)
    }

    /// Runs work that writes; returns once its group is on the disk.
    @discardableResult
    public func write<T: Sendable>(_ work: @escaping @Sendable (any Transaction) throws(Fault) -> T) async throws(Fault) -> T {
        try await writes.perform(work)
    }

    /// Finishes the works that wait, then closes.
    public func close() async {
        writes.close()
        reads.close()
        await writer.join()
        await readers.join()
        checkpointer.close()
        await checkpoints.join()
        // Nothing can be done about a failure here: every work has been answered and committed.
        try? pool.close()
    }

    private static func open(path: String) throws(Fault) -> (DatabasePool, SQLiteCheckpointer) {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(StorageLimits.sqliteLockSeconds)
        configuration.maximumReaderCount = StorageLimits.sqliteReaders
        configuration.persistentReadOnlyConnections = true
        configuration.label = "sqlite"
        configuration.prepareDatabase { connection in
            // Before the first page is written, so before WAL is set.
            try connection.execute(sql: "PRAGMA page_size = \(StorageLimits.sqlitePageBytes)")
            // REPLACE must not delete rows behind the back of the append-only triggers.
            try connection.execute(sql: "PRAGMA recursive_triggers = ON")
        }
        do {
            try prepareFile(path)
            let pool = try DatabasePool(path: path, configuration: configuration)
            // Opening sets NORMAL, which may lose the last commits when the power fails; so FULL is set after it.
            try pool.writeWithoutTransaction { connection in
                try connection.execute(sql: "PRAGMA synchronous = FULL")
                try connection.execute(sql: "PRAGMA cache_size = -\(StorageLimits.sqliteWriterCacheKilobytes)")
                try connection.execute(sql: "PRAGMA journal_size_limit = \(StorageLimits.sqliteLogBytes)")
            }
            let checkpointer = try SQLiteCheckpointer(path: path)
            pool.writeWithoutTransaction { checkpointer.watch($0) }
            return (pool, checkpointer)
        } catch {
            throw Fault(
                .unreachable,
                "the database file \(path) cannot be opened: \(SQLiteFaults.text(error)). Check that it may be written and is ours",
                ["path": path])
        }
    }

    /// Makes the folder and an empty file that nobody else may read; SQLite gives its log the file's permissions.
    private static func prepareFile(_ path: String) throws {
        let files = FileManager.default
        let folder = (path as NSString).deletingLastPathComponent
        if !folder.isEmpty, !files.fileExists(atPath: folder) {
            try files.createDirectory(atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        }
        if !files.fileExists(atPath: path) {
            _ = files.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        }
    }
}
