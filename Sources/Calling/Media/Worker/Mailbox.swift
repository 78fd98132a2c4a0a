internal import CMediaShims
internal import Synchronization

/// The only way into a worker from outside its thread: a bounded queue of things to do there, and an eventfd that wakes it.
final class Mailbox: Sendable {
    /// A thing to do on the worker's thread; it is given nil when the worker has stopped instead.
    typealias Message = @Sendable (Worker?) -> Void

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
