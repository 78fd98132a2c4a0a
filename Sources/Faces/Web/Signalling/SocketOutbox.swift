import NIOCore
import Synchronization

/// What waits to be written to one socket, besides the events of its session: replies, pongs, and at last the close frame. Bounded: a
/// page that does not read is closed.
final class SocketOutbox: Sendable {
    enum Item: Sendable {
        case text(String)
        case pong(ByteBuffer)
        case ping
    }

    private struct State {
        var items: [Item] = []
        var close: SocketClose?
        var peerHasClosed = false
    }

    /// Woken when there may be something to write.
    let wakes: AsyncStream<Void>
    private let wake: AsyncStream<Void>.Continuation
    private let state = Mutex(State())

    init() { (wakes, wake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

    func put(_ item: Item) {
        state.withLock { state in
            guard state.close == nil else { return }
            if state.items.count >= SignallingLimits.replies {
                state.close = .overflow
            } else {
                state.items.append(item)
            }
        }
        wake.yield()
    }

    /// Asks for the closing handshake; the first reason stays.
    func close(_ close: SocketClose, byPeer: Bool = false) {
        state.withLock { state in
            if state.close == nil { state.close = close }
            if byPeer { state.peerHasClosed = true }
        }
        wake.yield()
    }

    func poke() { wake.yield() }

    /// What to write now, in order; the close frame comes after everything else.
    func take() -> (items: [Item], close: SocketClose?) {
        state.withLock { state in
            defer { state.items = [] }
            return (state.items, state.close)
        }
    }

    var isClosing: Bool { state.withLock { $0.close != nil } }
    var peerHasClosed: Bool { state.withLock { $0.peerHasClosed } }
}
