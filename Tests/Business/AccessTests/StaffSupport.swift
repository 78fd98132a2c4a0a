import Access
import Basics
import Storage
import StorageTestSupport
import Testing

/// A house with one administrator, Li Na, and what tests of the staff do over and over.
struct StaffHouse: Sendable {
    let database: any Database
    let vault = Vault.ephemeral()
    let hasher = PasswordHasher(parameters: cheap)
    let administrator: Staff

    static let password = "lampe und vase"

    static func onBothEngines(_ body: @Sendable (StaffHouse) async throws -> Void) async throws {
        try await withDatabases(AccessSchema.migrations) { database in
            let hasher = PasswordHasher(parameters: cheap)
            let hash = try await hasher.hash(NewPassword(password, signInName: "li.na"))
            let new = try NewStaff(name: "李娜", signInName: "li.na", roles: [.administrator])
            let founding = try StaffAct.operator(purpose: "first administrator")
            let staff = try await database.write { tx throws(Fault) in
                try addStaff(new, password: hash, isOwnPassword: true, by: founding, in: tx, at: noon)
            }
            try await body(StaffHouse(database: database, administrator: staff))
        }
    }

    func act(_ staff: Staff? = nil) throws -> StaffAct {
        let staff = staff ?? administrator
        return try StaffAct(staff: staff.id, roles: staff.roles, purpose: "test of the house")
    }

    func add(_ name: String, _ roles: Set<Role>, isOwnPassword: Bool = true, by act: StaffAct? = nil) async throws -> Staff {
        let hash = try await hasher.hash(NewPassword(Self.password, signInName: name))
        let new = try NewStaff(name: name, signInName: name, roles: roles)
        let act = try act ?? self.act()
        return try await database.write { tx throws(Fault) in
            try addStaff(new, password: hash, isOwnPassword: isOwnPassword, by: act, in: tx, at: noon)
        }
    }

    /// The first half: the password.
    func open(_ name: String = "li.na", _ password: String = password, at now: Timestamp = noon) async throws(Fault)
        -> NewStaffSession
    {
        let request = SignInRequest(name: name, password: password, address: "198.51.100.7", device: "Firefox")
        return try await openStaffSession(request, with: hasher, on: database, at: now)
    }

    /// Enrols a second factor: the secret, the recovery codes and the full session's token.
    func enrol(_ name: String = "li.na", at now: Timestamp = noon) async throws -> (
        secret: [UInt8], recovery: [String], token: String
    ) {
        let opened = try await open(name, at: now)
        let begun = try await write { tx throws(Fault) in
            try beginSecondFactor(token: opened.token, issuer: "Jianmian", vault: vault, in: tx, at: now)
        }
        let secret = try #require(bytesOf(base32: begun.secret))
        let codes = try await confirmSecondFactor(code(secret, now), token: opened.token, vault: vault, on: database, at: now)
        return (secret, codes, opened.token)
    }

    func code(_ secret: [UInt8], _ now: Timestamp) -> String { TOTP.code(secret: secret, step: TOTP.step(at: now)) }

    func pass(_ code: String, _ token: String, at now: Timestamp = noon) async throws(Fault) -> StaffSession {
        try await passSecondFactor(code, token: token, vault: vault, on: database, at: now)
    }

    func who(_ token: String, at now: Timestamp = noon) async throws(Fault) -> StaffSession {
        try await database.read { tx throws(Fault) in try authenticateStaff(token: token, in: tx, at: now) }
    }

    func write<T: Sendable>(_ work: @escaping @Sendable (any Transaction) throws(Fault) -> T) async throws(Fault) -> T {
        try await database.write(work)
    }

    func journal(_ action: String) async throws -> [String?] {
        try await database.read { tx throws(Fault) in
            var states: [String?] = []
            for row in try tx.query("SELECT state_after FROM journal WHERE action = $1 ORDER BY id", [.text(action)]) {
                states.append(try row.optionalText("state_after"))
            }
            return states
        }
    }
}
