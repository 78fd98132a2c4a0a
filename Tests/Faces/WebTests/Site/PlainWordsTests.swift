import Basics
import Customers
import Testing
import Web

@Suite struct PlainWordsTests {
    @Test func aPriceIsNeverRounded() {
        // 5,000 micro-yuan × 60 = 300,000 = 0.30 yuan; 3,333 × 60 = 199,980 = 0.19998 yuan.
        #expect(PlainWords.pricePerMinute(Money(micros: 5_000)) == "¥0.30")
        #expect(PlainWords.pricePerMinute(Money(micros: 3_333)) == "¥0.19998")
        #expect(PlainWords.pricePerMinute(Money(micros: 20_000)) == "¥1.20")
    }

    @Test func daysReadAsPeopleWriteThem() throws {
        let day = try #require(BusinessDate(year: 2026, month: 11, day: 3))
        #expect(PlainWords.day(day, .chinese) == "2026年11月3日")
        #expect(PlainWords.day(day, .english) == "3 Nov 2026")
    }
}
