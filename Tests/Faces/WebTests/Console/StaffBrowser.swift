import Access
import Basics
import Storage
import Web

/// Members of the staff for tests.
extension TestWeb {
    static let boss = StaffID(trusted: "boss")

    /// An act of somebody who is not in the records, to begin with.
    static func act(_ roles: Role..., purpose: String = "test") throws(Fault) -> StaffAct {
        try StaffAct(staff: boss, roles: Set(roles), purpose: purpose)
    }

    /// Takes in a member of the staff, whose password is `long-enough-NAME`.
    @discardableResult
    func hire(_ name: String, _ roles: Set<Role>, isOwnPassword: Bool = true) async throws -> Staff {
        let hasher = PasswordHasher(parameters: ScryptParameters(logN: 4, r: 8, p: 1))
        let hash = try await hasher.hash(try NewPassword("long-enough-\(name)", signInName: name))
        let (new, now) = (try NewStaff(name: "员工\(name)", signInName: name, roles: roles), clock.now())
        return try await database.write { tx throws(Fault) in
            try addStaff(
                new, password: hash, isOwnPassword: isOwnPassword, by: try Self.act(.administrator), in: tx, at: now)
        }
    }

    /// A browser of a new member of the staff who has set up one-time codes and is signed in.
    func staff(_ name: String, _ roles: Role...) async throws -> TestBrowser {
        try await hire(name, Set(roles))
        let browser = browser()
        try await browser.openStaff(name)
        let secret = try await browser.beginEnrolment()
        let answer = try await browser.send(
            "POST", "/api/v1/staff/session/enrolment/confirmation", ["code": .text(code(secret))])
        guard answer.status == 200 else { throw Fault(.webDefect, "not enrolled: \(answer.status) \(answer.body)") }
        return browser
    }

    /// What an authenticator shows now.
    func code(_ secret: [UInt8]) -> String { TOTP.code(secret: secret, step: TOTP.step(at: clock.now())) }
}

extension TestBrowser {
    /// The first half of signing in; returns the step that follows.
    @discardableResult
    func openStaff(_ name: String, password: String? = nil) async throws -> String {
        let answer = try await send(
            "POST", "/api/v1/staff/session", ["name": .text(name), "password": .text(password ?? "long-enough-\(name)")])
        guard answer.status == 201, case .text(let step) = answer.json["step"] else {
            throw Fault(.webDefect, "not signed in: \(answer.status) \(answer.body)")
        }
        return step
    }

    /// Begins to set up one-time codes; returns the secret.
    func beginEnrolment() async throws -> [UInt8] {
        let answer = try await send("POST", "/api/v1/staff/session/enrolment")
        guard case .text(let text) = answer.json["secret"], let secret = bytesOf(base32: text) else {
            throw Fault(.webDefect, "no secret: \(answer.status) \(answer.body)")
        }
        return secret
    }
}
