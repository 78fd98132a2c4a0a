import HTTPTypes
import Logging
import NIOCore
import NIOWebSocket

struct SignallingGate: SocketGate {
    func admit(_ request: HTTPRequest, peer: String) async -> SocketAdmission? { nil }
    func run(_ channel: NIOAsyncChannel<SocketInput, WebSocketFrame>, _ admission: SocketAdmission, logger: Logger) async {}
}
