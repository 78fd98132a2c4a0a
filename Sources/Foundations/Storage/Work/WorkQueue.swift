internal import Basics
internal import Foundation

/// A bounded first-in first-out queue that threads of an engine take their works from.
// Proof: `waiting` and `isClosed` are touched only between `condition.lock()` and `condition.unlock()`.
final class WorkQueue<Work: Sendable>: @unchecked Sendable {
    private let condition = NSCondition()
    private let limit: Int
    private var waiting: [Work] = []
    private var isClosed = false

    init(limit: Int) { self.limit = limit }

    /// Adds a work; throws when the queue is full or closed.
    func add(_ work: Work) throws(Fault) {
        condition.lock()
        defer { condition.unlock() }
        guard !isClosed else { throw Fault(.closed, "the database has been closed") }
        guard waiting.count < limit else {
            throw Fault(.busy, "\(limit) works already wait for the database", ["limit": String(limit)])
        }
        waiting.append(work)
        condition.signal()
    }

    /// Waits for works and takes up to `count` of them, oldest first. Nil once the queue is closed and empty.
    func take(upTo count: Int) -> [Work]? {
        condition.lock()
        defer { condition.unlock() }
        while waiting.isEmpty {
            if isClosed { return nil }
            condition.wait()
        }
        let taken = Array(waiting.prefix(count))
        waiting.removeFirst(taken.count)
        return taken
    }

    /// Refuses further works; those that wait are still taken.
    func close() {
        condition.lock()
        defer { condition.unlock() }
        isClosed = true
        condition.broadcast()
    }
}
