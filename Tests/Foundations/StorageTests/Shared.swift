import Synchronization

/// A value that works and tests share.
final class Shared<T: Sendable>: Sendable {
    private let value: Mutex<T>

    init(_ value: T) { self.value = Mutex(value) }

    func get() -> T { value.withLock { $0 } }
    func set(_ new: T) { value.withLock { $0 = new } }
    func change(_ body: @Sendable (inout T) -> Void) { value.withLock { body(&$0) } }
}
