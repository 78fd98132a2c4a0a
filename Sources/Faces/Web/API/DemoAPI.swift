import Basics
import Hummingbird

/// Only with `serve --demo`: the accounts to try, and the clock to move.
struct DemoAPI: Sendable {
    let parts: WebParts
    let demo: WebDemo

    private struct Account: Encodable {
        var name: String
        var number: String
        var password: String
    }

    private struct Page: Encodable {
        var accounts: [Account]
        var staff: [StaffAccount]
        var now: Int64
    }

    private struct StaffAccount: Encodable {
        var name: String
        var signInName: String
        var password: String
    }

    func add(to api: RouterGroup<WebContext>) {
        api.get("demo") { _, _ in try page() }
        api.get("demo/staff-code") { request, _ in try staffCode(request) }
        api.post("demo/clock") { request, _ in try await advance(request) }
    }

    private func page() throws -> Response {
        let accounts = demo.accounts.map { Account(name: $0.name, number: $0.number, password: $0.password) }
        let staff = demo.staff.map { StaffAccount(name: $0.name, signInName: $0.signInName, password: $0.password) }
        return try JSONBody.response(Page(accounts: accounts, staff: staff, now: parts.services.clock.now().milliseconds))
    }

    /// What the authenticator of a demo member shows now: `?name=` is what they type to sign in.
    private func staffCode(_ request: Request) throws -> Response {
        let name = request.uri.queryParameters["name"].map(String.init) ?? ""
        guard let code = demo.staffCode(name) else { throw Fault(.webNotFound, "the demo has no staff of this name") }
        return try JSONBody.response(["code": code])
    }

    private func advance(_ request: Request) async throws -> Response {
        var body = try await parts.body(request)
        let seconds = try body.integer("advanceSeconds")
        try body.finish()
        guard (1...WebLimits.demoClockSeconds).contains(seconds) else {
            throw Fault.field("advanceSeconds", "is not between 1 and \(WebLimits.demoClockSeconds)")
        }
        demo.advanceClock(seconds)
        return try JSONBody.response(["now": parts.services.clock.now().milliseconds])
    }
}
