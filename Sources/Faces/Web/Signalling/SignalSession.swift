import Basics
import Calls
import DequeModule
import Lines
import Synchronization

/// What one device is told, numbered 1, 2, 3 …, kept until it is acknowledged. It outlives its socket by
/// ``SignallingLimits/resumeWindow``, so that a page that reconnects goes on where it was, without loss or repetition.
final class SignalSession: DeviceChannel {
    private struct Event {
        let seq: Int64
        let text: String
    }

    private struct State {
        var kept: Deque<Event> = []
        var keptBytes = 0
        var lastSeq: Int64 = 0
        var lastSent: Int64 = 0
        var outbox: SocketOutbox?
        /// Counts attachments, so that the expiry of an old absence does not end a newer presence.
        var epoch = 0
        var isOver = false
    }

    let id: String
    let owner: SignalOwner
    private let state = Mutex(State())

    init(owner: SignalOwner) {
        id = Identifier<SignalSession>.random().rawValue
        self.owner = owner
    }

    /// Queues an event; called by call control, never blocks. A device that acknowledges nothing is cut off.
    func deliver(_ event: DeviceEvent) {
        let outbox: SocketOutbox? = state.withLock { state in
            guard !state.isOver else { return nil }
            state.lastSeq += 1
            let text = EventMessage.text(event, seq: state.lastSeq)
            state.kept.append(Event(seq: state.lastSeq, text: text))
            state.keptBytes += text.utf8.count
            if state.kept.count > SignallingLimits.unacknowledgedEvents || state.keptBytes > SignallingLimits.unacknowledgedBytes
            {
                state.isOver = true
                state.kept = []
                state.outbox?.close(.overflow)
            }
            return state.outbox
        }
        outbox?.poke()
    }

    /// Drops what the device has.
    func acknowledge(_ seq: Int64) {
        state.withLock { state in
            guard seq <= state.lastSeq else { return }
            while let first = state.kept.first, first.seq <= seq {
                state.keptBytes -= first.text.utf8.count
                state.kept.removeFirst()
            }
        }
    }

    /// Events to write now, oldest first.
    func takeUnsent() -> [String] {
        state.withLock { state in
            let unsent = state.kept.filter { $0.seq > state.lastSent }
            if let last = unsent.last { state.lastSent = last.seq }
            return unsent.map(\.text)
        }
    }

    /// Binds a socket. The device has everything up to `seq`; what follows is sent (again). An earlier socket is closed as replaced.
    /// False when the session is over or events that the device lacks are gone.
    func bind(_ outbox: SocketOutbox, resumingAfter seq: Int64) -> Bool {
        let replaced: SocketOutbox?? = state.withLock { state in
            let firstKept = state.kept.first?.seq ?? state.lastSeq + 1
            guard !state.isOver, seq <= state.lastSeq, seq >= firstKept - 1 else { return nil }
            let earlier = state.outbox
            state.outbox = outbox
            state.epoch += 1
            state.lastSent = seq
            return .some(earlier)
        }
        guard let replaced else { return false }
        acknowledge(seq)
        replaced?.close(.replaced)
        return true
    }

    /// The socket has closed. The present epoch when it was the bound one, else nil.
    func unbind(_ outbox: SocketOutbox) -> Int? {
        state.withLock { state in
            guard state.outbox === outbox else { return nil }
            state.outbox = nil
            return state.epoch
        }
    }

    var isBound: Bool { state.withLock { $0.outbox != nil } }
    var isOver: Bool { state.withLock { $0.isOver } }

    /// Ends the session for good unless a socket has been bound since `epoch` (nil ends it in any case).
    func end(unlessBoundSince epoch: Int? = nil, closing close: SocketClose? = nil) -> Bool {
        let outcome: (ended: Bool, outbox: SocketOutbox?) = state.withLock { state in
            if let epoch, state.epoch != epoch { return (false, nil) }
            state.isOver = true
            state.kept = []
            state.keptBytes = 0
            defer { state.outbox = nil }
            return (true, state.outbox)
        }
        if let close { outcome.outbox?.close(close) }
        return outcome.ended
    }
}
