import Basics
import Lines
import Testing

@Suite("Numbers")
struct NumberTests {
    @Test(arguments: [
        ("60000001", "60000001"), ("6000 0001", "60000001"), ("6000-0001", "60000001"), (" 60 00 00 01 ", "60000001"),
        ("６０００　０００１", "60000001"), ("(6000) 0001", "60000001"), ("110", "110"), ("123456789012345", "123456789012345"),
    ])
    func isReadAsPeopleTypeIt(typed: String, digits: String) throws {
        #expect(try parseNumber(typed).digits == digits)
    }

    @Test(arguments: [
        "", "11", "1234567890123456", "6000 000a", "+6000 0001", "600*0001", "#31#60000001", "６０００०००1", "60000001\u{0}",
        "6000\u{202E}0001", "\u{0661}\u{0662}\u{0663}", "六零零零", String(repeating: "1", count: 1_000_000),
    ])
    func whatIsNoNumberIsRefused(_ typed: String) {
        #expect(throws: Fault(.notANumber, "")) { try parseNumber(typed) }
    }

    /// Groups of four from the right; eleven digits as mobile numbers are read in China; short ones together.
    @Test(arguments: [
        ("110", "110"), ("10086", "10086"), ("600001", "60 0001"), ("6000001", "600 0001"), ("60000001", "6000 0001"),
        ("160000001", "1 6000 0001"), ("13800138000", "138 0013 8000"), ("861380013800", "8613 8001 3800"),
    ])
    func isShownInGroups(digits: String, shown: String) {
        #expect(PhoneNumber(trusted: digits).grouped == shown)
    }

    /// Whatever separators stand between the digits, the number is the digits; and what is shown reads back as the same number.
    @Test func anyGroupingReadsBackAsTheSameNumber() throws {
        let separators = ["", " ", "-", "\u{3000}", ".", "  "]
        for _ in 0..<1_000 {
            let digits = (0..<Int.random(in: PhoneNumber.length)).map { _ in String(Int.random(in: 0...9)) }
            let typed = digits.map { $0 + (separators.randomElement() ?? "") }.joined()
            let number = try #require(PhoneNumber(typed))
            #expect(number.digits == digits.joined())
            #expect(PhoneNumber(number.grouped) == number)
        }
    }

    @Test func emergencyNumbersAreFour() {
        for digits in ["110", "119", "120", "122"] { #expect(PhoneNumber(trusted: digits).isEmergency) }
        for digits in ["111", "1100", "0110", "60000110"] { #expect(!PhoneNumber(trusted: digits).isEmergency) }
    }
}

@Suite("The numbers that the provider gives out")
struct NumberPoolTests {
    @Test func theStandardPoolOffersItsRangeWithoutWhatItKeeps() {
        let pool = NumberPool.standard
        #expect(pool.offers(PhoneNumber(trusted: "60000001")))
        #expect(pool.offers(PhoneNumber(trusted: "60099999")))
        for digits in ["60000000", "60100000", "59999999", "6000001", "600000010", "110"] {
            #expect(!pool.offers(PhoneNumber(trusted: digits)))
        }
    }

    @Test func noNumberBeginsLikeAnEmergencyNumber() throws {
        let pool = try NumberPool(first: PhoneNumber(trusted: "10900000"), last: PhoneNumber(trusted: "12300000"))
        #expect(pool.offers(PhoneNumber(trusted: "10999999")))
        #expect(!pool.offers(PhoneNumber(trusted: "11000000")))
        #expect(!pool.offers(PhoneNumber(trusted: "12099999")))
        #expect(pool.offers(PhoneNumber(trusted: "12100000")))
    }

    @Test(arguments: [("200", "100"), ("100", "1000"), ("10000000", "99999999")])
    func anImpossibleRangeIsRefused(first: String, last: String) {
        #expect(throws: Fault(.poolImpossible, "")) {
            try NumberPool(first: PhoneNumber(trusted: first), last: PhoneNumber(trusted: last))
        }
    }
}
