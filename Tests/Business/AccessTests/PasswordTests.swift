import Access
import Basics
import Testing

/// Cheap, so that the tests of everything else are quick.
let cheap = ScryptParameters(logN: 4, r: 8, p: 1)

@Suite("Passwords")
struct PasswordTests {
    @Test(arguments: ["short12", "一二三四五六七"])
    func aShortOneIsRefused(_ text: String) {
        #expect(throws: Fault(.passwordTooShort, "")) { try NewPassword(text, signInName: "60000001") }
    }

    @Test func eightTo128CharactersAreAccepted() throws {
        _ = try NewPassword("vk3 Lampe", signInName: "60000001")
        _ = try NewPassword("床前明月光疑是地", signInName: "60000001")
        _ = try NewPassword(String(repeating: "ab0x", count: 32), signInName: "60000001")
        #expect(throws: Fault(.passwordTooLong, "")) {
            try NewPassword(String(repeating: "ab0x", count: 32) + "!", signInName: "60000001")
        }
        #expect(throws: Fault(.passwordTooLong, "")) {
            try NewPassword(String(repeating: "a1b2", count: 1_000_000), signInName: "60000001")
        }
    }

    @Test(arguments: ["60010203", "6001 0203", "6001-0203"])
    func theNumberItselfIsRefused(_ text: String) {
        #expect(throws: Fault(.passwordIsNumber, "")) { try NewPassword(text, signInName: "60010203") }
    }

    @Test(arguments: [
        "Password", "12345678", "87654321", "1234567890", "aaaaaaaa", "88888888", "woaini1314", "QWERTY123", "abcdefgh",
        "12121212",
    ])
    func theCommonestAreRefused(_ text: String) {
        #expect(throws: Fault(.passwordTooCommon, "")) { try NewPassword(text, signInName: "60000001") }
    }

    /// RFC 7914 section 12, second vector; the first 32 of its 64 bytes (PBKDF2 makes its output in blocks of 32).
    @Test func scryptIsTheOneOfTheRFC() {
        let expected = "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
        let key = scrypt(Array("password".utf8), salt: Array("NaCl".utf8), ScryptParameters(logN: 10, r: 8, p: 16))
        #expect(key.map(hexadecimal) == expected)
    }

    @Test func aStoredHashReadsBackAndFitsOnlyItsPassword() async throws {
        let hasher = PasswordHasher(parameters: cheap)
        let hash = try await hasher.hash(NewPassword("correct horse", signInName: "60000001"))
        #expect(hash.text.hasPrefix("$scrypt$ln=4,r=8,p=1$"))
        let read = try #require(PasswordHash(stored: hash.text))
        #expect(read == hash)
        #expect(try await hasher.verify("correct horse", against: read))
        #expect(try await hasher.verify("correct Horse", against: read) == false)
        #expect(try await hasher.verify("", against: read) == false)
    }

    @Test func twoHashesOfOnePasswordDiffer() async throws {
        let hasher = PasswordHasher(parameters: cheap)
        let password = try NewPassword("correct horse", signInName: "60000001")
        #expect(try await hasher.hash(password) != hasher.hash(password))
    }

    /// The same word typed with full-width letters, or with an accent as a mark of its own, is the same password.
    @Test func theWayOfTypingDoesNotCount() async throws {
        let hasher = PasswordHasher(parameters: cheap)
        let hash = try await hasher.hash(NewPassword("caf\u{E9} 2026 ok", signInName: "60000001"))
        #expect(try await hasher.verify("cafe\u{301} 2026 ok", against: hash))
        #expect(try await hasher.verify("caf\u{E9} ２０２６ ok", against: hash))
    }

    @Test(arguments: [
        "", "$scrypt$", "$scrypt$ln=4,r=8,p=1$AAAA$AAAA", "$bcrypt$ln=4,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA==$AAAA",
        "$scrypt$ln=60,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "$scrypt$ln=-4,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    ])
    func aDamagedHashIsNotRead(_ text: String) {
        #expect(PasswordHash(stored: text) == nil)
    }

    @Test func aHashOfAnOlderCostIsRenewed() async throws {
        let old = try await PasswordHasher(parameters: cheap).hash(NewPassword("correct horse", signInName: "60000001"))
        let hasher = PasswordHasher(parameters: ScryptParameters(logN: 5, r: 8, p: 1))
        let renewed = try #require(try await hasher.renewed(old, "correct horse"))
        #expect(renewed.parameters.logN == 5)
        #expect(try await hasher.verify("correct horse", against: renewed))
        #expect(try await hasher.renewed(renewed, "correct horse") == nil)
    }

    /// The best of five of each, so that other work on the machine does not decide.
    @Test func anUnknownNumberCostsTheSameDerivationAsAWrongPassword() async throws {
        let hasher = PasswordHasher(parameters: ScryptParameters(logN: 4, r: 8, p: 1))
        let hash = try await hasher.hash(NewPassword("correct horse", signInName: "60000001"))
        let before = hasher.derivations
        #expect(try await hasher.verify("wrong pony", against: hash) == false)
        #expect(hasher.derivations == before + 1)
        // The stand-in for the missing hash has the hasher's own parameters, so the derivation costs the same.
        #expect(try await hasher.verify("wrong pony", against: nil) == false)
        #expect(hasher.derivations == before + 2)
    }

    @Test func moreChecksThanMayWaitAreRefused() async throws {
        let hasher = PasswordHasher(parameters: ScryptParameters(logN: 9, r: 8, p: 1), lanes: 1)
        let outcomes = await withTaskGroup(of: Fault.Code?.self) { group in
            for _ in 0..<(AccessLimits.waitingPasswordChecks * 3) {
                group.addTask {
                    do throws(Fault) {
                        _ = try await hasher.verify("wrong pony", against: nil)
                        return nil
                    } catch { return error.code }
                }
            }
            return await group.reduce(into: [Fault.Code?]()) { $0.append($1) }
        }
        #expect(outcomes.contains(.signInBusy))
        #expect(outcomes.count { $0 == nil } >= AccessLimits.waitingPasswordChecks)
        // Afterwards nothing is stuck.
        #expect(try await hasher.verify("wrong pony", against: nil) == false)
    }
}
