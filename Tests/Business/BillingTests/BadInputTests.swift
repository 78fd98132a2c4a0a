import Basics
import Billing
import Charging
import Storage
import StorageTestSupport
import Testing

/// What should not come and comes: a clock that jumps back, a month with no days left, a list of prices with a gap. The books are as they should be.
@Suite("Bad input, on both engines", .serialized)
struct BadInputTests {
    /// The clock jumps back from 20 February to 3 February: nothing is invoiced, noticed or suspended twice, nothing is taken back.
    @Test func aClockThatJumpsBack() async throws {
        try await Household.play { house in
            try await house.call("c1", seconds: 200, "2027-01-05")
            for date in ["2027-02-01", "2027-02-20"] { try await house.watch(date) }
            try await house.pay("p1", fen(40), "2027-02-20")
            let (owed, before) = (try await house.owes("2027-02-20"), try await house.dump())
            for date in ["2027-02-03", "2027-01-15", "2027-02-20"] { try await house.watch(date) }
            #expect(try await house.dump() == before)
            #expect(try await house.owes("2027-02-20") == owed)
            // A payment of a day that has not come by the clock that jumped back is refused; one of today is taken.
            await #expect(throws: Fault(.dayRefused, "")) {
                try await house.pay("p2", fen(10), "2027-02-03", dated: "2027-02-20")
            }
            #expect(try await house.dump() == before)
            try await house.pay("p2", fen(10), "2027-02-03")
            #expect(try await house.findings() == [])
        }
    }

    /// A month that is not over is not invoiced; a rent that ended before the month, or begins after it, has no day in it and no line.
    @Test func aMonthWithNoDaysLeft() async throws {
        try await Household.play { house in
            let before = try await house.dump()
            await #expect(throws: Fault(.monthNotOver, "")) {
                try await house.bill("2027-01", on: "2027-01-31", charges: [Household.rent])
            }
            for (from, through) in [("2026-11-01", "2026-12-31"), ("2027-02-01", "2027-02-28"), ("2027-01-20", "2027-01-19")] {
                let rent = InvoiceableCharge.rent(
                    id: "r", name: ChargeName(chinese: "月租", english: "Rent"), monthly: Money(yuan: 100), from: day(from),
                    through: day(through))
                #expect(try await house.bill("2027-01", on: "2027-02-02", charges: [rent]) == nil)
            }
            #expect(try await house.dump() == before)
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
