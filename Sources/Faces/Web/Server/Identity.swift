import Access
import Basics
import Foundation
import Hummingbird
import Storage

/// Finds out who sends a request, by the session cookie.
struct Identity: Sendable {
    let database: any Database
    let clock: any ServiceClock
    let visits: Visits

    static let cookie = "jm_session"

    /// Who is signed in; throws `access.signed-out` when nobody is.
    func signedIn(_ request: Request) async throws(Fault) -> SignedIn {
        guard let token = token(of: request) else { throw Fault(.signedOut, "there is no session cookie") }
        let now = clock.now()
        let signedIn = try await database.read { tx throws(Fault) in try authenticate(token: token, in: tx, at: now) }
        if signedIn.isDue {
            try await database.write { tx throws(Fault) in try noteSeen(signedIn.session.id, in: tx, at: now) }
        }
        return signedIn
    }

    /// Who is signed in, nil when nobody is; for pages that show themselves to both.
    func signedInIfAny(_ request: Request) async throws(Fault) -> SignedIn? {
        do throws(Fault) {
            return try await signedIn(request)
        } catch {
            guard error.code == .signedOut else { throw error }
            return nil
        }
    }

    func token(of request: Request) -> String? {
        request.cookies[visits.cookieName(Self.cookie)]?.value
    }

    /// The cookie of a new session. It lives as long as the session does when it is not used.
    func cookie(_ session: NewSession) -> Cookie {
        visits.cookie(Self.cookie, session.token, maxAge: Int(AccessLimits.sessionIdleSeconds))
    }

    /// Makes the browser forget its session.
    func forgetting() -> Cookie { visits.cookie(Self.cookie, "", maxAge: 0) }
}
