import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Keeps the promise of a response that says `Connection: close`: once it is written the connection closes, without waiting for the
/// rest of a request that nobody will read.
final class CloseAfterResponse: ChannelOutboundHandler {
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart
    private var isLast = false

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head):
            isLast = head.headerFields[.connection] == "close"
        case .end where isLast:
            let channel = context.channel
            let written = promise ?? context.eventLoop.makePromise(of: Void.self)
            written.futureResult.whenComplete { _ in channel.close(promise: nil) }
            return context.write(data, promise: written)
        case .body, .end: break
        }
        context.write(data, promise: promise)
    }
}
