import Access
import Basics
import Storage
import StorageTestSupport
import Testing

@Suite("Sessions, on both engines")
struct SessionTests {
    let day: Int64 = 24 * 3600

    @Test func onlyTheHashOfATokenIsStored() async throws {
        try await withPrincipal { database, principal in
            let opened = try await open(principal, "Phone", database)
            #expect(opened.token.utf8.count == 43)
            let row = try await database.read { tx throws(Fault) in
                try tx.query("SELECT token_hash FROM access_sessions", []).first?.blob("token_hash")
            }
            #expect(row?.count == 32)
            #expect(row.map { String(decoding: $0, as: UTF8.self) } != opened.token)
        }
    }

    @Test func aTokenThatIsNotOneIsSignedOut() async throws {
        try await withPrincipal { database, principal in
            let token = try await open(principal, "Phone", database).token
            let flipped = (token.first == "A" ? "B" : "A") + token.dropFirst()
            for wrong in ["", flipped, token + "A", String(token.dropLast()), String(repeating: "A", count: 1_000_000)] {
                await #expect(throws: Fault(.signedOut, "")) {
                    try await database.read { tx throws(Fault) in try authenticate(token: wrong, in: tx, at: noon) }
                }
            }
        }
    }

    /// 30 days without use end a session to the millisecond; use puts the end off.
    @Test func aSessionLivesThirtyDaysFromItsLastUse() async throws {
        try await withPrincipal { database, principal in
            let opened = try await open(principal, "Phone", database)
            let late = noon.adding(seconds: 30 * day).adding(milliseconds: -1)
            let signedIn = try await who(opened.token, database, late)
            #expect(signedIn.isDue)
            try await database.write { tx throws(Fault) in try noteSeen(signedIn.session.id, in: tx, at: late) }
            #expect(try await who(opened.token, database, late).isDue == false)
            #expect(try await who(opened.token, database, late.adding(seconds: 29 * day)).principal == principal)
            await #expect(throws: Fault(.signedOut, "")) { try await who(opened.token, database, late.adding(seconds: 30 * day)) }
        }
    }

    @Test func sessionsAreListedAndEnded() async throws {
        try await withPrincipal { database, principal in
            let first = try await open(principal, "Old phone", database)
            let second = try await open(principal, "New\u{202E} phone\n", database, after: 10)
            let third = try await open(principal, String(repeating: "长", count: 500), database, after: 20)
            let listed = try await list(principal, database)
            #expect(listed.map(\.id) == [third, second, first].map(\.session.id))
            #expect(listed[1].device == "New phone")
            #expect(listed[0].device.utf8.count <= AccessLimits.deviceBytes)

            try await database.write { tx throws(Fault) in try endSession(first.session.id, of: principal, in: tx, at: noon) }
            await #expect(throws: Fault(.signedOut, "")) { try await who(first.token, database, noon) }
            await #expect(throws: Fault(.noSuchSession, "")) {
                try await database.write { tx throws(Fault) in try endSession(first.session.id, of: principal, in: tx, at: noon) }
            }
            let ended = try await database.write { tx throws(Fault) in
                try endOtherSessions(than: third.session.id, of: principal, in: tx, at: noon)
            }
            #expect(ended == [second.session.id])
            #expect(try await list(principal, database).map(\.id) == [third.session.id])
        }
    }

    @Test func nobodyEndsTheSessionOfAnother() async throws {
        try await withPrincipal { database, principal in
            let mine = try await open(principal, "Phone", database)
            let other = try await addTestPrincipal("60000002", "battery staple", PasswordHasher(parameters: cheap), database)
            await #expect(throws: Fault(.noSuchSession, "")) {
                try await database.write { tx throws(Fault) in try endSession(mine.session.id, of: other, in: tx, at: noon) }
            }
            #expect(try await who(mine.token, database, noon).principal == principal)
        }
    }

    @Test func oneMoreThanTheLimitEndsTheOldest() async throws {
        try await withPrincipal { database, principal in
            var opened: [NewSession] = []
            for index in 0...AccessLimits.sessionsPerPrincipal {
                opened.append(try await open(principal, "Device \(index)", database, after: Int64(index)))
            }
            #expect(try await list(principal, database).count == AccessLimits.sessionsPerPrincipal)
            await #expect(throws: Fault(.signedOut, "")) { try await who(opened[0].token, database, noon) }
            _ = try await who(opened[1].token, database, noon)
        }
    }

    @Test func sweepingForgetsWhatHasExpired() async throws {
        try await withPrincipal { database, principal in
            _ = try await open(principal, "Phone", database)
            let swept = try await database.write { tx throws(Fault) in try sweepAccess(in: tx, at: noon.adding(seconds: 29 * day))
            }
            #expect(swept == 0)
            let later = try await database.write { tx throws(Fault) in try sweepAccess(in: tx, at: noon.adding(seconds: 30 * day))
            }
            #expect(later == 1)
        }
    }

    private func withPrincipal(_ body: @Sendable (any Database, PrincipalID) async throws -> Void) async throws {
        try await withDatabases(AccessSchema.migrations) { database in
            try await body(database, addTestPrincipal("60000001", "correct horse", PasswordHasher(parameters: cheap), database))
        }
    }

    private func open(
        _ principal: PrincipalID, _ device: String, _ database: any Database, after seconds: Int64 = 0
    ) async throws(Fault) -> NewSession {
        try await database.write { tx throws(Fault) in
            try openSession(for: principal, device: device, in: tx, at: noon.adding(seconds: seconds))
        }
    }

    private func who(_ token: String, _ database: any Database, _ now: Timestamp) async throws(Fault) -> SignedIn {
        try await database.read { tx throws(Fault) in try authenticate(token: token, in: tx, at: now) }
    }

    private func list(_ principal: PrincipalID, _ database: any Database) async throws(Fault) -> [Session] {
        try await database.read { tx throws(Fault) in try listSessions(of: principal, in: tx, at: noon) }
    }
}
