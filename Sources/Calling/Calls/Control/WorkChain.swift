internal import Basics

/// Works that run one after another, such as the database writes of one call.
struct WorkChain {
    private var last: Task<Void, Never>?

    /// Adds a work; it begins when all before it are done.
    @discardableResult
    mutating func add<T: Sendable>(_ work: @escaping @Sendable () async -> T) -> Task<T, Never> {
        let before = last
        let task = Task {
            await before?.value
            return await work()
        }
        last = Task { _ = await task.value }
        return task
    }

    /// The end of everything added so far.
    var end: Task<Void, Never>? { last }
}
