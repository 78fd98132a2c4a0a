import Access
import Basics
import Charging
import Customers
import Hummingbird
import Lines
import Orders
import Storage

/// The beginning of becoming a customer: free numbers, and having one of them kept. The rest is ``JoiningAPI``, ``IdentityAPI`` and
/// ``OrdersAPI``.
struct RegisterAPI: Sendable {
    let parts: WebParts
    let limiter = RateLimiter(burst: WebLimits.registerBurst, perMinute: WebLimits.registersPerMinute)

    private struct Numbers: Encodable {
        var numbers: [String]
        var next: String?
    }

    func add(to api: RouterGroup<WebContext>) {
        api.get("numbers") { request, _ in try await numbers(request) }
        api.post("register") { request, context in try await register(request, context) }
    }

    /// A page of free numbers, from `from` on; without it from anywhere, so that two people who look at once rarely want the same one.
    private func numbers(_ request: Request) async throws -> Response {
        let (pool, now) = (parts.services.pool, parts.services.clock.now())
        let asked = request.uri.queryParameters["from"].map(String.init)
        let start = try asked.map(parseNumber) ?? Self.somewhere(in: pool)
        let page = try await parts.services.database.read { tx throws(Fault) in
            let page = try freeNumbers(of: pool, from: start, in: tx, at: now)
            guard page.numbers.isEmpty, asked == nil else { return page }
            return try freeNumbers(of: pool, in: tx, at: now)
        }
        return try JSONBody.response(Numbers(numbers: page.numbers.map(\.digits), next: page.next?.digits))
    }

    private static func somewhere(in pool: NumberPool) -> PhoneNumber? {
        guard let low = Int64(pool.first.digits), let high = Int64(pool.last.digits), low <= high else { return nil }
        let digits = String(Int64.random(in: low...high))
        return PhoneNumber(trusted: String(repeating: "0", count: max(0, pool.first.digits.count - digits.count)) + digits)
    }

    private func register(_ request: Request, _ context: WebContext) async throws -> Response {
        guard limiter.allows(context.client(request, behindProxy: parts.configuration.behindProxy)) else {
            throw Fault(.webTooMany, "too many registrations from one address")
        }
        var body = try await parts.body(request)
        let name = try DisplayName(try body.text("name"))
        let number = try parseNumber(try body.text("number", atMost: 128))
        let password = try NewPassword(try body.text("password", atMost: AccessLimits.passwordBytes), signInName: number.digits)
        guard let party = PartyKind(rawValue: try body.optionalText("kind", atMost: 16) ?? PartyKind.person.rawValue) else {
            throw Fault.field("kind", "is neither person nor organisation")
        }
        try body.finish()
        let hash = try await parts.services.hasher.hash(password)
        let (pool, now, language, zone) = (
            parts.services.pool, parts.services.clock.now(), Language(of: request), parts.services.zone
        )
        let device = DeviceWords.describe(request.headers[.userAgent] ?? "")
        let session = try await parts.services.database.write { tx throws(Fault) in
            let application = try beginApplication(
                BeginApplicationRequest(
                    name: name, language: language, number: number, password: hash, party: party,
                    account: AccountID.random().rawValue, pool: pool),
                in: tx, at: now, zone: zone)
            return try openSession(for: application.principal, device: device, in: tx, at: now)
        }
        var response = try JSONBody.response(["name": name.text, "number": number.digits], status: .created)
        response.setCookie(parts.identity.cookie(session))
        return response
    }
}
