internal import Basics
internal import Foundation

/// Runs works on one session, on the session's thread, and answers their callers.
final class PostgreSQLRunner {
    private let session: PostgreSQLSession

    init(session: PostgreSQLSession) { self.session = session }

    /// Runs works that write, together in one commit. Few throw, and nearly all of those before they have written anything, so they run
    /// without savepoints first. When one throws after it has written, each gets a savepoint; when they meet other writers again and again,
    /// each runs alone.
    func write(_ works: [any Job]) {
        if works.count > 1, commitTogether(works, Self.beginWrite, runPlainly) { return }
        for start in stride(from: 0, to: works.count, by: StorageLimits.savepointsPerCommit) {
            let part = Array(works[start..<min(start + StorageLimits.savepointsPerCommit, works.count)])
            if part.count > 1, commitTogether(part, Self.beginWrite + "; SAVEPOINT work", runInSavepoints) { continue }
            for work in part { runAlone(work, begin: Self.beginWrite, isRead: false) }
        }
    }

    /// Runs a work that only reads.
    func read(_ work: any Job) { runAlone(work, begin: Self.beginRead, isRead: true) }

    private static let beginWrite = "BEGIN ISOLATION LEVEL SERIALIZABLE"
    private static let beginRead = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

    /// How one run of a transaction ended.
    private enum End {
        /// Committed, or rolled back by the work's own fault: the work's result stands.
        case settled
        /// Nothing was kept because of other writers, or because the connection broke before the commit.
        case again(Fault)
        /// Nobody may run it again.
        case failed(Fault)
    }

    // MARK: Alone

    private func runAlone(_ work: any Job, begin: String, isRead: Bool) {
        var runs = 0
        while true {
            runs += 1
            let turn = !isRead && runs > StorageLimits.freeRuns
            switch inTurn(turn, { attempt(begin: begin, isRead: isRead) { self.run(work) } }) {
            case .settled: return work.answer(commitFault: nil)
            case .failed(let fault): return work.answer(commitFault: fault)
            case .again(let fault) where runs >= StorageLimits.conflictRuns:
                return work.answer(commitFault: Self.givingUp(fault, runs))
            // The second run is immediate: most conflicts are over by then.
            case .again: if runs > 1 { Thread.sleep(forTimeInterval: Double.random(in: 0...0.002) * Double(runs)) }
            }
        }
    }

    private func run(_ work: any Job) -> End? {
        let transaction = PostgreSQLTransaction(session: session)
        guard work.run(in: transaction) != nil else { return nil }
        return Self.lost(transaction).map(End.again) ?? .settled
    }

    // MARK: Together

    /// Commits the works in one transaction and answers them; false when they must run alone.
    private func commitTogether(_ works: [any Job], _ begin: String, _ body: ([any Job]) -> End?) -> Bool {
        for run in 1...StorageLimits.groupRuns {
            switch inTurn(run > 1, { attempt(begin: begin, isRead: false) { body(works) } }) {
            case .settled:
                for work in works { work.answer(commitFault: nil) }
                return true
            // Running each alone would not help when the server is away, and must not be done when the commit may have happened.
            case .failed(let fault) where fault.code == .outcomeUnknown || fault.code == .unreachable:
                for work in works { work.answer(commitFault: fault) }
                return true
            case .failed: return false
            case .again: continue
            }
        }
        return false
    }

    /// Ends where something of one work would have to be rolled back.
    private func runPlainly(_ works: [any Job]) -> End? {
        for work in works {
            let transaction = PostgreSQLTransaction(session: session, waitsAtEnd: false)
            guard work.run(in: transaction) != nil else { continue }
            if let lost = Self.lost(transaction) { return .again(lost) }
            if transaction.hasWritten || transaction.failure != nil { return Self.needsSavepoints }
        }
        do throws(Fault) {
            try session.finishPosted()
            return nil
        } catch {
            return Self.isLost(error) ? .again(error) : Self.needsSavepoints
        }
    }

    private static let needsSavepoints = End.failed(Fault(.statement, "a work must be rolled back alone"))

    private func runInSavepoints(_ works: [any Job]) -> End? {
        for (index, work) in works.enumerated() {
            let transaction = PostgreSQLTransaction(session: session)
            let fault = work.run(in: transaction)
            if let lost = Self.lost(transaction) { return .again(lost) }
            // A work that threw by itself may have posted what fails.
            if fault != nil { session.discardPosted() }
            // One round trip closes this savepoint and opens the next.
            let end = fault == nil ? "RELEASE work" : "ROLLBACK TO work; RELEASE work"
            do throws(Fault) {
                try session.command(index + 1 < works.count ? end + "; SAVEPOINT work" : end)
            } catch {
                return .again(error)
            }
        }
        return nil
    }

    // MARK: One transaction

    /// Begins, runs the body and commits; the body's end, when it has one, rolls back instead.
    private func attempt(begin: String, isRead: Bool, _ body: () -> End?) -> End {
        let wasConnected = session.isConnected
        do throws(Fault) {
            try session.connect()
            try session.command(begin)
        } catch {
            session.rollBack()
            // A connection that had gone stale while idle is made anew at once; a server that refuses is reported.
            return wasConnected && error.code == .unreachable ? .again(error) : .failed(error)
        }
        if let end = body() {
            session.rollBack()
            return end
        }
        return commit(isRead: isRead)
    }

    private func commit(isRead: Bool) -> End {
        do throws(Fault) {
            try session.command("COMMIT")
            return .settled
        } catch {
            session.rollBack()
            if error.code == .conflict { return .again(error) }
            guard error.code == .unreachable else { return .failed(error) }
            // A read has no outcome that could be in doubt.
            if isRead { return .again(error) }
            return .failed(
                Fault(
                    .outcomeUnknown, "the connection to PostgreSQL broke during a commit; repeat the operation with the same ids")
            )
        }
    }

    /// Those who have met others too often take turns, also with those of other programs, so that everybody gets through. The lock is taken
    /// before the transaction begins, or its snapshot would be from before the wait.
    private func inTurn(_ takesTurn: Bool, _ body: () -> End) -> End {
        guard takesTurn, session.isConnected else { return body() }
        // Without the turn the work may still get through, so a lock that is not had in time is no fault.
        let hasTurn = (try? session.command("SELECT pg_advisory_lock(\(Self.turnstile))")) != nil
        defer { if hasTurn, session.isConnected { try? session.command("SELECT pg_advisory_unlock(\(Self.turnstile))") } }
        return body()
    }

    /// An arbitrary number, only ours.
    private static let turnstile = 4_203_112

    /// The fault that tells of other writers or a broken connection rather than of the work.
    private static func lost(_ transaction: PostgreSQLTransaction) -> Fault? {
        transaction.failure.flatMap { isLost($0) ? $0 : nil }
    }

    private static func isLost(_ fault: Fault) -> Bool { fault.code == .conflict || fault.code == .unreachable }

    private static func givingUp(_ fault: Fault, _ runs: Int) -> Fault {
        guard fault.code == .conflict else { return fault }
        return Fault(.busy, "a work met other writers of the same rows \(runs) times", ["runs": String(runs)])
    }
}
