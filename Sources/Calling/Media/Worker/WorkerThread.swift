internal import Basics
internal import CMediaShims
internal import Glibc
internal import Logging
internal import Synchronization

/// A worker as the rest of the process sees it: a mailbox, its candidates, and how to stop it. The worker itself lives on its thread.
final class WorkerThread: Sendable {
    let mailbox = Mailbox<Worker>()
    let sockets: Sockets
    /// Legs assigned to this worker, for choosing the least loaded; counted by the server.
    let legs = Atomic<Int>(0)
    private let thread = Mutex<pthread_t?>(nil)

    init(index: Int, configuration: MediaConfiguration, sockets: Sockets, emit: @escaping @Sendable (MediaEvent) -> Void)
        throws(Fault)
    {
        self.sockets = sockets
        let mailbox = mailbox
        let body = ThreadBody {
            JMNameThread("media-\(index)")
            if configuration.pinsThreads { _ = JMPinThread(Int32(index)) }
            Worker(mailbox: mailbox, sockets: sockets, gather: configuration.gatherMicroseconds, emit: emit).run()
        }
        thread.withLock { $0 = body.start() }
        guard thread.withLock({ $0 != nil }) else { throw Fault(.mediaOverloaded, "the system gives no thread") }
    }

    /// Runs `body` on the worker's thread and returns what it returns.
    func run<T: Sendable>(_ body: @escaping @Sendable (Worker) throws(Fault) -> T) async throws(Fault) -> T {
        try await mailbox.run(body)
    }

    /// Tells the worker to stop after what it is doing.
    func stop() { _ = mailbox.post({ worker in worker?.isStopping = true }, always: true) }

    /// Waits until the thread has ended; call it after the worker was told to stop, off the cooperative pool.
    func join() {
        let running = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        if let running { pthread_join(running, nil) }
    }
}

/// What a new thread runs, handed through C as one retained pointer.
final class ThreadBody {
    private let body: () -> Void

    init(_ body: @escaping () -> Void) { self.body = body }

    /// Starts the thread; nil when the system refuses.
    func start() -> pthread_t? {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(self)
        let error = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().body()
                return nil
            }, context.toOpaque())
        guard error == 0 else {
            context.release()
            return nil
        }
        return thread
    }
}
