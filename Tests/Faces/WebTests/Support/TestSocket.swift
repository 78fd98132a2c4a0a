import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket
import Synchronization
import Web

/// What a socket of a test has received.
enum Received: Equatable, Sendable {
    case text(String)
    case close(UInt16, String)
    case ping
    case pong(String)
    /// The connection ended.
    case cut
}

/// A WebSocket client that may also misbehave.
final class TestSocket: Sendable {
    /// Received and not yet looked at.
    final class Inbox: Sendable {
        private let items = Mutex<[Received]>([])
        func add(_ item: Received) { items.withLock { $0.append(item) } }
        func take() -> Received? { items.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
    }

    private final class Collector: ChannelInboundHandler {
        typealias InboundIn = WebSocketFrame
        let inbox: Inbox

        init(_ inbox: Inbox) { self.inbox = inbox }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let frame = unwrapInboundIn(data)
            var payload = frame.unmaskedData
            switch frame.opcode {
            case .text: inbox.add(.text(String(buffer: payload)))
            case .connectionClose:
                let code = payload.readInteger(as: UInt16.self) ?? 1005
                inbox.add(.close(code, String(buffer: payload)))
            case .ping: inbox.add(.ping)
            case .pong: inbox.add(.pong(String(buffer: payload)))
            default: break
            }
        }

        func channelInactive(context: ChannelHandlerContext) { inbox.add(.cut) }
    }

    struct NotUpgraded: Error {}

    private let channel: any Channel
    private let inbox: Inbox

    private init(channel: any Channel, inbox: Inbox) {
        self.channel = channel
        self.inbox = inbox
    }

    /// Opens the signalling socket with a browser's cookies; throws when the server refuses the upgrade.
    static func open(_ web: TestWeb, _ browser: TestBrowser, origin: String? = nil, subprotocol: String = "jianmian.v1")
        async throws -> TestSocket
    {
        let inbox = Inbox()
        let result = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connect(
            host: "127.0.0.1", port: web.port
        ) {
            channel in
            channel.eventLoop.makeCompletedFuture {
                let upgrader = NIOTypedWebSocketClientUpgrader<(any Channel)?>(maxFrameSize: 1 << 20) { channel, _ in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(Collector(inbox))
                        return channel
                    }
                }
                var headers = HTTPHeaders([("Host", web.authority), ("Origin", origin ?? "http://\(web.authority)")])
                headers.add(name: "Cookie", value: browser.cookies)
                headers.add(name: "Sec-WebSocket-Protocol", value: subprotocol)
                let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: "/api/v1/signal", headers: headers)
                let configuration = NIOUpgradableHTTPClientPipelineConfiguration(
                    upgradeConfiguration: NIOTypedHTTPClientUpgradeConfiguration(
                        upgradeRequestHead: head, upgraders: [upgrader],
                        notUpgradingCompletionHandler: { $0.eventLoop.makeSucceededFuture(nil) }))
                return try channel.pipeline.syncOperations.configureUpgradableHTTPClientPipeline(configuration: configuration)
            }
        }
        guard let channel = try await result.get() else { throw NotUpgraded() }
        return TestSocket(channel: channel, inbox: inbox)
    }

    /// Says hello and returns the welcome.
    @discardableResult
    func hello(_ device: String = "device-1", resume: (session: String, seq: Int64)? = nil) async throws -> [String: JSONValue] {
        var members: [String: JSONValue] = ["type": .text("hello"), "device": .text(device), "deviceName": .text("test")]
        if let resume { members["resume"] = .object(["session": .text(resume.session), "seq": .integer(resume.seq)]) }
        try await send(members)
        return try await message()
    }

    func send(_ members: [String: JSONValue]) async throws { try await send(JSONValue.object(members).rendered) }

    func send(_ text: String) async throws { try await send(.text, ByteBuffer(string: text)) }

    func send(_ opcode: WebSocketOpcode, _ data: ByteBuffer, masked: Bool = true, fin: Bool = true, rsv1: Bool = false)
        async throws
    {
        try await channel.writeAndFlush(
            WebSocketFrame(fin: fin, rsv1: rsv1, opcode: opcode, maskKey: masked ? .random() : nil, data: data))
    }

    /// Sends the same message many times at once, so that a slow machine does not spread them over time.
    func shout(_ members: [String: JSONValue], times: Int) {
        let data = ByteBuffer(string: JSONValue.object(members).rendered)
        for _ in 0..<times {
            channel.write(WebSocketFrame(fin: true, opcode: .text, maskKey: .random(), data: data), promise: nil)
        }
        channel.flush()
    }

    /// The next thing received, within thirty seconds: the machine may be busy.
    func next() async throws -> Received {
        for _ in 0..<6000 {
            if let item = inbox.take() { return item }
            try await Task.sleep(for: .milliseconds(5))
        }
        throw NotUpgraded()
    }

    /// The next message as JSON.
    func message() async throws -> [String: JSONValue] {
        while true {
            switch try await next() {
            case .text(let text):
                guard case .object(let members) = try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8)) else {
                    throw NotUpgraded()
                }
                return members
            case .ping: continue
            case .close, .cut, .pong: throw NotUpgraded()
            }
        }
    }

    /// Skips what comes until the close frame.
    func close() async throws -> Received {
        while true {
            let item = try await next()
            if case .close = item { return item }
            if item == .cut { return item }
        }
    }

    /// Ends the connection without a word.
    func cut() { channel.close(promise: nil) }
}
