public import Basics
internal import Foundation
internal import GRDB

extension SQLiteDatabase {
    /// Copies the database to a new file while it is in use; the copy is one consistent state and is checked before this returns.
    ///
    /// The copy appears under its name only when it is complete, so a crash never leaves half a backup that looks like one.
    public func backup(to path: String) async throws(Fault) {
        let source = pool
        let outcome: Result<Void, Fault> = await withCheckedContinuation { caller in
            // A thread of its own: copying blocks, for as long as the database is large.
            Thread.detachNewThread {
                do {
                    try Self.copy(source, to: path)
                    caller.resume(returning: .success(()))
                } catch {
                    caller.resume(returning: .failure(SQLiteFaults.fault(error, doing: "backup to \(path)")))
                }
            }
        }
        try outcome.get()
    }

    private static func copy(_ source: DatabasePool, to path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw Fault(.disk, "\(path) is there already; a backup never overwrites", ["path": path])
        }
        let unfinished = path + ".unfinished"
        if FileManager.default.fileExists(atPath: unfinished) { try FileManager.default.removeItem(atPath: unfinished) }
        let copy = try DatabaseQueue(path: unfinished)
        try source.backup(to: copy)
        let answer = try copy.inDatabase { connection in
            // A file of its own, without a log beside it, is easier to carry away.
            try connection.execute(sql: "PRAGMA journal_mode = DELETE")
            return try String.fetchOne(connection, sql: "PRAGMA integrity_check")
        }
        try copy.close()
        guard answer == "ok" else { throw Fault(.disk, "the copy is damaged: \(answer ?? "no answer")") }
        try FileManager.default.moveItem(atPath: unfinished, toPath: path)
    }
}
