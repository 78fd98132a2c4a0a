internal import Basics
internal import GRDB

/// Makes one commit of the works that wait, so that many callers pay for one fsync.
///
/// A work that throws is rolled back alone. Few do, and nearly all of them before they have written anything, so the works run one after
/// another without savepoints first; when one throws after it has written, the group begins again with a savepoint for each. All callers
/// are answered after the commit, also those whose work threw, because what they saw may include work of the same group. When the commit
/// itself fails, each work is run again in a transaction of its own: then the fault goes to the one that has caused it.
struct GroupCommit {
    let pool: DatabasePool
    let translations: StatementTranslations
    let checkpointer: SQLiteCheckpointer

    func commit(_ works: [any Job]) {
        pool.writeWithoutTransaction { connection in
            defer { checkpointer.finish(on: connection) }
            if works.count == 1 { return commitAlone(works[0], on: connection) }
            do {
                // Here, not later, another process that holds the file is waited for; everybody learns of it at once.
                try connection.beginTransaction(.immediate)
            } catch {
                for work in works { work.answer(commitFault: SQLiteFaults.fault(error, doing: "begin")) }
                return
            }
            if commitTogether(works, on: connection, runPlainly) || commitAgain(works, on: connection) {
                for work in works { work.answer(commitFault: nil) }
            } else {
                for work in works { commitAlone(work, on: connection) }
            }
        }
    }

    /// Runs and commits the works in the transaction that has begun; false when nothing of it was kept.
    private func commitTogether(
        _ works: [any Job], on connection: GRDB.Database, _ run: (any Job, GRDB.Database) throws -> Void
    ) -> Bool {
        do {
            for work in works { try run(work, connection) }
            try connection.commit()
            return true
        } catch {
            rollBack(connection)
            return false
        }
    }

    /// The same with savepoints.
    private func commitAgain(_ works: [any Job], on connection: GRDB.Database) -> Bool {
        guard (try? connection.beginTransaction(.immediate)) != nil else { return false }
        return commitTogether(works, on: connection, runInSavepoint)
    }

    /// Throws where something would have to be rolled back.
    private func runPlainly(_ work: any Job, on connection: GRDB.Database) throws {
        let transaction = SQLiteTransaction(connection: connection, translations: translations)
        guard let fault = work.run(in: transaction) else { return }
        // A full or failing disk rolls back the whole transaction.
        if transaction.hasWritten || !connection.isInsideTransaction { throw fault }
    }

    private func commitAlone(_ work: any Job, on connection: GRDB.Database) {
        do {
            try connection.beginTransaction(.immediate)
            if work.run(in: SQLiteTransaction(connection: connection, translations: translations)) == nil {
                try connection.commit()
            } else {
                try connection.rollback()
            }
            work.answer(commitFault: nil)
        } catch {
            rollBack(connection)
            work.answer(commitFault: SQLiteFaults.fault(error, doing: "commit"))
        }
    }

    private func runInSavepoint(_ work: any Job, on connection: GRDB.Database) throws {
        try connection.cachedStatement(sql: "SAVEPOINT work").execute()
        if work.run(in: SQLiteTransaction(connection: connection, translations: translations)) != nil {
            // Where a full disk has rolled back the whole transaction this throws, and the group is run one by one.
            try connection.cachedStatement(sql: "ROLLBACK TO work").execute()
        }
        try connection.cachedStatement(sql: "RELEASE work").execute()
    }

    private func rollBack(_ connection: GRDB.Database) {
        guard connection.isInsideTransaction else { return }
        // A rollback that fails leaves nothing to do here: the next BEGIN reports it.
        try? connection.rollback()
    }
}

/// Runs a work on a read-only connection, on a snapshot.
enum SQLiteReader {
    static func run(_ work: any Job, pool: DatabasePool, translations: StatementTranslations) {
        do {
            try pool.read { connection in
                _ = work.run(in: SQLiteTransaction(connection: connection, translations: translations))
            }
            work.answer(commitFault: nil)
        } catch {
            work.answer(commitFault: SQLiteFaults.fault(error, doing: "read"))
        }
    }
}
