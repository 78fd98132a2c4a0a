internal import Basics
internal import Foundation

/// Runs works on one session, one after the other, on the session's thread.
final class PostgreSQLRunner {
    private let session: PostgreSQLSession

    init(session: PostgreSQLSession) { self.session = session }

    /// Runs a work to its end and answers its caller.
    func run(_ work: PostgreSQLWork) {
        var runs = 0
        while true {
            runs += 1
            let end = attempt(work)
            guard end.mayRunAgain, runs < StorageLimits.conflictRuns else {
                work.job.answer(commitFault: end.isConflict ? Self.tooManyConflicts(runs) : end.fault)
                return
            }
            // The second run is immediate: most conflicts are over by then.
            if runs > 1 { Thread.sleep(forTimeInterval: Double.random(in: 0...0.002) * Double(min(runs, 10))) }
        }
    }

    /// How one run ended.
    private struct End {
        /// The fault that replaces the work's own result; nil when the result stands.
        var fault: Fault?
        var mayRunAgain = false
        var isConflict: Bool { fault?.code == .conflict }
    }

    private func attempt(_ work: PostgreSQLWork) -> End {
        let wasConnected = session.isConnected
        do throws(Fault) {
            try session.connect()
            try session.command(
                work.access == .write ? "BEGIN ISOLATION LEVEL SERIALIZABLE" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        } catch {
            session.rollBack()
            // A connection that had gone stale while idle is made anew at once; a server that refuses is reported.
            return End(fault: error, mayRunAgain: wasConnected && error.code == .unreachable)
        }
        let transaction = PostgreSQLTransaction(session: session)
        guard work.job.run(in: transaction) == nil else {
            session.rollBack()
            let lost = transaction.failure?.code == .conflict || transaction.failure?.code == .unreachable
            return lost ? End(fault: transaction.failure, mayRunAgain: true) : End()
        }
        return commit(work.access)
    }

    private func commit(_ access: PostgreSQLWork.Access) -> End {
        do throws(Fault) {
            try session.command("COMMIT")
            return End()
        } catch {
            session.rollBack()
            guard error.code == .unreachable else { return End(fault: error, mayRunAgain: error.code == .conflict) }
            // A read has no outcome that could be in doubt.
            if access == .read { return End(fault: error, mayRunAgain: true) }
            return End(
                fault: Fault(
                    .outcomeUnknown, "the connection to PostgreSQL broke during a commit; repeat the operation with the same ids")
            )
        }
    }

    private static func tooManyConflicts(_ runs: Int) -> Fault {
        Fault(.busy, "a work met other writers of the same rows \(runs) times", ["runs": String(runs)])
    }
}
