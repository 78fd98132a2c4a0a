import Basics
import Crypto
import Foundation
import Hummingbird

/// A browser's visit: a random cookie that scripts cannot read, and the token derived from it that our pages carry and other sites
/// cannot know.
struct Visits: Sendable {
    let isSecure: Bool

    /// The `__Host-` prefix makes browsers insist on TLS, the root path and this very host.
    func cookieName(_ name: String) -> String { isSecure ? "__Host-\(name)" : name }

    /// The visit of a request, or a new one.
    func visit(of request: Request) -> (secret: String, isNew: Bool) {
        if let cookie = request.cookies[cookieName("jm_visit")]?.value, cookie.utf8.count == 32 { return (cookie, false) }
        return (SymmetricKey(size: .init(bitCount: 128)).withUnsafeBytes { hexadecimal($0) }, true)
    }

    /// The token that belongs to a visit.
    func token(of secret: String) -> String {
        hexadecimal(Data(SHA256.hash(data: Data("jianmian csrf \(secret)".utf8)).prefix(16)))
    }

    /// Whether the token belongs to the request's own cookie.
    func accepts(token: String, from request: Request) -> Bool {
        guard let secret = request.cookies[cookieName("jm_visit")]?.value else { return false }
        return token == self.token(of: secret)
    }

    /// The cookie of a new visit.
    func visitCookie(_ secret: String) -> Cookie { cookie("jm_visit", secret, maxAge: 180 * 86_400) }

    func cookie(_ name: String, _ value: String, maxAge: Int? = nil, httpOnly: Bool = true, sameSite: Cookie.SameSite = .lax)
        -> Cookie
    {
        Cookie(
            name: cookieName(name), value: value, maxAge: maxAge, path: "/", secure: isSecure, httpOnly: httpOnly,
            sameSite: sameSite)
    }
}
