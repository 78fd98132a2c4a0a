import Basics
import Hummingbird

/// The customer's own pages around the account: sign-in and password, identity check, notices.
struct AccountPages: Sendable {
    let parts: WebParts

    func add(to router: Router<WebContext>) {
        router.get("account/security") { request, _ in try await parts.answer(.security, to: request) }
    }
}

extension PageFrame {
    static let security = PageFrame(
        name: "security", template: "account/security", title: "title.security", audience: .customer)
}
