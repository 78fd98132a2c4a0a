public import Basics
internal import Crypto
internal import Customers
internal import Foundation

/// A request to the outside.
public struct WebhookRequest: Sendable {
    /// Where to.
    public let url: String
    /// Headers in order.
    public let headers: [(name: String, value: String)]
    /// The body, JSON.
    public let body: [UInt8]
    /// Seconds that the other side has to answer.
    public let seconds: Int

    /// Makes a request.
    public init(url: String, headers: [(name: String, value: String)], body: [UInt8], seconds: Int) {
        self.url = url
        self.headers = headers
        self.body = body
        self.seconds = seconds
    }
}

/// The HTTP client that the program gives: it posts and answers with the status. It follows no redirects.
public protocol WebhookSender: Sendable {
    /// Posts the request; throws when there is no answer in time.
    func post(_ request: WebhookRequest) async throws(Fault) -> Int
}

/// Delivery by a signed webhook: one POST of JSON for each message to the provider's gateway, in the manner of Standard Webhooks.
///
/// The headers are `webhook-id`, `webhook-timestamp` (seconds) and `webhook-signature: v1,<base64>`, where the signature is HMAC-SHA-256 over
/// `id.timestamp.body` under the shared secret. Any status from 200 to 299 means taken; anything else is tried again.
public struct WebhookDelivery: NoticeDelivery {
    /// Puts a notice into words, so that a gateway needs none of its own: title and body.
    public typealias Words = @Sendable (NoticeMessage) -> (title: String, body: String)?

    private let url: String
    private let key: [UInt8]
    private let sender: any WebhookSender
    private let wording: Words

    /// Checks the address (https, or http to this machine) and the secret: `whsec_` and base64 of 24 to 64 bytes.
    public init(url: String, secret: String, sender: any WebhookSender, wording: @escaping Words = { _ in nil }) throws(Fault) {
        guard let parts = URLComponents(string: url), let host = parts.host, !host.isEmpty, parts.user == nil,
            parts.password == nil,
            parts.scheme == "https" || (parts.scheme == "http" && ["127.0.0.1", "localhost", "[::1]", "::1"].contains(host))
        else { throw Fault(.webhookAddress, "a webhook's address is https://…, or http:// to this machine") }
        let encoded = secret.hasPrefix("whsec_") ? String(secret.dropFirst(6)) : secret
        guard let key = Data(base64Encoded: encoded), NoticesLimits.webhookSecretBytes.contains(key.count) else {
            let limits = NoticesLimits.webhookSecretBytes
            throw Fault(
                .webhookSecret, "a webhook's secret is whsec_ and base64 of \(limits.lowerBound) to \(limits.upperBound) bytes")
        }
        self.url = url
        self.key = Array(key)
        self.sender = sender
        self.wording = wording
    }

    /// Posts a notice.
    public func deliver(_ message: NoticeMessage, at now: Timestamp) async throws(Fault) {
        let notice = message.notice
        let words = wording(message)
        try await post(
            NoticeBody(
                id: notice.id.rawValue, customer: notice.customer.rawValue, language: message.language.rawValue,
                kind: notice.kind.rawValue, parameters: notice.parameters, clause: notice.clause, at: "\(notice.at)",
                title: words?.title, body: words?.body),
            id: notice.id.rawValue, at: now)
    }

    /// Posts a code.
    public func deliver(_ message: CodeMessage, at now: Timestamp) async throws(Fault) {
        try await post(
            CodeBody(
                id: message.id.rawValue, customer: message.customer.rawValue, language: message.language.rawValue,
                use: message.use.rawValue, destination: message.destination, code: message.code,
                expiresAt: "\(message.expiresAt)"),
            id: message.id.rawValue, at: now)
    }

    private func post(_ content: some Encodable, id: String, at now: Timestamp) async throws(Fault) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(content) else { throw Fault(.deliveryFailed, "a message cannot be written as JSON") }
        let body = Array(data)
        let seconds = now.milliseconds / 1000
        let request = WebhookRequest(
            url: url,
            headers: [
                ("content-type", "application/json"), ("webhook-id", id), ("webhook-timestamp", "\(seconds)"),
                ("webhook-signature", webhookSignature(id: id, seconds: seconds, body: body, key: key)),
            ], body: body, seconds: NoticesLimits.deliverySeconds)
        let status = try await sender.post(request)
        guard (200...299).contains(status) else {
            throw Fault(.deliveryFailed, "the webhook answered \(status); it will be tried again", ["status": "\(status)"])
        }
    }

    private struct NoticeBody: Encodable {
        var type = "notice"
        let id, customer, language, kind: String
        let parameters: [String: String]
        let clause: Int?
        let at: String
        let title, body: String?
    }

    private struct CodeBody: Encodable {
        var type = "code"
        let id, customer, language, use, destination, code, expiresAt: String
    }
}

/// `v1,` and the base64 of HMAC-SHA-256 over `id.timestamp.body`.
package func webhookSignature(id: String, seconds: Int64, body: [UInt8], key: [UInt8]) -> String {
    let signed = Array("\(id).\(seconds).".utf8) + body
    let code = HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: key))
    return "v1," + Data(code).base64EncodedString()
}
