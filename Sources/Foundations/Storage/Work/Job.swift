internal import Basics

/// A work of any result, as an engine sees it: run it, then tell its caller how it ended.
protocol Job: Sendable {
    /// Runs the work in a transaction and keeps its result; returns the fault that must roll it back.
    func run(in transaction: any FailingTransaction) -> Fault?
    /// Answers the caller: with the kept result, or with the fault of the commit. Called once.
    func answer(commitFault: Fault?)
}

/// A transaction that remembers the first statement that failed.
protocol FailingTransaction: Transaction {
    /// The fault of the first statement that failed.
    var failure: Fault? { get }
    /// Waits for what was posted, so that a fault of it is this work's.
    func finish() throws(Fault)
}

/// A work with its caller's continuation.
// Proof: `result` is touched only by the one engine thread that has taken the job from the queue.
final class PendingJob<T: Sendable>: Job, @unchecked Sendable {
    typealias Outcome = Result<T, Fault>

    private let work: @Sendable (any Transaction) throws(Fault) -> T
    private let caller: CheckedContinuation<Outcome, Never>
    private var result: Outcome = .failure(Fault(.closed, "the work was never run"))

    init(_ work: @escaping @Sendable (any Transaction) throws(Fault) -> T, _ caller: CheckedContinuation<Outcome, Never>) {
        self.work = work
        self.caller = caller
    }

    func run(in transaction: any FailingTransaction) -> Fault? {
        do throws(Fault) {
            let value = try work(transaction)
            try transaction.finish()
            // A work that swallowed a statement's fault must not be committed: PostgreSQL cannot, so SQLite does not either.
            if let failure = transaction.failure { throw failure }
            result = .success(value)
            return nil
        } catch {
            result = .failure(error)
            return error
        }
    }

    func answer(commitFault: Fault?) {
        caller.resume(returning: commitFault.map(Outcome.failure) ?? result)
    }
}

extension WorkQueue where Work == any Job {
    /// Queues a work and waits for its answer without blocking a thread.
    func perform<T: Sendable>(_ work: @escaping @Sendable (any Transaction) throws(Fault) -> T) async throws(Fault) -> T {
        let outcome: Result<T, Fault> = await withCheckedContinuation { caller in
            do throws(Fault) {
                try add(PendingJob(work, caller))
            } catch {
                caller.resume(returning: .failure(error))
            }
        }
        return try outcome.get()
    }
}
