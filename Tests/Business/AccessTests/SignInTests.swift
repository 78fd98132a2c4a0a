import Access
import Basics
import Storage
import StorageTestSupport
import Testing

/// Noon of a day in 2026, UTC.
let noon = Timestamp(milliseconds: 1_790_000_000_000)

@Suite("Signing in, on both engines")
struct SignInTests {
    let hasher = PasswordHasher(parameters: cheap)

    @Test func theRightPasswordOpensASession() async throws {
        try await withDatabases(AccessSchema.migrations) { database in
            let principal = try await add("60000001", "correct horse", to: database)
            let opened = try await signIn(request("60000001", "correct horse"), with: hasher, on: database, at: noon)
            #expect(opened.principal == principal)
            let signedIn = try await database.read { tx throws(Fault) in try authenticate(token: opened.token, in: tx, at: noon) }
            #expect(signedIn.principal == principal)
            #expect(signedIn.session.device == "Chromium")
            #expect(signedIn.isDue == false)
        }
    }

    @Test func aWrongPasswordAndAnUnknownNumberGetTheSameAnswer() async throws {
        try await withDatabases(AccessSchema.migrations) { database in
            _ = try await add("60000001", "correct horse", to: database)
            for name in ["60000001", "69999999", "", String(repeating: "6", count: 100), "6000\u{0}001"] {
                await #expect(throws: Fault(.signInRefused, "")) {
                    try await signIn(request(name, "wrong pony"), with: hasher, on: database, at: noon)
                }
            }
        }
    }

    @Test func theSixthWrongPasswordOfANumberWaits() async throws {
        try await withDatabases(AccessSchema.migrations) { database in
            _ = try await add("60000001", "correct horse", to: database)
            for _ in 0..<5 {
                await #expect(throws: Fault(.signInRefused, "")) { try await attempt("60000001", "wrong pony", database) }
            }
            let fault = await #expect(throws: Fault.self) { try await attempt("60000001", "correct horse", database) }
            #expect(fault?.code == .tooManyAttempts)
            #expect(fault?.parameters["seconds"] == "60")
            // Others are not touched, and a minute later the right password passes and clears the slate.
            await #expect(throws: Fault(.signInRefused, "")) { try await attempt("60000002", "wrong pony", database) }
            _ = try await attempt("60000001", "correct horse", database, after: 60)
            for _ in 0..<5 {
                await #expect(throws: Fault(.signInRefused, "")) {
                    try await attempt("60000001", "wrong pony", database, after: 61)
                }
            }
        }
    }

    @Test func anAddressThatGuessesManyNumbersWaits() async throws {
        try await withDatabases(AccessSchema.migrations) { database in
            for guess in 0..<50 {
                await #expect(throws: Fault(.signInRefused, "")) {
                    try await attempt("6100\(1000 + guess)", "wrong pony", database)
                }
            }
            await #expect(throws: Fault(.tooManyAttempts, "")) { try await attempt("61009999", "wrong pony", database) }
            await #expect(throws: Fault(.signInRefused, "")) {
                try await signIn(request("61009999", "wrong pony", address: "203.0.113.9"), with: hasher, on: database, at: noon)
            }
        }
    }

    @Test func rightPasswordsDoNotUseUpAnAddress() async throws {
        try await withDatabases(AccessSchema.migrations) { database in
            _ = try await add("60000001", "correct horse", to: database)
            for _ in 0..<60 { _ = try await attempt("60000001", "correct horse", database) }
        }
    }

    /// Twenty guesses sent together: five reach the password check, whichever they are.
    @Test func guessesSentTogetherDoNotPassTogether() async throws {
        try await withDatabases(AccessSchema.migrations) { database in
            _ = try await add("60000001", "correct horse", to: database)
            let codes = await withTaskGroup(of: Fault.Code?.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        do throws(Fault) {
                            _ = try await attempt("60000001", "wrong pony", database)
                            return nil
                        } catch { return error.code }
                    }
                }
                return await group.reduce(into: [Fault.Code?]()) { $0.append($1) }
            }
            #expect(codes.count { $0 == .signInRefused } == 5)
            #expect(codes.count { $0 == .tooManyAttempts } == 15)
        }
    }

    @Test func aNumberHasOnePrincipal() async throws {
        try await withDatabases(AccessSchema.migrations) { database in
            _ = try await add("60000001", "correct horse", to: database)
            await #expect(throws: Fault(.signInNameTaken, "")) { try await add("60000001", "another horse", to: database) }
        }
    }

    @Test func signingInRaisesAnOldCost() async throws {
        try await withDatabases(AccessSchema.migrations) { database in
            _ = try await add("60000001", "correct horse", to: database)
            let dearer = PasswordHasher(parameters: ScryptParameters(logN: 5, r: 8, p: 1))
            _ = try await signIn(request("60000001", "correct horse"), with: dearer, on: database, at: noon)
            let stored = try await database.read { tx throws(Fault) in
                try tx.query("SELECT password_hash FROM access_principals", []).first?.text("password_hash")
            }
            #expect(stored?.hasPrefix("$scrypt$ln=5,") == true)
            _ = try await signIn(request("60000001", "correct horse"), with: dearer, on: database, at: noon)
        }
    }

    @Test func aDamagedHashIsOurDefectNotAWrongPassword() async throws {
        try await withDatabases(AccessSchema.migrations) { database in
            _ = try await add("60000001", "correct horse", to: database)
            _ = try await database.write { tx throws(Fault) in
                try tx.execute("UPDATE access_principals SET password_hash = 'x'", [])
            }
            await #expect(throws: Fault(.passwordHashUnreadable, "")) { try await attempt("60000001", "correct horse", database) }
        }
    }

    private func attempt(
        _ name: String, _ password: String, _ database: any Database, after seconds: Int64 = 0
    ) async throws(Fault) -> NewSession {
        try await signIn(request(name, password), with: hasher, on: database, at: noon.adding(seconds: seconds))
    }

    private func add(_ name: String, _ password: String, to database: any Database) async throws(Fault) -> PrincipalID {
        try await addTestPrincipal(name, password, hasher, database)
    }

    private func request(_ name: String, _ password: String, address: String = "198.51.100.7") -> SignInRequest {
        SignInRequest(name: name, password: password, address: address, device: "Chromium")
    }
}

func addTestPrincipal(
    _ name: String, _ password: String, _ hasher: PasswordHasher, _ database: any Database
) async throws(Fault) -> PrincipalID {
    let hash = try await hasher.hash(NewPassword(password, signInName: name))
    return try await database.write { tx throws(Fault) in try addPrincipal(signInName: name, password: hash, in: tx, at: noon).id
    }
}
