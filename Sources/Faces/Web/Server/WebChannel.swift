import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import NIOWebSocket

/// Decides who may open the signalling socket and runs it.
protocol SocketGate: Sendable {
    /// Nil refuses the upgrade; the request then goes to the ordinary route, which says why.
    func admit(_ request: HTTPRequest, peer: String) async -> SocketAdmission?
    /// Runs an admitted socket until it has closed.
    func run(_ channel: NIOAsyncChannel<SocketInput, WebSocketFrame>, _ admission: SocketAdmission, logger: Logger) async
}

/// A connection of our server: HTTP/1.1, whose first request may become the signalling WebSocket (see shared facts in
/// docs/api/signalling.md for the protocol above it).
struct WebChannel: ServerChildChannel, HTTPChannelHandler {
    /// What the first request made of the connection.
    enum Decided: Sendable {
        case http(NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>)
        case socket(NIOAsyncChannel<SocketInput, WebSocketFrame>, SocketAdmission)
    }

    struct Value: ServerChildChannelValue {
        let decided: EventLoopFuture<Decided>
        let channel: any Channel
    }

    let responder: Responder
    let gate: any SocketGate

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(FirstRequestGuard())
            let admission = NIOLoopBoundBox<SocketAdmission?>(nil, eventLoop: channel.eventLoop)
            var configuration = NIOUpgradableHTTPServerPipelineConfiguration(
                upgradeConfiguration: NIOTypedHTTPServerUpgradeConfiguration(
                    upgraders: [upgrader(admission)],
                    notUpgradingCompletionHandler: { channel in
                        channel.eventLoop.makeCompletedFuture { .http(try Self.configureHTTP(channel, logger: logger)) }
                    }))
            configuration.enablePipelining = false
            configuration.enableErrorHandling = false
            configuration.enableResponseHeaderValidation = false
            configuration.decoderConfiguration.maxHeaderFieldSize = WebLimits.headerFieldBytes
            configuration.decoderConfiguration.maxHeaderListSize = WebLimits.headerListBytes
            configuration.decoderConfiguration.maxHeaderFieldCount = WebLimits.headerFields
            let decided = try channel.pipeline.syncOperations.configureUpgradableHTTPServerPipeline(configuration: configuration)
            return Value(decided: decided, channel: channel)
        }
    }

    func handle(value: Value, logger: Logger) async {
        do {
            switch try await value.decided.get() {
            case .http(let channel): await handleHTTP(asyncChannel: channel, logger: logger)
            case .socket(let channel, let admission): await gate.run(channel, admission, logger: logger)
            }
        } catch {
            // A silent, half-closed or unparsable connection: there is nobody to answer.
            value.channel.close(promise: nil)
        }
    }

    /// The upgrade of one connection; `admission` carries who was admitted from the decision to the socket.
    private func upgrader(_ admission: NIOLoopBoundBox<SocketAdmission?>) -> NIOTypedWebSocketServerUpgrader<Decided> {
        NIOTypedWebSocketServerUpgrader(
            maxFrameSize: SignallingLimits.messageBytes,
            enableAutomaticErrorHandling: false,
            shouldUpgrade: { channel, head in
                guard let request = try? HTTPRequest(head, secure: false, splitCookie: false) else {
                    return channel.eventLoop.makeSucceededFuture(nil)
                }
                let promise = channel.eventLoop.makePromise(of: SocketAdmission?.self)
                let peer = channel.remoteAddress?.ipAddress ?? "unknown"
                promise.completeWithTask { await gate.admit(request, peer: peer) }
                return promise.futureResult.map { admitted in
                    admission.value = admitted
                    return admitted.map { HTTPHeaders([("Sec-WebSocket-Protocol", $0.subprotocol)]) }
                }
            },
            upgradePipelineHandler: { channel, _ in
                channel.eventLoop.makeCompletedFuture {
                    guard let admitted = admission.value else { throw ChannelError.inappropriateOperationForState }
                    try Self.removeGuard(channel)
                    try channel.pipeline.syncOperations.addHandler(SocketInputHandler())
                    let socket = try NIOAsyncChannel<SocketInput, WebSocketFrame>(
                        wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
                    return .socket(socket, admitted)
                }
            })
    }

    /// What Hummingbird's own HTTP/1 channel does, after the first request has turned out to be ordinary.
    private static func configureHTTP(_ channel: any Channel, logger: Logger) throws -> NIOAsyncChannel<
        HTTPRequestPart, HTTPResponsePart
    > {
        try removeGuard(channel)
        try channel.pipeline.syncOperations.addHandler(HTTP1ToHTTPServerCodec(secure: false))
        try channel.pipeline.syncOperations.addHandler(
            HTTPConnectionStateHandler(idleTimeout: Duration(WebLimits.idleConnection), logger: logger))
        return try NIOAsyncChannel(
            wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
    }

    private static func removeGuard(_ channel: any Channel) throws {
        let handler = try channel.pipeline.syncOperations.handler(type: FirstRequestGuard.self)
        channel.pipeline.syncOperations.removeHandler(handler, promise: nil)
    }
}
