import Access
import Basics
import Hummingbird
import Lines
import Storage

/// Signing in and out, and the list of places where one is signed in.
struct SessionsAPI: Sendable {
    let parts: WebParts

    private struct Item: Encodable {
        var id: String
        var device: String
        var createdAt: Int64
        var lastSeenAt: Int64
        var current: Bool
    }

    func add(to api: RouterGroup<WebContext>) {
        api.post("sessions") { request, context in try await signInHere(request, context) }
        api.get("sessions") { request, _ in try await list(request) }
        api.delete("sessions/{id}") { request, context in try await end(request, context) }
    }

    private func signInHere(_ request: Request, _ context: WebContext) async throws -> Response {
        var body = try await parts.body(request)
        let number = try body.text("number", atMost: 128)
        let password = try body.text("password", atMost: AccessLimits.passwordBytes)
        try body.finish()
        // What is no number is answered like an unknown one.
        let name = PhoneNumber(number)?.digits ?? String(number.prefix(16))
        let session = try await signIn(
            SignInRequest(
                name: name, password: password, address: context.client(request, behindProxy: parts.configuration.behindProxy),
                device: DeviceWords.describe(request.headers[.userAgent] ?? "")),
            with: parts.services.hasher, on: parts.services.database, at: parts.services.clock.now())
        var response = try JSONBody.response(["number": name], status: .created)
        response.setCookie(parts.identity.cookie(session))
        return response
    }

    private func list(_ request: Request) async throws -> Response {
        let signedIn = try await parts.identity.signedIn(request)
        let now = parts.services.clock.now()
        let sessions = try await parts.services.database.read { tx throws(Fault) in
            try listSessions(of: signedIn.principal, in: tx, at: now)
        }
        let items = sessions.map { session in
            Item(
                id: session.id.rawValue, device: session.device, createdAt: session.createdAt.milliseconds,
                lastSeenAt: session.lastSeenAt.milliseconds, current: session.id == signedIn.session.id)
        }
        return try JSONBody.response(["sessions": items])
    }

    private func end(_ request: Request, _ context: WebContext) async throws -> Response {
        let signedIn = try await parts.identity.signedIn(request)
        let asked = try context.parameters.require("id")
        guard let id = asked == "current" ? signedIn.session.id : SessionID(asked) else {
            throw Fault(.noSuchSession, "this is not a session's id")
        }
        let now = parts.services.clock.now()
        try await parts.services.database.write { tx throws(Fault) in
            try endSession(id, of: signedIn.principal, in: tx, at: now)
        }
        await parts.hub.signedOut(id)
        var response = noContent()
        if id == signedIn.session.id { response.setCookie(parts.identity.forgetting()) }
        return response
    }
}
