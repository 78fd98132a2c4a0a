import Access
import Basics
import Customers
import Foundation
import HTTPTypes
import Hummingbird
import Lines
import Logging
import NIOCore
import NIOWebSocket
import Storage

/// Lets signed-in customers of our own pages open the signalling socket, and runs it.
struct SignallingGate: SocketGate {
    static let path = "/api/v1/signal"
    static let subprotocol = "jianmian.v1"

    let services: WebServices
    let hub: SignalHub
    let origin: OriginRule
    let identity: Identity
    let words: Words

    func admit(_ head: HTTPRequest) async throws(Fault) -> SocketAdmission {
        do throws(Fault) {
            return try await decide(head)
        } catch {
            services.metrics.count("refused", error.code.rawValue)
            throw error
        }
    }

    func refusal(_ fault: Fault, of head: HTTPRequest?) -> (status: HTTPResponse.Status, body: ByteBuffer) {
        let language = head.map { Language(of: Request(head: $0, body: .init(buffer: ByteBuffer()))) } ?? .chinese
        let data = (try? JSONBody.data(Problem(fault, language, words))) ?? Data()
        return (fault.status, ByteBuffer(bytes: data))
    }

    private func decide(_ head: HTTPRequest) async throws(Fault) -> SocketAdmission {
        guard head.path?.split(separator: "?").first.map(String.init) == Self.path else {
            throw Fault(.webNotFound, "no such socket")
        }
        guard let origin = head.headerFields[.origin], self.origin.accepts(origin: origin, authority: head.authority) else {
            throw Fault(.webOrigin, "the Origin header is missing or names another site")
        }
        let offered = (head.headerFields[.secWebSocketProtocol] ?? "").split(separator: ",").map { $0.filter { $0 != " " } }
        guard offered.contains(Self.subprotocol) else { throw Fault(.webUpgrade, "offer the subprotocol \(Self.subprotocol)") }
        let request = Request(head: head, body: .init(buffer: ByteBuffer()))
        let signedIn = try await identity.signedIn(request)
        return SocketAdmission(
            subprotocol: Self.subprotocol, principal: signedIn.principal, signIn: signedIn.session.id,
            language: Language(of: request))
    }

    func run(_ channel: NIOAsyncChannel<SocketInput, WebSocketFrame>, _ admission: SocketAdmission, logger: Logger) async {
        services.metrics.socketOpened()
        let outbox = SocketOutbox()
        let conversation = SignalConversation(admission: admission, services: services, hub: hub, words: words, outbox: outbox)
        let close = await SocketRunner(channel: channel, outbox: outbox, conversation: conversation).run()
        await conversation.socketClosed()
        services.metrics.socketClosed()
        services.metrics.count("closed", close.map { String($0.code) } ?? "cut")
    }

    /// What an ordinary GET of the path hears: why there is no socket.
    func add(to router: Router<WebContext>) {
        router.get("api/v1/signal") { request, _ -> Response in
            _ = try await decide(request.head)
            throw Fault(.webUpgrade, "open this address as a WebSocket, as the first request of a connection")
        }
    }
}
