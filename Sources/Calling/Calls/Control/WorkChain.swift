internal import Synchronization

/// Works that run one after another, such as the database writes of one call.
struct WorkChain {
    private var last: Task<Void, Never>?
    private let waiting = Waiting()

    /// How many works are not done yet.
    private final class Waiting: Sendable {
        let count = Mutex(0)
    }

    /// Adds a work; it begins when all before it are done.
    @discardableResult
    mutating func add<T: Sendable>(_ work: @escaping @Sendable () async -> T) -> Task<T, Never> {
        let before = last
        waiting.count.withLock { $0 += 1 }
        let task = Task { [waiting] in
            await before?.value
            let result = await work()
            waiting.count.withLock { $0 -= 1 }
            return result
        }
        last = Task { _ = await task.value }
        return task
    }

    /// The end of everything added so far.
    var end: Task<Void, Never>? { last }

    /// Whether something added is not done yet.
    var isBusy: Bool { waiting.count.withLock { $0 > 0 } }
}
