internal import Foundation
internal import Synchronization

/// Threads of an engine's own, so that neither event loops nor the pool of Swift's tasks ever wait for a disk or a server.
final class WorkThreads: Sendable {
    private let finished: AsyncStream<Void>
    private let count: Int

    /// Starts `count` threads; each runs `body` once with its number and ends with it.
    init(name: String, count: Int, body: @escaping @Sendable (Int) -> Void) {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
        finished = stream
        self.count = count
        for number in 0..<count {
            let thread = Thread {
                body(number)
                continuation.yield()
            }
            thread.name = "\(name)-\(number)"
            thread.start()
        }
    }

    /// Returns when every thread has ended. One caller only.
    func join() async {
        var left = count
        guard left > 0 else { return }
        for await _ in finished {
            left -= 1
            if left == 0 { return }
        }
    }
}
