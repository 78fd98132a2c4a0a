import Access
import Customers
import NIOCore
import NIOWebSocket

/// Who opened a signalling socket.
struct SocketAdmission: Sendable {
    /// The subprotocol that both sides speak.
    let subprotocol: String
    /// Who signed in, and by which session.
    let principal: PrincipalID
    let signIn: SessionID
    /// The language of error messages.
    let language: Language
}

/// What a socket receives: a frame, or the news that what arrived is no frame.
enum SocketInput: Sendable {
    case frame(WebSocketFrame)
    case broken(SocketClose)
}

/// A close frame to send: code and reason (RFC 6455 section 7.4).
struct SocketClose: Error, Equatable, Sendable {
    let code: UInt16
    let reason: String

    static let normal = SocketClose(code: 1000, reason: "")
    static let shutdown = SocketClose(code: 1001, reason: "the server is shutting down")
    static let tooLarge = SocketClose(code: 1009, reason: "a message may have \(SignallingLimits.messageBytes) bytes at most")
    static let binary = SocketClose(code: 1003, reason: "binary messages are not understood; send JSON as text")
    static let notUTF8 = SocketClose(code: 1007, reason: "the text is not UTF-8")
    static let tooFast = SocketClose(code: 1008, reason: "too many messages")
    static let noHello = SocketClose(code: 1008, reason: "no hello in time")
    static let signedOut = SocketClose(code: 4001, reason: "the sign-in session has ended")
    static let replaced = SocketClose(code: 4002, reason: "another page of this device has taken over")
    static let overflow = SocketClose(code: 4003, reason: "too many events wait for an acknowledgement")
    static let silent = SocketClose(code: 4004, reason: "no sign of life from the page")

    static func protocolError(_ reason: String) -> SocketClose { SocketClose(code: 1002, reason: reason) }
}

/// Turns errors of the frame decoder into input, so that the socket's own task closes the connection in good order: an error that
/// reached the async channel would cut it before the close frame arrives.
final class SocketInputHandler: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame
    typealias InboundOut = SocketInput
    private var isBroken = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isBroken else { return }
        context.fireChannelRead(wrapInboundOut(.frame(unwrapInboundIn(data))))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !isBroken else { return }
        switch error {
        case NIOWebSocketError.invalidFrameLength: breakOff(.tooLarge, context)
        case is NIOWebSocketError: breakOff(.protocolError("this is no valid frame"), context)
        default: context.fireErrorCaught(error)
        }
    }

    private func breakOff(_ close: SocketClose, _ context: ChannelHandlerContext) {
        isBroken = true
        context.fireChannelRead(wrapInboundOut(.broken(close)))
        context.fireChannelReadComplete()
    }
}
