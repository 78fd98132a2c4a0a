import Basics
import Foundation
import Notices

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The way of notices and codes out of the house, as the settings say.
enum HouseDelivery {
    /// The provider's gateway; nil when there is none.
    static func make(_ settings: Settings) throws(Fault) -> (any NoticeDelivery)? {
        guard let url = settings.noticeWebhook, let file = settings.noticeSecretFile else { return nil }
        guard let data = FileManager.default.contents(atPath: file) else {
            throw Fault(.programFile, "\(file) cannot be read")
        }
        let secret = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return try WebhookDelivery(url: url, secret: secret, sender: HTTPSender())
    }
}

/// Posts webhooks by the system's HTTP client; no redirects are followed to elsewhere with what is inside, because bodies are signed, not secret
/// addresses.
private struct HTTPSender: WebhookSender {
    func post(_ request: WebhookRequest) async throws(Fault) -> Int {
        guard let url = URL(string: request.url) else { throw Fault(.webhookAddress, "the gateway's address is unreadable") }
        var http = URLRequest(url: url, timeoutInterval: TimeInterval(request.seconds))
        http.httpMethod = "POST"
        http.httpBody = Data(request.body)
        for header in request.headers { http.setValue(header.value, forHTTPHeaderField: header.name) }
        do {
            let (_, answer) = try await URLSession.shared.data(for: http)
            return (answer as? HTTPURLResponse)?.statusCode ?? 0
        } catch {
            throw Fault(.deliveryFailed, "the gateway does not answer")
        }
    }
}
