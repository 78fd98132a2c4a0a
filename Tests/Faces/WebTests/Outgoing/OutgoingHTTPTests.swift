import Basics
import Customers
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Notices
import Synchronization
import Testing
import Web

/// A gateway on this machine that remembers what is posted to it.
private final class Gateway: Sendable {
    let seen = Mutex<[(path: String, headers: [String: String], body: String)]>([])
    let status: HTTPResponse.Status
    let delay: Duration

    init(answering status: HTTPResponse.Status, after delay: Duration = .zero) {
        self.status = status
        self.delay = delay
    }

    /// Runs while the body does; gives the address.
    func run(_ body: @Sendable @escaping (String) async throws -> Void) async throws {
        let router = Router()
        router.post("hook") { [self] request, _ in
            let buffer = try await request.body.collect(upTo: 1 << 20)
            let names = ["content-type", "webhook-id", "webhook-timestamp", "webhook-signature"]
            let headers = names.reduce(into: [String: String]()) { found, name in
                found[name] = HTTPField.Name(name).flatMap { request.headers[$0] }
            }
            seen.withLock { $0.append((request.uri.description, headers, String(buffer: buffer))) }
            try await Task.sleep(for: delay)
            return status
        }
        let (ports, running) = AsyncStream<Int>.makeStream()
        let app = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { running.yield($0.localAddress?.port ?? 0) })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await app.run() }
            var iterator = ports.makeAsyncIterator()
            let port = await iterator.next() ?? 0
            try await body("http://127.0.0.1:\(port)/hook?from=jianmian")
            group.cancelAll()
        }
    }
}

@Suite("Webhooks over a real connection") struct OutgoingHTTPTests {
    static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    let now = Timestamp(milliseconds: 1_790_222_400_000)

    @Test func aCodeReachesTheGatewaySigned() async throws {
        let gateway = Gateway(answering: .accepted)
        try await gateway.run { [now] url in
            let delivery = try WebhookDelivery(url: url, secret: Self.secret, sender: OutgoingHTTP())
            try await delivery.deliver(Self.code(now), at: now)
        }
        let seen = gateway.seen.withLock { $0 }
        let post = try #require(seen.first)
        #expect(seen.count == 1)
        #expect(post.path == "/hook?from=jianmian")
        #expect(post.headers["content-type"] == "application/json")
        #expect(post.headers["webhook-timestamp"] == "1790222400")
        #expect(post.headers["webhook-signature"]?.hasPrefix("v1,") == true)
        #expect(post.body.contains(#""code":"123456""#))
    }

    @Test func anErrorOfTheGatewayIsAFailure() async throws {
        try await Gateway(answering: .internalServerError).run { [now] url in
            let delivery = try WebhookDelivery(url: url, secret: Self.secret, sender: OutgoingHTTP())
            await #expect(throws: Fault(.deliveryFailed, "")) { try await delivery.deliver(Self.code(now), at: now) }
        }
    }

    @Test func aGatewayThatDoesNotAnswerIsGivenUpInTime() async throws {
        try await Gateway(answering: .ok, after: .seconds(600)).run { url in
            let request = WebhookRequest(url: url, headers: [], body: [], seconds: 1)
            await #expect(throws: Fault(.deliveryFailed, "")) { try await OutgoingHTTP().post(request) }
        }
    }

    @Test func aGatewayThatIsNotThereIsAFailure() async throws {
        let request = WebhookRequest(url: "http://127.0.0.1:1/hook", headers: [], body: [], seconds: 5)
        await #expect(throws: Fault(.deliveryFailed, "")) { try await OutgoingHTTP().post(request) }
    }

    private static func code(_ now: Timestamp) -> CodeMessage {
        CodeMessage(
            customer: CustomerID(trusted: "c1"), destination: "13800001234", code: "123456", use: .signing, language: .chinese,
            expiresAt: now.adding(seconds: 600))
    }
}
