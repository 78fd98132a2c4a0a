import Basics
import Foundation
import HTTPTypes
import Hummingbird

/// Headers that keep a page to itself. No inline script or style is allowed, so no nonce is needed.
struct SecurityMiddleware: RouterMiddleware {
    typealias Context = WebContext
    /// Only for a public address with TLS: a certificate made to try things must not bind `localhost` to HTTPS for a year.
    let isStrictTransport: Bool

    @concurrent
    func handle(
        _ request: Request, context: WebContext, next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        // A signed document has a narrower policy of its own.
        if response.headers[.contentSecurityPolicy] == nil {
            response.headers[.contentSecurityPolicy] = Self.policy(authority: request.head.authority)
        }
        response.headers[.contentTypeOptions] = "nosniff"
        response.headers[.frameOptions] = "DENY"
        response.headers[.referrerPolicy] = "same-origin"
        response.headers[.permissionsPolicy] =
            "camera=(self), microphone=(self), fullscreen=(self), picture-in-picture=(self), geolocation=()"
        response.headers[.openerPolicy] = "same-origin"
        response.headers[.resourcePolicy] = "same-origin"
        if isStrictTransport { response.headers[.strictTransportSecurity] = "max-age=31536000" }
        return response
    }

    /// `'self'` covers WebSockets in today's browsers; the explicit ws: and wss: of this authority are for those where it does not.
    static func policy(authority: String?) -> String {
        let host = authority.flatMap { isAuthority($0) ? " ws://\($0) wss://\($0)" : nil } ?? ""
        return "default-src 'self'; connect-src 'self'\(host); img-src 'self' data: blob:; media-src 'self' blob: mediastream:; "
            + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    }

    private static func isAuthority(_ text: String) -> Bool {
        text.utf8.count <= 255
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"):
                    true
                default: false
                }
            }
    }
}

/// Whether a request comes from our own pages.
struct OriginRule: Sendable {
    let publicURL: String?

    /// The browser's `Origin` names this service: the configured public address, or the authority that the request itself was sent to.
    func accepts(origin: String, authority: String?) -> Bool {
        let origin = origin.lowercased()
        if let publicURL, origin == Self.origin(of: publicURL) { return true }
        guard let authority = authority?.lowercased(), !authority.isEmpty else { return false }
        return origin == "http://\(authority)" || origin == "https://\(authority)"
    }

    /// Scheme and authority of an address.
    static func origin(of url: String) -> String {
        let lower = url.lowercased()
        guard let scheme = lower.range(of: "://") else { return lower }
        let end = lower[scheme.upperBound...].firstIndex(of: "/") ?? lower.endIndex
        return String(lower[..<end])
    }
}

/// Refuses writing requests that another site could have caused: the origin is ours and the header repeats the page's token, which
/// only our own pages can read.
struct SameSiteMiddleware: RouterMiddleware {
    typealias Context = WebContext
    let rule: OriginRule
    let visits: Visits
    let writes = RateLimiter(burst: WebLimits.writeBurst, perMinute: WebLimits.writesPerMinute)
    let behindProxy: Bool

    @concurrent
    func handle(
        _ request: Request, context: WebContext, next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        guard ![.get, .head, .options].contains(request.method), !PaymentEventsAPI.takes(request) else {
            return try await next(request, context)
        }
        try check(request)
        guard writes.allows(context.client(request, behindProxy: behindProxy)) else {
            throw Fault(.webTooMany, "too many writing requests from one address")
        }
        return try await next(request, context)
    }

    private func check(_ request: Request) throws(Fault) {
        if let origin = request.headers[.origin] {
            guard rule.accepts(origin: origin, authority: request.head.authority) else {
                throw Fault(.webOrigin, "the Origin header names another site")
            }
        } else if let site = request.headers[.fetchSite], site != "same-origin" {
            throw Fault(.webOrigin, "the browser says that another site caused this request")
        }
        guard let token = request.headers[.csrf], visits.accepts(token: token, from: request) else {
            throw Fault(.webCSRF, "the X-Jianmian-CSRF header does not belong to this visit")
        }
    }
}

extension WebContext {
    /// Whom to count a request for: the peer, or what a trusted proxy says.
    func client(_ request: Request, behindProxy: Bool) -> String {
        guard behindProxy, let forwarded = request.headers[.forwardedFor]?.split(separator: ",").last else { return peer }
        return String(forwarded.filter { $0 != " " }.prefix(64))
    }
}
