import Basics
import Hummingbird

/// Becoming a customer: register, then step by step to the line in service.
struct JoinPages: Sendable {
    let parts: WebParts

    func add(to router: Router<WebContext>) {
        router.get("register") { request, _ in try await parts.answer(.register, to: request) }
    }
}

extension PageFrame {
    static let register = PageFrame(name: "register", template: "register", title: "title.register", audience: .everybody)
}
