internal import Basics
internal import Foundation

/// Orders that wait for the press, oldest first, bounded.
// Proof: `waiting` and `isClosed` are touched only between `condition.lock()` and `condition.unlock()`.
final class PressQueue: @unchecked Sendable {
    private let condition = NSCondition()
    private var waiting: [PressOrder] = []
    private var isClosed = false

    /// Adds an order; throws when too many wait or the press is closed.
    func add(_ order: PressOrder) throws(Fault) {
        condition.lock()
        defer { condition.unlock() }
        guard !isClosed else { throw Fault(.printerUnavailable, "the press has been shut down") }
        guard waiting.count < PaperLimits.waitingDocuments else {
            throw Fault(.printerBusy, "\(PaperLimits.waitingDocuments) documents already wait for the press")
        }
        waiting.append(order)
        condition.signal()
    }

    /// Waits for the next order; nil once the queue is closed.
    func take() -> PressOrder? {
        condition.lock()
        defer { condition.unlock() }
        while waiting.isEmpty, !isClosed { condition.wait() }
        return waiting.isEmpty ? nil : waiting.removeFirst()
    }

    /// Refuses further orders; those that wait are still taken.
    func close() {
        condition.lock()
        defer { condition.unlock() }
        isClosed = true
        condition.broadcast()
    }
}
