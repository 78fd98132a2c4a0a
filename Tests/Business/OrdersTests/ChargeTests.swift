import Agreement
import Basics
import Lines
import Orders
import Storage
import StorageTestSupport
import Testing

@Suite("Charges, to the business day, on both engines")
struct ChargeTests {
    let family = StandardCatalogue.family
    let messages = StandardCatalogue.missedCallMessages

    /// The day of a change belongs to the new plan, so that no day is paid twice; of two changes on one day the last one counts.
    @Test func noDayIsPaidTwice() async throws {
        try await Shop.open { shop in
            let (customer, line) = try await shop.customer(ordered: true)
            try await shop.order(
                "o1", customer, .changePlan(line: line, plan: family, start: .now), at: at("2026-10-10T04:00:00Z"))
            let business = StandardCatalogue.business
            try await shop.order(
                "o2", customer, .changePlan(line: line, plan: business, start: .now), at: at("2026-10-10T05:00:00Z"))
            // 16:00 UTC on the 14th is the 15th in Shanghai.
            try await shop.order(
                "o3", customer, .changePlan(line: line, plan: family, start: .now), at: at("2026-10-14T16:00:00Z"))
            #expect(
                try await shop.rents(customer, in: "2026-10") == [
                    "business 99 2026-10-10…2026-10-14", "family 29 2026-10-15…", "standard 10 2026-09-21…2026-10-09",
                ])
            #expect(try await shop.rents(customer, in: "2026-11") == ["family 29 2026-10-15…"])
            #expect(try await shop.rents(customer, in: "2026-08") == [])
        }
    }

    /// Who ordered nothing owes no rent (clause 2), whatever the list says; an order on 1 December makes it ¥12 from that day.
    @Test func aLineWithoutAnOrderOwesNoRent() async throws {
        try await Shop.open { shop in
            let (customer, line) = try await shop.customer()
            try await shop.publish(StandardCatalogue.standard, monthly: 12, from: day("2026-11-15"), at: noon)
            #expect(try await shop.rents(customer, in: "2026-10") == [])
            #expect(try await shop.rents(customer, in: "2026-11") == [])
            try await shop.order(
                "o1", customer, .changePlan(line: line, plan: StandardCatalogue.standard, start: .now),
                at: at("2026-12-01T04:00:00Z"))
            #expect(try await shop.rents(customer, in: "2026-12") == ["standard 12 2026-12-01…"])
            #expect(try await shop.rents(customer, in: "2026-11") == [])
        }
    }

    /// An add-on is paid from the day it was ordered to the day it was given up, both included; ordered anew it begins anew.
    @Test func anAddOnIsPaidForTheDaysOnWhichItWasThere() async throws {
        try await Shop.open { shop in
            let (customer, line) = try await shop.customer()
            let (first, last, again) = (at("2026-10-05T04:00:00Z"), at("2026-10-20T15:59:59Z"), at("2026-10-25T04:00:00Z"))
            try await shop.order("o1", customer, .addAddOn(line: line, addOn: messages), at: first)
            try await shop.order("o2", customer, .removeAddOn(line: line, addOn: messages), at: last)
            await #expect(throws: Fault(.addOnUnknown, "")) {
                try await shop.order("o3", customer, .removeAddOn(line: line, addOn: messages), at: last)
            }
            try await shop.order("o4", customer, .addAddOn(line: line, addOn: messages), at: again)
            #expect(
                try await shop.rents(customer, in: "2026-10").filter { $0.hasPrefix("missed") } == [
                    "missed-call-messages 5 2026-10-05…2026-10-20", "missed-call-messages 5 2026-10-25…",
                ])
            let charges = try await shop.read { tx throws(Fault) in
                try recurringCharges(of: customer, in: BusinessMonth(of: day("2026-10-01")), in: tx, zone: shanghai)
            }
            let days = charges.filter { $0.item == messages }.map { $0.days(in: BusinessMonth(of: day("2026-10-01"))) }
            #expect(days == [day("2026-10-05")...day("2026-10-20"), day("2026-10-25")...day("2026-10-31")])
            #expect(charges.first { $0.item == messages }?.orderNumber == "DD-2026-000001")
            #expect(charges.first { $0.item == messages }?.taxPermille == 60)
        }
    }

    @Test func whatEndsWithTheLineIsPaidToItsLastDay() async throws {
        try await Shop.open { shop in
            let (customer, line) = try await shop.customer(ordered: true)
            try await shop.order("o1", customer, .addAddOn(line: line, addOn: messages), at: noon)
            try await shop.write { tx throws(Fault) in
                try endLine(line, clause: 5, by: "system", in: tx, at: at("2026-10-31T15:59:59Z"), zone: shanghai)
            }
            #expect(
                try await shop.rents(customer, in: "2026-10") == [
                    "missed-call-messages 5 2026-09-21…2026-10-31", "standard 10 2026-09-21…2026-10-31",
                ])
            #expect(try await shop.rents(customer, in: "2026-11") == [])
        }
    }

    @Test func aPreviewOfTheFinalInvoiceStopsOnTheWishedDay() async throws {
        try await Shop.open { shop in
            let (customer, _) = try await shop.customer(ordered: true)
            #expect(
                try await shop.rents(customer, in: "2026-10", endingOn: day("2026-10-12")) == [
                    "standard 10 2026-09-21…2026-10-12"
                ])
            #expect(try await shop.rents(customer, in: "2026-11", endingOn: day("2026-10-12")) == [])
        }
    }

    @Test func spansAreCutAtChangesAndGaps() {
        let span = ChargeSpan(from: day("2028-02-01"), until: day("2028-03-31"), monthly: Money(yuan: 10))
        let cut = priced(
            span,
            changes: [
                (day("2028-03-01"), Money(yuan: 13)), (day("2028-02-29"), Money(yuan: 12)), (day("2028-02-01"), Money(yuan: 1)),
                (day("2028-04-01"), Money(yuan: 99)),
            ])
        #expect(
            cut == [
                ChargeSpan(from: day("2028-02-01"), until: day("2028-02-28"), monthly: Money(yuan: 10)),
                ChargeSpan(from: day("2028-02-29"), until: day("2028-02-29"), monthly: Money(yuan: 12)),
                ChargeSpan(from: day("2028-03-01"), until: day("2028-03-31"), monthly: Money(yuan: 13)),
            ])
        let middle = Gap(from: day("2028-02-10"), until: day("2028-02-20"))
        #expect(without(middle, span).map(\.from) == [day("2028-02-01"), day("2028-02-21")])
        #expect(without(middle, span).map(\.until) == [day("2028-02-09"), day("2028-03-31")])
        #expect(without(Gap(from: day("2028-01-01"), until: nil), span) == [])
        #expect(without(Gap(from: day("2028-04-01"), until: nil), span) == [span])
        #expect(without(Gap(from: day("2028-01-01"), until: day("2028-01-31")), span) == [span])
    }
}
