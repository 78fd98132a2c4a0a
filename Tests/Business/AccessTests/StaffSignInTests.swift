import Access
import Basics
import Storage
import Testing

@Suite("Staff sign in by two factors, on both engines")
struct StaffSignInTests {
    let minute: Int64 = 60

    @Test func theFirstSignInEnrolsAndTheNextAsksForTheCode() async throws {
        try await StaffHouse.onBothEngines { house in
            let opened = try await house.open()
            #expect(opened.session.step == .enrol)
            await #expect(throws: Fault(.secondFactorMissing, "")) { try await house.who(opened.token) }

            let enrolled = try await house.enrol()
            #expect(enrolled.secret.count == 20)
            #expect(Set(enrolled.recovery).count == 10)
            #expect(try await house.who(enrolled.token).step == .full)

            let later = noon.adding(seconds: 60)
            let again = try await house.open(at: later)
            #expect(again.session.step == .code)
            let full = try await house.pass(house.code(enrolled.secret, later), again.token, at: later)
            #expect(full.step == .full)
            #expect(full.roles == [.administrator])
            #expect(try await house.journal("staff.signed-in").count == 2)
            #expect(try await house.journal("staff.second-factor-enrolled").count == 1)
        }
    }

    @Test func aReloadedEnrolmentShowsTheSameSecretAndTheDatabaseDoesNot() async throws {
        try await StaffHouse.onBothEngines { house in
            let token = try await house.open().token
            let begin: @Sendable (any Transaction) throws(Fault) -> SecondFactorEnrolment = { tx throws(Fault) in
                try beginSecondFactor(token: token, issuer: "Jianmian", vault: house.vault, in: tx, at: noon)
            }
            let first = try await house.write(begin)
            #expect(try await house.write(begin) == first)
            #expect(first.uri.hasPrefix("otpauth://totp/Jianmian:li.na?secret=\(first.secret)&"))
            let stored = try await house.database.read { tx throws(Fault) in
                try tx.first("SELECT secret FROM access_second_factors")?.blob("secret")
            }
            let secret = try #require(bytesOf(base32: first.secret))
            #expect(stored.map { $0.count > 20 && !$0.containsSlice(secret) } == true)

            _ = try await house.enrol()
            let next = try await house.open().token
            await #expect(throws: Fault(.secondFactorPresent, "")) {
                try await house.write { tx throws(Fault) in
                    try beginSecondFactor(token: next, issuer: "Jianmian", vault: house.vault, in: tx, at: noon)
                }
            }
        }
    }

    @Test func noCodeOpensTwice() async throws {
        try await StaffHouse.onBothEngines { house in
            let enrolled = try await house.enrol()
            let token = try await house.open().token
            // The code that confirmed the enrolment, then the one of the step before it: both are spent.
            for now in [noon, noon.adding(seconds: -30)] {
                await #expect(throws: Fault(.codeUsed, "")) { try await house.pass(house.code(enrolled.secret, now), token) }
            }
            let next = noon.adding(seconds: 30)
            _ = try await house.pass(house.code(enrolled.secret, next), token, at: next)
        }
    }

    /// Two browsers with the same code at the same moment: one gets in.
    @Test func theSameCodeSentTwiceAtOnceOpensOnce() async throws {
        try await StaffHouse.onBothEngines { house in
            let enrolled = try await house.enrol()
            let next = noon.adding(seconds: 30)
            let tokens = [try await house.open(at: next).token, try await house.open(at: next).token]
            let code = house.code(enrolled.secret, next)
            let opened = await withTaskGroup(of: Bool.self) { group in
                for token in tokens {
                    group.addTask { (try? await house.pass(code, token, at: next)) != nil }
                }
                return await group.reduce(into: [Bool]()) { $0.append($1) }
            }
            #expect(opened.count { $0 } == 1)
        }
    }

    @Test func codesAreTypedAsPeopleTypeThem() async throws {
        try await StaffHouse.onBothEngines { house in
            let enrolled = try await house.enrol()
            let next = noon.adding(seconds: 30)
            let code = house.code(enrolled.secret, next)
            let wide = String(code.unicodeScalars.compactMap { Unicode.Scalar($0.value + 0xFEE0) }.map(Character.init))
            _ = try await house.pass(" \(wide.prefix(3)) \(wide.suffix(3)) ", try await house.open(at: next).token, at: next)
        }
    }

    /// Five wrong codes at once, then one in five minutes; guesses sent together do not pass together, and the right one waits, too.
    @Test func wrongCodesAreLimited() async throws {
        try await StaffHouse.onBothEngines { house in
            let enrolled = try await house.enrol()
            let token = try await house.open().token
            let codes = await withTaskGroup(of: Fault.Code?.self) { group in
                for _ in 0..<12 {
                    group.addTask {
                        do throws(Fault) {
                            _ = try await house.pass("abcdef", token)
                            return nil
                        } catch { return error.code }
                    }
                }
                return await group.reduce(into: [Fault.Code?]()) { $0.append($1) }
            }
            #expect(codes.count { $0 == .wrongCode } == 5)
            #expect(codes.count { $0 == .tooManyCodes } == 7)
            let later = noon.adding(seconds: 30)
            let fault = await #expect(throws: Fault.self) {
                try await house.pass(house.code(enrolled.secret, later), token, at: later)
            }
            #expect(fault?.code == .tooManyCodes)
            // The debt of five wrong codes is 1500 s; one more is allowed when at most 1200 s of it are left: 300 s after noon.
            #expect(fault?.parameters["seconds"] == "270")
            let after = noon.adding(seconds: 300)
            _ = try await house.pass(house.code(enrolled.secret, after), token, at: after)
        }
    }

    @Test func aRecoveryCodeOpensOnce() async throws {
        try await StaffHouse.onBothEngines { house in
            let enrolled = try await house.enrol()
            let code = enrolled.recovery[3].uppercased()
            _ = try await house.pass(code, try await house.open().token)
            await #expect(throws: Fault(.wrongCode, "")) { try await house.pass(code, try await house.open().token) }
            #expect(try await house.write { tx throws(Fault) in try recoveryCodesLeft(of: house.administrator.id, in: tx) } == 9)

            let fresh = try await house.write { tx throws(Fault) in
                try renewRecoveryCodes(token: enrolled.token, in: tx, at: noon)
            }
            await #expect(throws: Fault(.wrongCode, "")) {
                try await house.pass(enrolled.recovery[4], try await house.open().token)
            }
            _ = try await house.pass(fresh[0], try await house.open().token)
        }
    }

    @Test func aWrongNameAndAWrongPasswordGetTheSameAnswer() async throws {
        try await StaffHouse.onBothEngines { house in
            for (name, password) in [("li.na", "wrong pony"), ("wang.wei", StaffHouse.password), ("", ""), ("60000001", "x")] {
                await #expect(throws: Fault(.staffSignInRefused, "")) { try await house.open(name, password) }
            }
        }
    }

    @Test func neitherDoorOpensToTheOtherKind() async throws {
        try await StaffHouse.onBothEngines { house in
            _ = try await addTestPrincipal("60000001", StaffHouse.password, house.hasher, house.database)
            await #expect(throws: Fault(.staffSignInRefused, "")) { try await house.open("60000001") }
            let asCustomer = SignInRequest(name: "li.na", password: StaffHouse.password, address: "::1", device: "")
            await #expect(throws: Fault(.signInRefused, "")) {
                try await signIn(asCustomer, with: house.hasher, on: house.database, at: noon)
            }
            let customer = try await signIn(
                SignInRequest(name: "60000001", password: StaffHouse.password, address: "::1", device: ""), with: house.hasher,
                on: house.database, at: noon)
            await #expect(throws: Fault(.signedOut, "")) { try await house.who(customer.token) }
            let staff = try await house.enrol()
            await #expect(throws: Fault(.signedOut, "")) {
                try await house.database.read { tx throws(Fault) in try authenticate(token: staff.token, in: tx, at: noon) }
            }
        }
    }

    @Test func aForgedTokenIsSignedOut() async throws {
        try await StaffHouse.onBothEngines { house in
            let token = try await house.enrol().token
            let flipped = (token.first == "A" ? "B" : "A") + token.dropFirst()
            for wrong in ["", flipped, token + "A", String(repeating: "A", count: 1_000_000)] {
                await #expect(throws: Fault(.signedOut, "")) { try await house.who(wrong) }
            }
        }
    }

    @Test func aHalfOpenSessionWaitsTenMinutes() async throws {
        try await StaffHouse.onBothEngines { house in
            let enrolled = try await house.enrol()
            let token = try await house.open().token
            let end = noon.adding(seconds: 600)
            await #expect(throws: Fault(.signedOut, "")) {
                try await house.pass(house.code(enrolled.secret, end), token, at: end)
            }
            let before = end.adding(milliseconds: -1)
            _ = try await house.pass(house.code(enrolled.secret, before), token, at: before)
        }
    }

    /// 30 minutes without use end a session to the millisecond; use puts that off, but not past twelve hours after the password.
    @Test func aFullSessionEndsIdleOrAfterTwelveHours() async throws {
        try await StaffHouse.onBothEngines { house in
            let token = try await house.enrol().token
            var now = noon
            await #expect(throws: Fault(.signedOut, "")) { try await house.who(token, at: noon.adding(seconds: 1800)) }
            while now < noon.adding(seconds: 12 * 3600 - 1800) {
                now = now.adding(milliseconds: 1_799_999)
                let session = try await house.who(token, at: now)
                #expect(session.isDue(at: now))
                try await house.write { [now] tx throws(Fault) in try noteStaffSeen(session, in: tx, at: now) }
            }
            let end = noon.adding(seconds: 12 * 3600)
            _ = try await house.who(token, at: end.adding(milliseconds: -1))
            await #expect(throws: Fault(.signedOut, "")) { try await house.who(token, at: end) }
            let swept = try await house.write { tx throws(Fault) in try sweepAccess(in: tx, at: end) }
            #expect(swept >= 1)
        }
    }

    @Test func signingOutEndsTheSession() async throws {
        try await StaffHouse.onBothEngines { house in
            let token = try await house.enrol().token
            for _ in 0..<2 { try await house.write { tx throws(Fault) in try endStaffSession(token: token, in: tx, at: noon) } }
            await #expect(throws: Fault(.signedOut, "")) { try await house.who(token) }
            #expect(try await house.journal("staff.signed-out").count == 1)
        }
    }

    @Test func theSecretOfOneIsUselessInTheRowOfAnother() async throws {
        try await StaffHouse.onBothEngines { house in
            let enrolled = try await house.enrol()
            let other = try await house.add("wang.wei", [.legal])
            _ = try await house.enrol("wang.wei")
            try await house.write { tx throws(Fault) in
                let mine = try tx.first(
                    "SELECT secret FROM access_second_factors WHERE staff = $1", [.id(house.administrator.id)])
                try tx.execute(
                    "UPDATE access_second_factors SET secret = $2 WHERE staff = $1",
                    [.id(other.id), .blob(try mine?.blob("secret") ?? [])])
            }
            let next = noon.adding(seconds: 30)
            let token = try await house.open("wang.wei", at: next).token
            await #expect(throws: Fault.self) { try await house.pass(house.code(enrolled.secret, next), token, at: next) }
        }
    }
}

extension Array where Element: Equatable {
    fileprivate func containsSlice(_ part: [Element]) -> Bool {
        guard count >= part.count else { return false }
        return (0...(count - part.count)).contains { Array(self[$0..<$0 + part.count]) == part }
    }
}
