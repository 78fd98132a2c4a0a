import NIOCore
import NIOWebSocket
import ServiceLifecycle
import Synchronization

/// Runs one socket: reads frames, writes what waits, keeps it alive, and closes it in good order.
struct SocketRunner {
    let channel: NIOAsyncChannel<SocketInput, WebSocketFrame>
    let outbox: SocketOutbox
    let conversation: SignalConversation

    /// When something last arrived.
    private final class Pulse: Sendable {
        let last = Mutex(ContinuousClock.now)
        func beat() { last.withLock { $0 = .now } }
        var silence: Duration { last.withLock { ContinuousClock.now - $0 } }
    }

    private let pulse = Pulse()

    init(channel: NIOAsyncChannel<SocketInput, WebSocketFrame>, outbox: SocketOutbox, conversation: SignalConversation) {
        self.channel = channel
        self.outbox = outbox
        self.conversation = conversation
    }

    /// Returns when the connection has closed, with the close frame that was sent.
    func run() async -> SocketClose? {
        do {
            try await channel.executeThenClose { inbound, outbound in
                await withTaskGroup(of: Void.self) { group in
                    group.addTask { await write(to: outbound) }
                    group.addTask { await keepAlive() }
                    group.addTask {
                        // Returns when a shutdown begins; throws when this group is cancelled.
                        if (try? await gracefulShutdown()) != nil { outbox.close(.shutdown) }
                    }
                    await read(inbound)
                    group.cancelAll()
                }
            }
        } catch {
            // The connection was cut; the session waits for the page to come back.
        }
        return outbox.take().close
    }

    private func read(_ inbound: NIOAsyncChannelInboundStream<SocketInput>) async {
        var machine = SocketMachine()
        var bucket = TokenBucket(
            burst: SignallingLimits.messageBurst, perSecond: SignallingLimits.messagesPerSecond, now: .now)
        do {
            for try await input in inbound {
                pulse.beat()
                guard !outbox.isClosing else {
                    if case .frame(let frame) = input, frame.opcode == .connectionClose { break }
                    continue
                }
                guard bucket.take(now: .now) else {
                    outbox.close(.tooFast)
                    continue
                }
                await react(to: input, &machine)
            }
        } catch {
            // Cut while reading.
        }
    }

    private func react(to input: SocketInput, _ machine: inout SocketMachine) async {
        guard case .frame(let frame) = input else {
            if case .broken(let close) = input { outbox.close(close) }
            return
        }
        switch machine.receive(frame) {
        case .nothing: break
        case .message(let text): await conversation.receive(text)
        case .pong(let data): outbox.put(.pong(data))
        case .close(let close): outbox.close(close, byPeer: frame.opcode == .connectionClose)
        }
    }

    private func write(to outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>) async {
        do {
            for await _ in outbox.wakes {
                let (items, close) = outbox.take()
                for item in items { try await outbound.write(frame(item)) }
                for event in conversation.takeEvents() { try await outbound.write(frame(.text(event))) }
                guard let close else { continue }
                try await outbound.write(frame(close))
                break
            }
            if !outbox.peerHasClosed { try await Task.sleep(for: SignallingLimits.closeDeadline) }
        } catch {
            // Cut while writing, or cancelled because the reader has ended.
        }
        channel.channel.close(promise: nil)
    }

    /// Asks for hello in time, pings a silent page and gives it up when it stays silent.
    private func keepAlive() async {
        let start = ContinuousClock.now
        var lastPing = start
        while (try? await Task.sleep(for: .seconds(1))) != nil {
            let now = ContinuousClock.now
            if !conversation.isOpen, now - start > SignallingLimits.helloDeadline { outbox.close(.noHello) }
            if pulse.silence > SignallingLimits.silenceDeadline {
                outbox.close(.silent)
            } else if pulse.silence > SignallingLimits.pingInterval, now - lastPing > SignallingLimits.pingInterval {
                lastPing = now
                outbox.put(.ping)
            }
        }
    }

    private func frame(_ item: SocketOutbox.Item) -> WebSocketFrame {
        switch item {
        case .text(let text): WebSocketFrame(fin: true, opcode: .text, data: ByteBuffer(string: text))
        case .pong(let data): WebSocketFrame(fin: true, opcode: .pong, data: data)
        case .ping: WebSocketFrame(fin: true, opcode: .ping, data: ByteBuffer())
        }
    }

    private func frame(_ close: SocketClose) -> WebSocketFrame {
        var data = ByteBuffer()
        data.writeInteger(close.code)
        data.writeString(close.reason)
        return WebSocketFrame(fin: true, opcode: .connectionClose, data: data)
    }
}
