import Basics
import Billing
import Charging
import Storage
import StorageTestSupport
import Testing

/// What should not come and comes: a month with no days left, a list of prices with a gap. The books are as they should be.
@Suite("Bad input, on both engines", .serialized)
struct BadInputTests {
    /// A month that is not over is not invoiced; a rent that ended before the month, or begins after it, has no day in it and no line.
    @Test func aMonthWithNoDaysLeft() async throws {
        try await Household.play { house in
            let before = try await house.books()
            await #expect(throws: Fault(.monthNotOver, "")) {
                try await house.bill("2027-01", on: "2027-01-31", charges: [Household.rent])
            }
            for (from, through) in [("2026-11-01", "2026-12-31"), ("2027-02-01", "2027-02-28"), ("2027-01-20", "2027-01-19")] {
                let rent = InvoiceableCharge.rent(
                    id: "r", name: ChargeName(chinese: "月租", english: "Rent"), monthly: Money(yuan: 100), from: day(from),
                    through: day(through))
                #expect(try await house.bill("2027-01", on: "2027-02-02", charges: [rent]) == nil)
            }
            let after = try await house.books()
            #expect(after == before)
        }
    }

    /// A rent until the 10th and another from the 21st: ten days in between are nobody's, 10 + 11 of 31 days are asked for.
    @Test func aPriceListWithAGap() async throws {
        try await Household.play { house in
            let rents = [("a", "2026-12-01", "2027-01-10"), ("b", "2027-01-21", "2027-01-31")].map { id, from, through in
                InvoiceableCharge.rent(
                    id: id, name: ChargeName(chinese: "月租", english: "Rent"), monthly: Money(yuan: 310), tax: .none,
                    from: day(from), through: day(through))
            }
            let invoice = try await house.bill("2027-01", on: "2027-02-02", charges: rents)
            #expect(invoice?.lines.map(\.quantity) == [10, 11])
            #expect(invoice?.lines.map(\.total) == [Money(yuan: 100), Money(yuan: 110)])
            #expect(try await house.findings() == [])
        }
    }
}

extension Household {
    /// Everything but when the ladder and the runs look next.
    fileprivate func books() async throws -> String {
        try await dump().split(separator: "\n").filter { !$0.contains("\"next_look\"") && !$0.contains("\"finished_at\"") }
            .joined(separator: "\n")
    }
}
