import Access
import Agreement
import Basics
import Customers
import Lines
import Orders
import Storage
import StorageTestSupport
import Testing

let noon = Timestamp(milliseconds: 1_790_000_000_000)
let schema =
    AccessSchema.migrations + CustomersSchema.migrations + AgreementSchema.migrations + LinesSchema.migrations
    + OrdersSchema.migrations

@Suite("The price in force")
struct PriceRulesTests {
    let plan = Plan.standardID

    @Test func isTheLatestThatHasCome() {
        let prices = [
            price(.video, 5_000, 100), price(.audio, 2_000, 100), price(.video, 6_000, 200), price(.video, 1, 300, "other"),
        ]
        #expect(priceInForce(prices, plan: plan, kind: .video, at: at(99)) == nil)
        #expect(priceInForce(prices, plan: plan, kind: .video, at: at(100))?.perSecond.micros == 5_000)
        #expect(priceInForce(prices, plan: plan, kind: .video, at: at(199))?.perSecond.micros == 5_000)
        #expect(priceInForce(prices, plan: plan, kind: .video, at: at(200))?.perSecond.micros == 6_000)
        #expect(priceInForce(prices, plan: plan, kind: .video, at: at(900))?.perSecond.micros == 6_000)
        #expect(priceInForce(prices, plan: plan, kind: .audio, at: at(900))?.perSecond.micros == 2_000)
        #expect(nextPriceChange(prices, plan: plan, kind: .video, after: at(100)) == at(200))
        #expect(nextPriceChange(prices, plan: plan, kind: .video, after: at(200)) == nil)
    }

    /// ¥0.30 and ¥0.12 a minute: 5000 and 2000 micro-yuan a second, times 60.
    @Test func theStandardPricesAreThirtyAndTwelveFenAMinute() {
        #expect(standardPrices[.video].map { ($0 * 60).fen } == 30)
        #expect(standardPrices[.audio].map { ($0 * 60).fen } == 12)
    }

    private func price(_ kind: CallKind, _ micros: Int64, _ from: Int64, _ plan: String = "standard") -> Price {
        Price(plan: PlanID(trusted: plan), kind: kind, perSecond: Money(micros: micros), effectiveFrom: at(from))
    }

    private func at(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds) }
}

@Suite("Publishing prices, on both engines")
struct PublishPricesTests {
    @Test func theStandardPlanIsMadeOnce() async throws {
        try await withDatabases(schema) { database in
            for day in 0..<3 {
                try await database.write { tx throws(Fault) in
                    try ensureStandardPlan(in: tx, at: noon.adding(seconds: Int64(day) * 86_400))
                }
            }
            let published = try await database.read { tx throws(Fault) in try publishedPrices(in: tx) }
            #expect(published.map(\.kind) == [.video, .audio])
            #expect(published.map(\.effectiveFrom) == [noon, noon])
        }
    }

    @Test func aChangeHasItsOwnDateAndTheOldPriceStays() async throws {
        try await withDatabases(schema) { database in
            try await database.write { tx throws(Fault) in try ensureStandardPlan(in: tx, at: noon) }
            let later = noon.adding(seconds: 3_600)
            _ = try await publish(9_000, 3_000, later, database)
            let prices = try await database.read { tx throws(Fault) in try Orders.prices(of: Plan.standardID, in: tx) }
            #expect(prices.map(\.perSecond.micros) == [5_000, 2_000, 9_000, 3_000])
            let before = priceInForce(prices, plan: Plan.standardID, kind: .video, at: later.adding(milliseconds: -1))
            #expect(before?.perSecond.micros == 5_000)
            // The same date again is an edit, which there is not.
            await #expect(throws: Fault(.pricePublished, "")) { try await publish(1, 1, later, database) }
        }
    }

    @Test func impossibleListsAreRefusedAndLeaveNothing() async throws {
        try await withDatabases(schema) { database in
            try await database.write { tx throws(Fault) in try ensureStandardPlan(in: tx, at: noon) }
            let later = noon.adding(seconds: 60)
            await #expect(throws: Fault(.priceInThePast, "")) { try await publish(1, 1, noon.adding(milliseconds: -1), database) }
            await #expect(throws: Fault(.impossiblePrice, "")) { try await publish(1, -1, later, database) }
            await #expect(throws: Fault(.impossiblePrice, "")) { try await publish(Int64.max, 1, later, database) }
            await #expect(throws: Fault(.priceMissing, "")) { try await publish(1, nil, later, database) }
            await #expect(throws: Fault(.unknownPlan, "")) { try await publish(1, 1, later, database, "no-such-plan") }
            #expect(try await database.read { tx throws(Fault) in try publishedPrices(in: tx).count } == 2)
        }
    }

    private func publish(
        _ video: Int64, _ audio: Int64?, _ from: Timestamp, _ database: any Database, _ plan: String = "standard"
    ) async throws(Fault) -> [Price] {
        var amounts: [CallKind: Money] = [.video: Money(micros: video)]
        if let audio { amounts[.audio] = Money(micros: audio) }
        let request = PublishPricesRequest(plan: PlanID(trusted: plan), perSecond: amounts, effectiveFrom: from, by: "staff:1")
        return try await database.write { tx throws(Fault) in try publishPrices(request, in: tx, at: noon) }
    }
}
