import Access
import Basics
import Storage
import StorageTestSupport
import Testing

@Suite("Changes of a sign-in, on both engines")
struct PrincipalTests {
    let hasher = PasswordHasher(parameters: cheap)

    @Test func aNewPasswordAsksForTheOldOneAndEndsOtherSessions() async throws {
        try await withCustomer { database, principal in
            let (here, there) = (try await signIn(database), try await signIn(database))
            let signedIn = try await who(here, database)
            await #expect(throws: Fault(.oldPasswordWrong, "")) {
                try await change("wrong pony", "battery staple", signedIn, database)
            }
            await #expect(throws: Fault(.passwordUnchanged, "")) {
                try await change("correct horse", "correct horse", signedIn, database)
            }
            await #expect(throws: Fault(.passwordTooShort, "")) { try await change("correct horse", "short", signedIn, database) }
            let ended = try await change("correct horse", "battery staple", signedIn, database)
            #expect(ended.count == 1)
            _ = try await who(here, database)
            await #expect(throws: Fault(.signedOut, "")) { try await who(there, database) }
            await #expect(throws: Fault(.signInRefused, "")) { try await signIn(database) }
            _ = try await signIn(database, password: "battery staple")
        }
    }

    /// Whoever finds an open phone has five guesses at the old password, as at the door.
    @Test func guessesAtTheOldPasswordAreLimited() async throws {
        try await withCustomer { database, principal in
            let signedIn = try await who(try await signIn(database), database)
            for _ in 0..<5 {
                await #expect(throws: Fault(.oldPasswordWrong, "")) {
                    try await change("wrong pony", "battery staple", signedIn, database)
                }
            }
            await #expect(throws: Fault(.tooManyAttempts, "")) {
                try await change("correct horse", "battery staple", signedIn, database)
            }
        }
    }

    @Test func aNewNumberSignsInAndTheOldOneDoesNot() async throws {
        try await withCustomer { database, principal in
            let token = try await signIn(database)
            _ = try await addTestPrincipal("60000002", "correct horse", hasher, database)
            await #expect(throws: Fault(.signInNameTaken, "")) { try await rename(principal, "60000002", database) }
            for wrong in ["", "# x", "6000 0003", String(repeating: "6", count: 65)] {
                await #expect(throws: Fault(.signInNameInvalid, "")) { try await rename(principal, wrong, database) }
            }
            #expect(try await rename(principal, "60000003", database).signInName == "60000003")
            #expect(try await rename(principal, "60000003", database).signInName == "60000003")
            _ = try await who(token, database)
            await #expect(throws: Fault(.signInRefused, "")) { try await signIn(database) }
            _ = try await signIn(database, name: "60000003")
        }
    }

    @Test func anEndedSignInIsGoneAndItsNumberIsFree() async throws {
        try await withCustomer { database, principal in
            let token = try await signIn(database)
            for expected in [1, 0] {
                let ended = try await database.write { tx throws(Fault) in try endPrincipal(principal, in: tx, at: noon) }
                #expect(ended.count == expected)
            }
            await #expect(throws: Fault(.signedOut, "")) { try await who(token, database) }
            await #expect(throws: Fault(.signInRefused, "")) { try await signIn(database) }
            await #expect(throws: Fault(.principalEnded, "")) { try await rename(principal, "60000009", database) }
            await #expect(throws: Fault(.principalUnknown, "")) {
                try await database.write { tx throws(Fault) in try endPrincipal(PrincipalID(trusted: "nobody"), in: tx, at: noon)
                }
            }
            _ = try await addTestPrincipal("60000001", "correct horse", hasher, database)
            _ = try await signIn(database)
        }
    }

    private func withCustomer(_ body: @Sendable (any Database, PrincipalID) async throws -> Void) async throws {
        try await withDatabases(AccessSchema.migrations) { database in
            try await body(database, addTestPrincipal("60000001", "correct horse", hasher, database))
        }
    }

    private func signIn(
        _ database: any Database, name: String = "60000001", password: String = "correct horse"
    ) async throws(Fault) -> String {
        let request = SignInRequest(name: name, password: password, address: "::1", device: "Chromium")
        return try await Access.signIn(request, with: hasher, on: database, at: noon).token
    }

    private func who(_ token: String, _ database: any Database) async throws(Fault) -> SignedIn {
        try await database.read { tx throws(Fault) in try authenticate(token: token, in: tx, at: noon) }
    }

    private func change(
        _ old: String, _ new: String, _ signedIn: SignedIn, _ database: any Database
    ) async throws(Fault) -> [SessionID] {
        try await changePassword(PasswordChange(old: old, new: new), of: signedIn, with: hasher, on: database, at: noon)
    }

    @discardableResult
    private func rename(_ principal: PrincipalID, _ name: String, _ database: any Database) async throws(Fault) -> Principal {
        try await database.write { tx throws(Fault) in try renameSignIn(principal, to: name, in: tx, at: noon) }
    }
}
