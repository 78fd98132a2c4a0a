import Basics
import Foundation
import Testing

@Suite struct BusinessZoneTests {
    private func instant(_ text: String) throws -> Timestamp { try #require(Timestamp(text)) }
    private func date(_ text: String) throws -> BusinessDate { try #require(BusinessDate(text)) }

    @Test func aDayInShanghaiBeginsAt16UTC() throws {
        let zone = BusinessZone.shanghai
        #expect(zone.start(of: try date("2026-11-23")) == (try instant("2026-11-22T16:00:00Z")))
        #expect(zone.date(of: try instant("2026-11-22T15:59:59.999Z")) == (try date("2026-11-22")))
        #expect(zone.date(of: try instant("2026-11-22T16:00:00Z")) == (try date("2026-11-23")))
        let december = try #require(BusinessMonth("2026-12"))
        #expect(zone.start(of: december) == (try instant("2026-11-30T16:00:00Z")))
        #expect(zone.end(of: december) == (try instant("2026-12-31T16:00:00Z")))
        #expect(zone.month(of: try instant("2026-11-30T16:00:00Z")) == december)
        let clock = zone.clock(of: try instant("2026-11-23T00:05:09Z"))
        #expect(clock.hour == 8 && clock.minute == 5 && clock.second == 9)
    }

    @Test func shanghaiHadSummerTimeIn1988() throws {
        // UTC+9 from 1988-04-17 02:00 to 1988-09-11 02:00.
        #expect(BusinessZone.shanghai.offset(at: try instant("1988-07-01T00:00:00Z")) == 9 * 3600)
        #expect(BusinessZone.shanghai.offset(at: try instant("1988-12-01T00:00:00Z")) == 8 * 3600)
    }

    @Test func daysOfAZoneWithSummerTimeLast23And25Hours() throws {
        let zone = try BusinessZone("America/New_York")
        // Clocks go from 02:00 to 03:00 on 2026-03-08 and from 02:00 back to 01:00 on 2026-11-01. 2055 comes from the rule after the table.
        for (day, hours) in [("2026-03-08", 23), ("2026-03-09", 24), ("2026-11-01", 25), ("2055-03-14", 23), ("2055-11-07", 25)] {
            let length = zone.end(of: try date(day)).milliseconds(since: zone.start(of: try date(day)))
            #expect(length == Int64(hours) * 3_600_000, "\(day)")
        }
        #expect(zone.start(of: try date("2026-07-01")) == (try instant("2026-07-01T04:00:00Z")))
    }

    @Test func aDayWhoseMidnightIsSkippedBeginsAfterTheGap() throws {
        // São Paulo's clocks went from 2018-11-04 00:00 (UTC-3) to 01:00 (UTC-2).
        let zone = try BusinessZone("America/Sao_Paulo")
        #expect(zone.start(of: try date("2018-11-04")) == (try instant("2018-11-04T03:00:00Z")))
        #expect(zone.date(of: try instant("2018-11-04T02:59:59Z")) == (try date("2018-11-03")))
        #expect(zone.date(of: try instant("2018-11-04T03:00:00Z")) == (try date("2018-11-04")))
    }

    @Test func aDayThatWasSkippedIsEmpty() throws {
        // Samoa crossed the date line after 2011-12-29, 24:00 at UTC-10: the next instant was 2011-12-31.
        let zone = try BusinessZone("Pacific/Apia")
        #expect(zone.start(of: try date("2011-12-30")) == (try instant("2011-12-30T10:00:00Z")))
        #expect(zone.start(of: try date("2011-12-31")) == (try instant("2011-12-30T10:00:00Z")))
        #expect(zone.date(of: try instant("2011-12-30T10:00:00Z")) == (try date("2011-12-31")))
    }

    @Test func aDayThatClocksWentBackIntoIsNotBegunTwice() throws {
        // St. John's went from 00:01 (UTC-2:30) back to 23:01 of the day before on 2006-10-29.
        let zone = try BusinessZone("America/St_Johns")
        #expect(zone.start(of: try date("2006-10-29")) == (try instant("2006-10-29T02:30:00Z")))
        #expect(zone.clock(of: try instant("2006-10-29T02:45:00Z")).date == (try date("2006-10-28")))
        #expect(zone.date(of: try instant("2006-10-29T02:45:00Z")) == (try date("2006-10-29")))
    }

    static let zones = [
        "Asia/Shanghai", "America/New_York", "Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Sao_Paulo",
        "Pacific/Apia",
        "America/St_Johns", "Pacific/Chatham", "UTC",
    ]

    @Test(arguments: zones) func offsetsAgreeWithFoundation(name: String) throws {
        let zone = try BusinessZone(name)
        let oracle = try #require(TimeZone(identifier: name))
        var generator = Seeded(3)
        for _ in 0..<2000 {
            // 1975 … 2060
            let second = Int64.random(in: 157_766_400...2_840_140_800, using: &generator)
            let ours = zone.offset(at: Timestamp(milliseconds: second * 1000))
            let theirs = oracle.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(second)))
            #expect(ours == Int64(theirs), "\(name) at \(second)")
        }
    }

    @Test(arguments: zones) func everyInstantLiesInExactlyOneDay(name: String) throws {
        let zone = try BusinessZone(name)
        var generator = Seeded(5)
        for _ in 0..<2000 {
            let milliseconds = Int64.random(in: 0...4_000_000_000_000, using: &generator)
            let time = Timestamp(milliseconds: milliseconds)
            let day = zone.date(of: time)
            #expect(zone.start(of: day) <= time && time < zone.end(of: day))
            #expect(zone.date(of: time.adding(milliseconds: Int64.random(in: 0...200_000_000, using: &generator))) >= day)
            #expect(zone.end(of: day) == zone.start(of: day.adding(days: 1)))
        }
    }

    @Test(arguments: [
        "", "Nowhere/City", "../../etc/passwd", "/etc/localtime", "Asia/Shanghai/", "Asia//Shanghai", "亚洲/上海", "Asia",
    ])
    func whatIsNoZoneIsRefused(name: String) {
        #expect(throws: Fault(.unknownZone, "")) { try BusinessZone(name) }
    }

    @Test func brokenZoneFilesAreRefusedOrReadButNeverTrap() throws {
        let whole = Array(try Data(contentsOf: URL(fileURLWithPath: "/usr/share/zoneinfo/America/New_York")))
        #expect(ZoneFile.parse(whole) != nil)
        for length in stride(from: 0, to: whole.count, by: 7) { _ = ZoneFile.parse(Array(whole[..<length])) }
        var generator = Seeded(9)
        for _ in 0..<2000 {
            var bytes = whole
            for _ in 0..<3 {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            guard let rules = ZoneFile.parse(bytes) else { continue }
            let zone = BusinessZone(name: "broken", rules: rules)
            _ = zone.start(
                of: zone.date(of: Timestamp(milliseconds: Int64.random(in: -1 << 45...1 << 45, using: &generator))))
        }
    }

    @Test(arguments: [
        "CST-8", "EST5EDT,M3.2.0,M11.1.0", "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "<-02>2<-01>,M3.5.0/-1,M10.5.0/0",
        "XXX3YYY,J60/2,300",
    ])
    func rulesAreParsed(text: String) { #expect(PosixZone(text) != nil) }

    @Test(arguments: [
        "", "E", "EST", "EST5EDT", "EST5EDT,M13.1.0,M11.1.0", "EST5EDT,M3.2.0,M11.1.0x", "EST999", "EST5EDT,J0,J1", "<EST5",
    ])
    func whatIsNoRuleIsRefused(text: String) { #expect(PosixZone(text) == nil) }
}
