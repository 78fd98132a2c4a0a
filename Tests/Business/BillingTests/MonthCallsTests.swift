import Basics
import Billing
import Charging
import Storage
import StorageTestSupport
import Testing

@Suite("The detailed list of a month's calls, on both engines", .serialized)
struct MonthCallsTests {
    /// By hand, at ¥0.005 a second: 100 s on the 5th are ¥0.50; 30 s across midnight of 30 November, ten of them in November, are ¥0.05 and ¥0.10.
    @Test func aCallAcrossTheEndOfAMonthStandsInBothWithItsShare() async throws {
        try await Household.play { house in
            try await house.call("first", seconds: 100, "2026-11-05")
            let midnight = Household.zone.start(of: day("2026-12-01"))
            try await house.talk("across", seconds: 30, from: midnight.adding(seconds: -10), to: midnight.adding(seconds: 20))
            let november = try await list(house, "2026-11-01")
            #expect(november.page.calls.map(\.cost) == [Money(micros: 50_000), Money(micros: 500_000)])
            #expect(november.page.calls.map(\.seconds) == [30, 100] && november.page.next == nil)
            #expect(november.sums.map(\.cost) == [Money(micros: 550_000)] && november.sums.map(\.calls) == [2])
            let december = try await list(house, "2026-12-01")
            #expect(december.page.calls.map(\.cost) == [Money(micros: 100_000)])
            #expect(try await list(house, "2026-10-01").page.calls == [])
        }
    }

    @Test func itComesInPagesAndNamesTheInvoice() async throws {
        try await Household.play { house in
            for number in 1...5 { try await house.call("call-\(number)", seconds: 10, "2026-11-0\(number)") }
            let invoice = try await house.bill("2026-11", on: "2026-12-01")
            let first = try await list(house, "2026-11-01", limit: 3).page
            #expect(first.calls.map(\.invoice) == [invoice?.number, invoice?.number, invoice?.number])
            let second = try await list(house, "2026-11-01", before: first.next, limit: 3).page
            #expect((first.calls + second.calls).map(\.call).count == 5 && second.next == nil)
            #expect(Set((first.calls + second.calls).map(\.call)).count == 5)
            await #expect(throws: Fault(.badCursor, "")) { try await list(house, "2026-11-01", before: "x") }
        }
    }

    private func list(
        _ house: Household, _ from: String, before: String? = nil, limit: Int = 100
    ) async throws -> (page: MonthCallPage, sums: [MonthSum]) {
        let month = BusinessMonth(of: day(from))
        return try await house.database.read { tx throws(Fault) in
            (
                try monthCalls(
                    of: house.account, in: month, before: before, limit: limit, in: tx, zone: Household.zone),
                try monthSums(of: house.account, in: month, in: tx, zone: Household.zone)
            )
        }
    }
}
