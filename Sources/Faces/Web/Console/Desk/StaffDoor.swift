import Access
import Basics
import Customers
import Hummingbird
import Storage

/// Finds out which member of the staff sends a request. Their cookie is another than the customers', so that neither session is ever
/// taken for the other.
struct StaffDoor: Sendable {
    let parts: WebParts

    static let cookie = "jm_staff"

    /// The desk of whoever is signed in with both factors.
    func desk(_ request: Request) async throws(Fault) -> ConsoleDesk {
        let (token, now) = (try token(of: request), parts.services.clock.now())
        let database = parts.services.database
        let session = try await database.read { tx throws(Fault) in try authenticateStaff(token: token, in: tx, at: now) }
        if session.isDue(at: now) {
            try await database.write { tx throws(Fault) in try noteStaffSeen(session, in: tx, at: now) }
        }
        return ConsoleDesk(
            parts: parts, words: parts.words, language: Language(of: request), staff: session.staff.id,
            name: session.staff.name, roles: session.roles, now: now)
    }

    /// The desk, nil where somebody has to sign in first.
    func deskIfAny(_ request: Request) async throws(Fault) -> ConsoleDesk? {
        do throws(Fault) {
            return try await desk(request)
        } catch {
            guard error.code.kind == .unauthenticated else { throw error }
            return nil
        }
    }

    func token(of request: Request) throws(Fault) -> String {
        guard let token = request.cookies[parts.visits.cookieName(Self.cookie)]?.value else {
            throw Fault(.signedOut, "there is no staff session's cookie")
        }
        return token
    }

    /// The cookie ends with the browser; the session itself earlier, when it is not used.
    func cookie(_ token: String) -> Cookie { parts.visits.cookie(Self.cookie, token, sameSite: .strict) }

    func forgetting() -> Cookie { parts.visits.cookie(Self.cookie, "", maxAge: 0, sameSite: .strict) }
}
