internal import Foundation
internal import GRDB
internal import GRDBSQLite
internal import Synchronization

/// Copies SQLite's log into the file beside the writer, on a thread and a connection of its own: a checkpoint in the writer's commit, which is
/// SQLite's habit, keeps everybody waiting for a hundred milliseconds.
///
/// Each pass copies what had been committed when it began. When little is left the writer does the rest between two commits, which is what
/// lets it begin the log anew. Nothing here decides what is durable: that is the log, until SQLite itself has synced the file.
final class SQLiteCheckpointer: Sendable {
    private enum Phase: Equatable {
        /// Nothing to do until the log has so many pages.
        case waiting(due: Int)
        /// The thread is at it.
        case copying
        /// The writer has to do the rest.
        case readyForWriter
        case closed
    }

    private struct State {
        var phase = Phase.waiting(due: StorageLimits.sqlitePagesPerCheckpoint)
        /// Pages in the log after the last commit.
        var pages = 0

        mutating func move(from old: Phase, to new: Phase) { if phase == old { phase = new } }
    }

    private let state = Mutex(State())
    private let signal = DispatchSemaphore(value: 0)
    private let queue: DatabaseQueue

    init(path: String) throws {
        var configuration = Configuration()
        configuration.label = "sqlite-checkpointer"
        queue = try DatabaseQueue(path: path, configuration: configuration)
    }

    /// Makes the writer's connection tell of the pages in its log instead of copying them itself.
    func watch(_ connection: GRDB.Database) {
        let own = Unmanaged.passUnretained(self).toOpaque()
        _ = sqlite3_wal_hook(
            connection.sqliteConnection,
            { own, _, _, pages in
                if let own { Unmanaged<SQLiteCheckpointer>.fromOpaque(own).takeUnretainedValue().note(pages: Int(pages)) }
                return SQLITE_OK
            }, own)
    }

    /// The thread's work, until `close`.
    func run() {
        while true {
            signal.wait()
            if state.withLock({ $0.phase == .closed }) { break }
            copy()
            state.withLock { $0.move(from: .copying, to: .readyForWriter) }
        }
        // Nothing can be done about a failure here; the log stays and is read at the next opening.
        try? queue.close()
    }

    /// Ends the thread.
    func close() {
        state.withLock { $0.phase = .closed }
        signal.signal()
    }

    /// The writer's share, on its thread, between two commits.
    func finish(on connection: GRDB.Database) {
        guard state.withLock({ $0.phase == .readyForWriter }) else { return }
        // A reader of an old state, or a full disk, lets pages stay in the log: they are looked at again when it has grown.
        let left = try? connection.checkpoint(.passive)
        let isWhole = left.map { $0.walFrameCount == $0.checkpointedFrameCount } ?? false
        state.withLock {
            let due = (isWhole ? 0 : $0.pages) + StorageLimits.sqlitePagesPerCheckpoint
            $0.move(from: .readyForWriter, to: .waiting(due: due))
        }
    }

    private func note(pages: Int) {
        let isDue = state.withLock { state in
            state.pages = pages
            guard case .waiting(let due) = state.phase, pages >= due else { return false }
            state.phase = .copying
            return true
        }
        if isDue { signal.signal() }
    }

    /// SQLite itself syncs the file only with the last page of the log, so in the writer's share; here the writer need not wait for it.
    /// A failure is not lost: the system reports it to the writer's sync, too, whose descriptor is another.
    private func syncFile(of connection: GRDB.Database) {
        var file: UnsafeMutablePointer<sqlite3_file>?
        guard sqlite3_file_control(connection.sqliteConnection, "main", SQLITE_FCNTL_FILE_POINTER, &file) == SQLITE_OK, let file
        else { return }
        _ = file.pointee.pMethods?.pointee.xSync?(file, SQLITE_SYNC_NORMAL)
    }

    private func copy() {
        for _ in 0..<StorageLimits.sqlitePassesPerCheckpoint {
            let copied = try? queue.inDatabase { connection in
                // Reading opens the log.
                try connection.execute(sql: "SELECT COUNT(*) FROM sqlite_master")
                let copied = try connection.checkpoint(.passive)
                syncFile(of: connection)
                return copied
            }
            guard let copied, copied.checkpointedFrameCount == copied.walFrameCount else { return }
            guard state.withLock({ $0.pages }) - copied.checkpointedFrameCount > StorageLimits.sqlitePagesForWriter else {
                return
            }
        }
    }
}
