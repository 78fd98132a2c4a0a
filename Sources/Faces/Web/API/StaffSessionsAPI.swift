import Access
import Basics
import Hummingbird
import Paper
import Storage

/// Signing in as staff: name and password, then the second factor, which is enrolled at the first sign-in; a password that somebody else gave
/// is then changed.
struct StaffSessionsAPI: Sendable {
    let parts: WebParts
    let limiter = RateLimiter(burst: ConsoleLimits.signInBurst, perMinute: ConsoleLimits.signInsPerMinute)
    private var door: StaffDoor { StaffDoor(parts: parts) }

    private struct Step: Encodable {
        /// `enrol`, `code`, `password` or `full`.
        var step: String
    }

    func add(to staff: RouterGroup<WebContext>) {
        staff.post("session") { request, context in try await open(request, context) }
        staff.get("session") { request, _ in try await read(request) }
        staff.post("session/enrolment") { request, _ in try await enrol(request) }
        staff.post("session/enrolment/confirmation") { request, _ in try await confirm(request) }
        staff.post("session/code") { request, _ in try await pass(request) }
        staff.post("session/password") { request, _ in try await changePassword(request) }
        staff.delete("session") { request, _ in try await end(request) }
    }

    private func open(_ request: Request, _ context: WebContext) async throws -> Response {
        let address = context.client(request, behindProxy: parts.configuration.behindProxy)
        guard limiter.allows(address) else { throw Fault(.webTooMany, "too many sign-ins from one address") }
        var body = try await parts.body(request)
        let name = try body.text("name", atMost: 256)
        let password = try body.text("password", atMost: AccessLimits.passwordBytes)
        try body.finish()
        let new = try await openStaffSession(
            SignInRequest(
                name: name, password: password, address: address, device: DeviceWords.describe(request.headers[.userAgent] ?? "")),
            with: parts.services.hasher, on: parts.services.database, at: parts.services.clock.now())
        var response = try JSONBody.response(Step(step: new.session.step.rawValue), status: .created)
        response.setCookie(door.cookie(new.token))
        return response
    }

    private func read(_ request: Request) async throws -> Response {
        let (token, now) = (try door.token(of: request), parts.services.clock.now())
        let session = try await parts.services.database.read { tx throws(Fault) in try staffSession(token: token, in: tx, at: now)
        }
        guard session.step == .full else { return try JSONBody.response(Step(step: session.step.rawValue)) }
        let desk = try await door.desk(request)
        let permissions = Permission.allCases.filter { desk.may($0) }.map { JSONValue.text($0.rawValue) }
        return try JSONBody.response(
            JSONValue.object([
                "step": .text("full"), "name": .text(desk.name),
                "roles": .array(desk.roles.map(\.rawValue).sorted().map { .text($0) }),
                "permissions": .array(permissions), "expiresAt": .integer(session.expiresAt.milliseconds),
            ]))
    }

    private func enrol(_ request: Request) async throws -> Response {
        let (token, now, vault) = (try door.token(of: request), parts.services.clock.now(), parts.services.vault)
        let issuer = "Jianmian"
        let enrolment = try await parts.services.database.write { tx throws(Fault) in
            try beginSecondFactor(token: token, issuer: issuer, vault: vault, in: tx, at: now)
        }
        var answer = ["secret": enrolment.secret, "uri": enrolment.uri]
        // Without the press the secret is typed in.
        answer["qr"] = try? await parts.services.press.qrSVG(enrolment.uri)
        return try JSONBody.response(answer)
    }

    private func confirm(_ request: Request) async throws -> Response {
        let (code, token, now) = (try await code(request), try door.token(of: request), parts.services.clock.now())
        let codes = try await confirmSecondFactor(
            code, token: token, vault: parts.services.vault, on: parts.services.database, at: now)
        let step = try await parts.services.database.read { tx throws(Fault) in
            try staffSession(token: token, in: tx, at: now).step
        }
        return try JSONBody.response(
            JSONValue.object(["recoveryCodes": .array(codes.map { .text($0) }), "step": .text(step.rawValue)]))
    }

    private func pass(_ request: Request) async throws -> Response {
        let code = try await code(request)
        let session = try await passSecondFactor(
            code, token: try door.token(of: request), vault: parts.services.vault, on: parts.services.database,
            at: parts.services.clock.now())
        let left = try await parts.services.database.read { tx throws(Fault) in
            try recoveryCodesLeft(of: session.staff.id, in: tx)
        }
        return try JSONBody.response(
            JSONValue.object(["step": .text(session.step.rawValue), "recoveryCodesLeft": .integer(Int64(left))]))
    }

    private func changePassword(_ request: Request) async throws -> Response {
        let (token, now) = (try door.token(of: request), parts.services.clock.now())
        var body = try await parts.body(request)
        let old = try body.text("old", atMost: AccessLimits.passwordBytes)
        let new = try body.text("new", atMost: AccessLimits.passwordBytes)
        try body.finish()
        let session = try await parts.services.database.read { tx throws(Fault) in try staffSession(token: token, in: tx, at: now)
        }
        try await changeStaffPassword(
            PasswordChange(old: old, new: new), of: session, with: parts.services.hasher, on: parts.services.database, at: now)
        return try JSONBody.response(Step(step: StaffSession.Step.full.rawValue))
    }

    private func code(_ request: Request) async throws -> String {
        var body = try await parts.body(request)
        let code = try body.text("code", atMost: 64)
        try body.finish()
        return code
    }

    private func end(_ request: Request) async throws -> Response {
        let now = parts.services.clock.now()
        if let token = try? door.token(of: request) {
            try await parts.services.database.write { tx throws(Fault) in try endStaffSession(token: token, in: tx, at: now) }
        }
        var response = noContent()
        response.setCookie(door.forgetting())
        return response
    }
}
