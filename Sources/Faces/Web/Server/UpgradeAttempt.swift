import Basics
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// What became of a connection's wish to be a WebSocket; lives on the connection's event loop.
struct UpgradeAttempt {
    /// Who was admitted.
    var admission: SocketAdmission?
    /// The language of a refusal.
    var head: HTTPRequest?
    /// Why nobody was; nil with `wasTried` when the handshake itself was malformed.
    var refusal: Fault?
    /// Whether the first request asked for it.
    var wasTried = false
}

/// Lets only a WebSocket request for the signalling path reach NIO's upgrade handler. Any other `Upgrade` header is ignored, as RFC 9110
/// section 7.8 allows: the upgrade handler would swallow the request that carries it.
final class UpgradeFilter: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    private let attempt: NIOLoopBoundBox<UpgradeAttempt>

    init(_ attempt: NIOLoopBoundBox<UpgradeAttempt>) { self.attempt = attempt }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
        if head.headers.contains(name: "Upgrade") {
            let wanted = head.headers[canonicalForm: "Upgrade"].map { $0.lowercased() }
            if wanted.contains("websocket"), head.method == .GET, head.uri.prefix(while: { $0 != "?" }) == SignallingGate.path {
                attempt.value.wasTried = true
            } else {
                head.headers.remove(name: "Upgrade")
            }
        }
        context.fireChannelRead(wrapInboundOut(.head(head)))
        // Only the first request can become something else.
        context.pipeline.syncOperations.removeHandler(self, promise: nil)
    }
}

extension WebChannel {
    /// Answers a refused upgrade. NIO has consumed the request, so it is answered here and the connection closed.
    static func refuse(
        _ channel: NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>, _ answer: (status: HTTPResponse.Status, body: ByteBuffer)
    ) async {
        let headers: HTTPFields = [
            .contentType: "application/problem+json; charset=utf-8", .contentLength: "\(answer.body.readableBytes)",
            .connection: "close", .cacheControl: "no-store",
        ]
        try? await channel.executeThenClose { _, outbound in
            try await outbound.write(.head(HTTPResponse(status: answer.status, headerFields: headers)))
            try await outbound.write(.body(answer.body))
            try await outbound.write(.end(nil))
        }
    }
}
