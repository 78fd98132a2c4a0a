internal import Basics
internal import CMediaShims
internal import Synchronization

/// The only way into a thread of ours (a worker) from outside: a bounded queue of things to do there, and an eventfd that wakes it.
final class Mailbox<Owner>: Sendable {
    /// A thing to do on the worker's thread; it is given nil when the worker has stopped instead.
    typealias Message = @Sendable (Owner?) -> Void

    private struct State {
        var waiting: [Message] = []
        var isClosed = false
    }

    /// Readable when messages wait.
    let wakeUp: Int32
    private let state = Mutex(State())

    init() { wakeUp = JMEventMake() }
    deinit { JMClose(wakeUp) }

    enum Refusal { case full, closed }

    /// Leaves a message; a refusal means that it will never run. `always` is for the one message that stops the worker.
    func post(_ message: @escaping Message, always: Bool = false) -> Refusal? {
        let refusal: Refusal? = state.withLock { state in
            if state.isClosed { return .closed }
            if state.waiting.count >= MediaLimits.waitingMessages, !always { return .full }
            state.waiting.append(message)
            return nil
        }
        if refusal == nil { JMEventSignal(wakeUp) }
        return refusal
    }

    /// Runs `body` on the owner's thread and returns what it returns.
    func run<T: Sendable>(_ body: @escaping @Sendable (Owner) throws(Fault) -> T) async throws(Fault) -> T {
        let result: Result<T, Fault> = await withCheckedContinuation { continuation in
            let refusal = post { owner in
                guard let owner else {
                    return continuation.resume(returning: .failure(Fault(.mediaStopped, "the thread has stopped")))
                }
                do throws(Fault) {
                    continuation.resume(returning: .success(try body(owner)))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
            switch refusal {
            case nil: break
            case .full: continuation.resume(returning: .failure(Fault(.mediaOverloaded, "too many control messages wait")))
            case .closed: continuation.resume(returning: .failure(Fault(.mediaStopped, "the thread has stopped")))
            }
        }
        return try result.get()
    }

    /// Takes all waiting messages; called when `wakeUp` was readable.
    func take() -> [Message] {
        JMEventClear(wakeUp)
        return state.withLock { state in
            let messages = state.waiting
            state.waiting = []
            return messages
        }
    }

    /// Refuses everything from now on and tells those who wait.
    func close() {
        let messages = state.withLock { state in
            state.isClosed = true
            let messages = state.waiting
            state.waiting = []
            return messages
        }
        for message in messages { message(nil) }
    }
}
