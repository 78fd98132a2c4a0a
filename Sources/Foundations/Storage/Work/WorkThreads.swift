internal import Foundation
internal import Synchronization

/// Threads of an engine's own, so that neither event loops nor the pool of Swift's tasks ever wait for a disk or a server.
final class WorkThreads: Sendable {
    private let finished: AsyncStream<Never>

    /// Starts `count` threads; each runs `body` once with its number and ends with it.
    init(name: String, count: Int, body: @escaping @Sendable (Int) -> Void) {
        let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
        finished = stream
        let running = Countdown(count)
        for number in 0..<count {
            let thread = Thread {
                body(number)
                if running.reachesZero() { continuation.finish() }
            }
            thread.name = "\(name)-\(number)"
            thread.start()
        }
    }

    /// Returns when every thread has ended, also when asked again.
    func join() async {
        for await _ in finished {}
    }
}

/// Counts threads that still run.
private final class Countdown: Sendable {
    private let left: Mutex<Int>

    init(_ count: Int) { left = Mutex(count) }

    func reachesZero() -> Bool {
        left.withLock { left in
            left -= 1
            return left == 0
        }
    }
}
