internal import Basics
internal import GRDB

/// Makes one commit of the works that wait, so that many callers pay for one fsync.
///
/// Each work runs in its own savepoint: one that throws is rolled back alone. All callers are answered after the commit, also those
/// whose work threw, because what they saw may include work of the same group. When the commit itself fails, each work is run again
/// in a transaction of its own, so that one caller's deferred constraint cannot fail another's work.
struct GroupCommit {
    let pool: DatabasePool
    let translations: StatementTranslations

    func commit(_ works: [any Job]) {
        pool.writeWithoutTransaction { connection in
            guard works.count > 1, commitFault(of: works, on: connection) == nil else {
                for work in works { commitAlone(work, on: connection) }
                return
            }
            for work in works { work.answer(commitFault: nil) }
        }
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

    private func commitFault(of works: [any Job], on connection: GRDB.Database) -> Fault? {
        do {
            try connection.beginTransaction(.immediate)
            for work in works { try runInSavepoint(work, on: connection) }
            try connection.commit()
            return nil
        } catch {
            rollBack(connection)
            return SQLiteFaults.fault(error, doing: "commit of \(works.count) works")
        }
    }

    private func runInSavepoint(_ work: any Job, on connection: GRDB.Database) throws {
        try connection.cachedStatement(sql: "SAVEPOINT work").execute()
        if work.run(in: SQLiteTransaction(connection: connection, translations: translations)) != nil {
            // A full or failing disk rolls back the whole transaction; then this throws and the group is run one by one.
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
