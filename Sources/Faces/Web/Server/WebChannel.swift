import Basics
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
    /// Who opens the socket; throws why nobody may.
    func admit(_ request: HTTPRequest) async throws(Fault) -> SocketAdmission
    /// The problem+json of a refusal.
    func refusal(_ fault: Fault, of request: HTTPRequest?) -> (status: HTTPResponse.Status, body: ByteBuffer)
    /// Runs an admitted socket until it has closed.
    func run(_ channel: NIOAsyncChannel<SocketInput, WebSocketFrame>, _ admission: SocketAdmission, logger: Logger) async
}

/// A connection of our server: HTTP/1.1, whose first request may become the signalling WebSocket (docs/api/signalling.md has
/// the protocol above it).
struct WebChannel: ServerChildChannel, HTTPChannelHandler {
    /// What the first request made of the connection.
    enum Decided: Sendable {
        case http(NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>)
        case socket(NIOAsyncChannel<SocketInput, WebSocketFrame>, SocketAdmission)
        case refused(NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>, Fault, HTTPRequest?)
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
            let attempt = NIOLoopBoundBox(UpgradeAttempt(), eventLoop: channel.eventLoop)
            var configuration = NIOUpgradableHTTPServerPipelineConfiguration(
                upgradeConfiguration: NIOTypedHTTPServerUpgradeConfiguration(
                    upgraders: [upgrader(attempt)],
                    notUpgradingCompletionHandler: { channel in
                        channel.eventLoop.makeCompletedFuture {
                            let http = try Self.configureHTTP(channel, logger: logger)
                            guard attempt.value.wasTried else { return .http(http) }
                            return .refused(http, attempt.value.refusal ?? Self.malformedHandshake, attempt.value.head)
                        }
                    }))
            configuration.enablePipelining = false
            configuration.enableErrorHandling = false
            configuration.enableResponseHeaderValidation = false
            configuration.decoderConfiguration.maxHeaderFieldSize = WebLimits.headerFieldBytes
            configuration.decoderConfiguration.maxHeaderListSize = WebLimits.headerListBytes
            configuration.decoderConfiguration.maxHeaderFieldCount = WebLimits.headerFields
            let decided = try channel.pipeline.syncOperations.configureUpgradableHTTPServerPipeline(configuration: configuration)
            let handler = try channel.pipeline.syncOperations.handler(type: NIOTypedHTTPServerUpgradeHandler<Decided>.self)
            try channel.pipeline.syncOperations.addHandler(UpgradeFilter(attempt), position: .before(handler))
            return Value(decided: decided, channel: channel)
        }
    }

    func handle(value: Value, logger: Logger) async {
        do {
            switch try await value.decided.get() {
            case .http(let channel): await handleHTTP(asyncChannel: channel, logger: logger)
            case .socket(let channel, let admission): await gate.run(channel, admission, logger: logger)
            case .refused(let channel, let fault, let head): await Self.refuse(channel, gate.refusal(fault, of: head))
            }
        } catch {
            // A silent, half-closed or unparsable connection: there is nobody to answer.
            value.channel.close(promise: nil)
        }
    }

    private static let malformedHandshake = Fault(
        .webUpgrade, "a WebSocket handshake has one Sec-WebSocket-Key and Sec-WebSocket-Version: 13")

    /// The upgrade of one connection; `attempt` carries what was decided to the next step.
    private func upgrader(_ attempt: NIOLoopBoundBox<UpgradeAttempt>) -> NIOTypedWebSocketServerUpgrader<Decided> {
        NIOTypedWebSocketServerUpgrader(
            maxFrameSize: SignallingLimits.messageBytes,
            enableAutomaticErrorHandling: false,
            shouldUpgrade: { channel, head in
                guard let request = try? HTTPRequest(head, secure: false, splitCookie: false) else {
                    return channel.eventLoop.makeSucceededFuture(nil)
                }
                attempt.value.head = request
                let promise = channel.eventLoop.makePromise(of: Result<SocketAdmission, Fault>.self)
                promise.completeWithTask { await decide(request) }
                return promise.futureResult.map { decision in
                    switch decision {
                    case .success(let admission):
                        attempt.value.admission = admission
                        return HTTPHeaders([("Sec-WebSocket-Protocol", admission.subprotocol)])
                    case .failure(let fault):
                        attempt.value.refusal = fault
                        return nil
                    }
                }
            },
            upgradePipelineHandler: { channel, _ in
                channel.eventLoop.makeCompletedFuture {
                    guard let admitted = attempt.value.admission else { throw ChannelError.inappropriateOperationForState }
                    try Self.removeGuard(channel)
                    try channel.pipeline.syncOperations.addHandler(SocketInputHandler())
                    let socket = try NIOAsyncChannel<SocketInput, WebSocketFrame>(
                        wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
                    return .socket(socket, admitted)
                }
            })
    }

    private func decide(_ request: HTTPRequest) async -> Result<SocketAdmission, Fault> {
        do throws(Fault) { return .success(try await gate.admit(request)) } catch { return .failure(error) }
    }

    /// What Hummingbird's own HTTP/1 channel does, after the first request has turned out to be ordinary.
    private static func configureHTTP(_ channel: any Channel, logger: Logger) throws -> NIOAsyncChannel<
        HTTPRequestPart, HTTPResponsePart
    > {
        try removeGuard(channel)
        try channel.pipeline.syncOperations.addHandler(HTTP1ToHTTPServerCodec(secure: false))
        try channel.pipeline.syncOperations.addHandler(
            HTTPConnectionStateHandler(idleTimeout: Duration(WebLimits.idleConnection), logger: logger))
        try channel.pipeline.syncOperations.addHandler(CloseAfterResponse())
        return try NIOAsyncChannel(
            wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
    }

    private static func removeGuard(_ channel: any Channel) throws {
        let handler = try channel.pipeline.syncOperations.handler(type: FirstRequestGuard.self)
        channel.pipeline.syncOperations.removeHandler(handler, promise: nil)
    }
}
