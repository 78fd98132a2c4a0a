import Access
import Basics
import Hummingbird

/// A new password: the old one is asked, and every other device is signed out.
struct PasswordAPI: Sendable {
    let parts: WebParts

    func add(to api: RouterGroup<WebContext>) {
        api.post("me/password") { request, _ in try await change(request) }
    }

    private func change(_ request: Request) async throws -> Response {
        let signedIn = try await parts.identity.signedIn(request)
        var body = try await parts.body(request)
        let old = try body.text("old", atMost: AccessLimits.passwordBytes)
        let new = try body.text("new", atMost: AccessLimits.passwordBytes)
        try body.finish()
        let ended = try await changePassword(
            PasswordChange(old: old, new: new), of: signedIn, with: parts.services.hasher, on: parts.services.database,
            at: parts.services.clock.now())
        for session in ended { await parts.hub.signedOut(session) }
        return noContent()
    }
}
