import Access
import Basics
import Testing

@Suite("One-time codes by time")
struct TOTPTests {
    let secret = Array("12345678901234567890".utf8)

    /// RFC 6238 appendix B, SHA-1, eight digits.
    @Test(arguments: [
        (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
    ])
    func theVectorsOfRFC6238(_ seconds: Int64, _ code: String) {
        let step = TOTP.step(at: Timestamp(milliseconds: seconds * 1000))
        #expect(TOTP.code(secret: secret, step: step, digits: 8) == code)
        #expect(TOTP.code(secret: secret, step: step) == code.suffix(6))
    }

    /// RFC 4226 appendix D.
    @Test func theVectorsOfRFC4226() {
        let codes = ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"]
        #expect((0..<10).map { TOTP.code(secret: secret, step: $0) } == codes)
    }

    /// 12:00:00 is the first millisecond of a step: codes of the step before, of this one and of the next are accepted, no others.
    @Test func oneStepEarlyOrLateIsAccepted() {
        let noon = Timestamp(milliseconds: 1_790_000_010_000)
        let step = TOTP.step(at: noon)
        #expect(noon.milliseconds == step * 30_000)
        let accepted = (-3...3).filter {
            TOTP.matchingStep(TOTP.code(secret: secret, step: step + $0), secret: secret, at: noon) != nil
        }
        #expect(accepted == [-1, 0, 1])
        #expect(
            TOTP.matchingStep(TOTP.code(secret: secret, step: step), secret: secret, at: noon.adding(milliseconds: 59_999))
                == step)
        #expect(
            TOTP.matchingStep(TOTP.code(secret: secret, step: step), secret: secret, at: noon.adding(milliseconds: 60_000)) == nil
        )
    }

    @Test(arguments: ["", "12345", "1234567", "abcdef", "12 456", String(repeating: "1", count: 100_000), "１２３４５６"])
    func whatIsNoCodeMatchesNothing(_ text: String) {
        #expect(TOTP.matchingStep(text, secret: secret, at: Timestamp(milliseconds: 0)) == nil)
    }

    @Test func theAddressForTheQRCodeIsEscaped() {
        #expect(
            TOTP.uri(secret: Array("foobar".utf8), account: "li.na", issuer: "见面 A&B")
                == "otpauth://totp/%E8%A7%81%E9%9D%A2%20A%26B:li.na?secret=MZXW6YTBOI&issuer=%E8%A7%81%E9%9D%A2%20A%26B&algorithm=SHA1&digits=6&period=30"
        )
    }

    @Test func aRecoveryCodeIsReadAsPeopleTypeIt() throws {
        let code = try #require(RecoveryCode(typed: "7h2k-0cvm-1111-zzzz"))
        #expect(code.text == "7h2k-0cvm-1111-zzzz")
        #expect(RecoveryCode(typed: " 7H2KOCVM IlLi ZZZZ ") == code)
        for wrong in [
            "", "7h2k-0cvm-1111-zzz", "7h2k-0cvm-1111-zzzzz", "7h2k-0cvm-1111-zzzu", "123456", String(repeating: "0", count: 65),
        ] {
            #expect(RecoveryCode(typed: wrong) == nil, "\(wrong)")
        }
    }
}
