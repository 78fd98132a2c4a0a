import Basics
import Testing

@Suite struct MoneyTests {
    @Test(
        arguments: [
            // micro-yuan, fen: 1 fen is 10,000 micro-yuan; exactly half goes to the even fen.
            (0, 0), (4_999, 0), (5_000, 0), (5_001, 1), (9_999, 1), (14_999, 1), (15_000, 2), (15_001, 2), (25_000, 2),
            (35_000, 4),
            (-5_000, 0), (-5_001, -1), (-15_000, -2), (-25_000, -2), (-35_000, -4), (1_234_565_000, 123_456),
            (1_234_575_000, 123_458),
        ] as [(Int64, Int64)])
    func fenAreRoundedHalfToEven(micros: Int64, fen: Int64) { #expect(Money(micros: micros).fen == fen) }

    @Test func roundingIsNeverMoreThanHalfAFenAway() {
        var generator = Seeded(1)
        for _ in 0..<10_000 {
            let money = Money(micros: Int64.random(in: -1_000_000_000...1_000_000_000, using: &generator))
            let distance = (money - Money(fen: money.fen)).micros.magnitude
            #expect(distance <= 5_000)
            #expect(distance < 5_000 || money.fen % 2 == 0)
            #expect((-money).fen == -money.fen)
        }
    }

    @Test(
        arguments: [
            (0, "¥0.00", "¥0.00"), (2_500, "¥0.00", "¥0.0025"), (1_234_500_000, "¥1,234.50", "¥1,234.50"),
            (-30_000, "-¥0.03", "-¥0.03"),
            (-4_000, "¥0.00", "-¥0.004"), (999_995_000, "¥1,000.00", "¥999.995"),
            (1_000_000_000_000_000, "¥1,000,000,000.00", "¥1,000,000,000.00"),
            (100_000_000, "¥100.00", "¥100.00"), (1, "¥0.00", "¥0.000001"),
        ] as [(Int64, String, String)])
    func amountsAreShown(micros: Int64, toFen: String, exactly: String) {
        #expect(Money(micros: micros).formatted == toFen)
        #expect(Money(micros: micros).exactlyFormatted == exactly)
    }

    @Test(
        arguments: [
            ("0", 0), ("12", 12_000_000), ("12.5", 12_500_000), ("1,234.50", 1_234_500_000), ("¥0.0025", 2_500),
            ("￥3", 3_000_000),
            ("-¥1.000001", -1_000_001), ("1000000000", 1_000_000_000_000_000), ("007", 7_000_000),
        ] as [(String, Int64)])
    func typedAmountsAreRead(text: String, micros: Int64) { #expect(Money(text)?.micros == micros) }

    @Test(arguments: [
        "", "-", "¥", ".5", "5.", "1.2345678", "1,23", "12,345,6", ",123", "1,,234", "1000000000.000001", "10000000000",
        "99999999999999999999",
        "1e5", "0x10", " 1", "1 ", "１２", "--1", "¥-1", "1.2.3", "+1", "NaN", "1234,567",
    ])
    func whatIsNoAmountIsRefused(text: String) { #expect(Money(text) == nil) }

    @Test func exactTextRoundTrips() {
        var generator = Seeded(2)
        for _ in 0..<5000 {
            let money = Money(micros: Int64.random(in: -1_000_000_000_000_000...1_000_000_000_000_000, using: &generator))
            #expect(Money(money.exactlyFormatted) == money)
            #expect(Money(Money(fen: money.fen).formatted) == Money(fen: money.fen))
        }
    }

    @Test func multiplesThatDoNotFitAreNil() {
        #expect(Money(micros: 3).multiplied(by: 4) == Money(micros: 12))
        #expect(Money(micros: .max).multiplied(by: 2) == nil)
        #expect(Money.limit.isWithinLimit && !Money(micros: .min).isWithinLimit)
    }
}

@Suite struct TimestampTests {
    @Test func instantsAreWrittenAndRead() {
        // 20,000 days are 2024-10-04.
        let instant = Timestamp(milliseconds: 20_000 * 86_400_000 + 3_661_007)
        #expect(instant.description == "2024-10-04T01:01:01.007Z")
        #expect(Timestamp("2024-10-04T01:01:01.007Z") == instant)
        #expect(Timestamp("2024-10-04T01:01:01Z") == Timestamp(milliseconds: 20_000 * 86_400_000 + 3_661_000))
        #expect(Timestamp("1969-12-31T23:59:59.9Z") == Timestamp(milliseconds: -100))
        #expect(Timestamp(milliseconds: -1).description == "1969-12-31T23:59:59.999Z")
    }

    @Test(arguments: [
        "", "2024-10-04", "2024-10-04T24:00:00Z", "2024-10-04T01:60:00Z", "2024-10-04T01:01:01", "2024-10-04T01:01:01.Z",
        "2024-10-04T01:01:01+08:00", "2024-10-04 01:01:01Z", "2024-02-30T00:00:00Z", "2024-10-04T01:01:01.0001Z",
    ])
    func whatIsNoInstantIsRefused(text: String) { #expect(Timestamp(text) == nil) }
}

@Suite struct IdentifierTests {
    private enum Thing {}

    @Test func randomIdentifiersDifferAndAreAcceptedBack() {
        let ids = (0..<1000).map { _ in Identifier<Thing>.random() }
        #expect(Set(ids).count == 1000)
        #expect(ids.allSatisfy { $0.rawValue.utf8.count == 26 && Identifier<Thing>($0.rawValue) == $0 })
    }

    @Test(arguments: ["", "a b", "a/b", "é", "a\0", "a'", String(repeating: "a", count: 65)])
    func whatIsNoIdentifierIsRefused(text: String) { #expect(Identifier<Thing>(text) == nil) }
}
