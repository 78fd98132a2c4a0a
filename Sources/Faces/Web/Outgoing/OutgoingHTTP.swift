public import Basics
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
public import Notices

/// The program's way to post webhooks: one connection for each request, over TLS where the address says so, no redirects, and an answer
/// within the request's seconds or none.
public struct OutgoingHTTP: WebhookSender {
    private typealias Connection = NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>

    /// Makes a sender on the program's event loops.
    public init() {}

    /// Posts the request; answers with the status.
    public func post(_ request: WebhookRequest) async throws(Fault) -> Int {
        guard let target = Target(request.url) else { throw Fault(.webhookAddress, "the webhook's address cannot be read") }
        do {
            return try await withThrowingTaskGroup(of: Int.self) { group in
                group.addTask { try await Self.exchange(request, with: target) }
                group.addTask {
                    try await Task.sleep(for: .seconds(request.seconds))
                    throw Fault(.deliveryFailed, "no answer within \(request.seconds) seconds")
                }
                defer { group.cancelAll() }
                guard let status = try await group.next() else { throw Fault(.deliveryFailed, "no answer") }
                return status
            }
        } catch let fault as Fault {
            throw fault
        } catch {
            // The reason is of the network, not of the message: it names neither the customer nor the secret.
            throw Fault(.deliveryFailed, "the webhook cannot be reached: \(error)")
        }
    }

    private struct Target: Sendable {
        let host: String
        let port: Int
        let path: String
        let isSecure: Bool

        init?(_ url: String) {
            guard let parts = URLComponents(string: url), let host = parts.host, let scheme = parts.scheme,
                ["http", "https"].contains(scheme)
            else { return nil }
            isSecure = scheme == "https"
            self.host = host.trimmingCharacters(in: ["[", "]"])
            port = parts.port ?? (isSecure ? 443 : 80)
            let path = parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath
            self.path = parts.percentEncodedQuery.map { "\(path)?\($0)" } ?? path
        }

        var authority: String { port == (isSecure ? 443 : 80) ? host : "\(host):\(port)" }
    }

    private static func exchange(_ request: WebhookRequest, with target: Target) async throws -> Int {
        let tls = target.isSecure ? try NIOSSLContext(configuration: .makeClientConfiguration()) : nil
        let connection = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connectTimeout(.seconds(Int64(request.seconds)))
            .connect(host: target.host, port: target.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let tls {
                        // An address by number has no name to check; such a webhook is of this machine.
                        let isName = target.host.contains { $0.isLetter } && !target.host.contains(":")
                        try pipeline.addHandler(NIOSSLClientHandler(context: tls, serverHostname: isName ? target.host : nil))
                    }
                    try pipeline.addHTTPClientHandlers()
                    return try Connection(wrappingChannelSynchronously: channel)
                }
            }
        return try await connection.executeThenClose { inbound, outbound in
            var headers = HTTPHeaders(request.headers.map { ($0.name, $0.value) })
            headers.add(name: "host", value: target.authority)
            headers.add(name: "content-length", value: "\(request.body.count)")
            headers.add(name: "connection", value: "close")
            try await outbound.write(
                .head(HTTPRequestHead(version: .http1_1, method: .POST, uri: target.path, headers: headers)))
            try await outbound.write(.body(.byteBuffer(ByteBuffer(bytes: request.body))))
            try await outbound.write(.end(nil))
            for try await part in inbound {
                if case .head(let head) = part, head.status.code >= 200 { return Int(head.status.code) }
            }
            throw Fault(.deliveryFailed, "the webhook closed the connection without an answer")
        }
    }
}
