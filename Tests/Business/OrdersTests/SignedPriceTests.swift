import Access
import Agreement
import Basics
import Customers
import Lines
import Orders
import Storage
import StorageTestSupport
import Testing

@Suite("Signed prices, on both engines")
struct SignedPriceTests {
    let family = StandardCatalogue.family

    /// Two lines on the family plan, one by an order of 21 September, one without: the list of 1 December raises the second one alone, at
    /// midnight in Shanghai.
    @Test func aPriceListLeavesSignedOrdersOnTheirPrice() async throws {
        try await Shop.open { shop in
            let (signed, signedLine) = try await shop.customer("60000001")
            let (_, listedLine) = try await shop.customer("60000002")
            try await shop.order("o1", signed, .changePlan(line: signedLine, plan: family, start: .now), at: noon)
            try await shop.write { tx throws(Fault) in
                try assignPlan(PlanID(trusted: "family"), to: listedLine, by: "system", in: tx, at: noon)
            }
            try await shop.publish(family, monthly: 49, video: 6_000, from: day("2026-12-01"), at: noon)
            let midnight = at("2026-11-30T16:00:00Z")
            #expect(try await shop.videoPrice(signedLine, at: midnight.adding(milliseconds: -1)) == 3_000)
            #expect(try await shop.videoPrice(listedLine, at: midnight.adding(milliseconds: -1)) == 3_000)
            #expect(try await shop.videoPrice(signedLine, at: midnight) == 3_000)
            #expect(try await shop.videoPrice(listedLine, at: midnight) == 6_000)
            #expect(try await shop.videoPrice(signedLine, at: at("2036-01-01T00:00:00Z")) == 3_000)
            #expect(try await shop.rents(signed, in: "2026-12").contains("family 29 2026-09-21…"))
            // The customer orders the plan anew and is on the new list from then on.
            let later = at("2027-03-01T04:00:00Z")
            try await shop.order("o2", signed, .changePlan(line: signedLine, plan: family, start: .now), at: later)
            #expect(try await shop.videoPrice(signedLine, at: later.adding(milliseconds: -1)) == 3_000)
            #expect(try await shop.videoPrice(signedLine, at: later) == 6_000)
        }
    }

    /// Ordered on 31 January 2028 for the next month, with a list for 1 February and one for 29 February: the order is signed at the price
    /// of its first day, 1 February, and the leap day's list does not touch it.
    @Test func anOrderOnTheLastOfJanuaryForTheNextMonth() async throws {
        try await Shop.open(since: at("2028-01-01T04:00:00Z")) { shop in
            let (customer, line) = try await shop.customer(ordered: true)
            try await shop.publish(family, monthly: 31, video: 3_100, from: day("2028-02-01"), at: at("2028-01-02T04:00:00Z"))
            try await shop.publish(family, monthly: 33, video: 3_300, from: day("2028-02-29"), at: at("2028-01-02T04:00:00Z"))
            let lastMinute = at("2028-01-31T15:59:59.999Z")
            let content = OrderContent.changePlan(line: line, plan: family, start: .nextMonth)
            let preview = try await shop.preview(customer, content, at: lastMinute)
            #expect(preview.effectiveOn == day("2028-02-01"))
            #expect(preview.monthly == Money(yuan: 31))
            let order = try await shop.order("o1", customer, content, seen: preview.mark, at: lastMinute)
            #expect(order.state == .inProgress)
            #expect(try await shop.videoPrice(line, at: lastMinute) == 5_000)
            #expect(try await shop.videoPrice(line, at: at("2028-01-31T16:00:00Z")) == 3_100)
            #expect(try await shop.videoPrice(line, at: at("2028-02-28T16:00:00Z")) == 3_100)
            #expect(try await shop.rents(customer, in: "2028-01") == ["standard 10 2028-01-01…2028-01-31"])
            #expect(try await shop.rents(customer, in: "2028-02") == ["family 31 2028-02-01…"])
            // The daily close finds it done on the day, and once.
            let close: @Sendable (Timestamp) async throws -> Int = { now in
                try await shop.write { tx throws(Fault) in try advanceDueOrders(in: tx, at: now, zone: shanghai) }
            }
            #expect(try await close(lastMinute) == 0)
            #expect(try await close(at("2028-01-31T16:00:00Z")) == 1)
            #expect(try await close(at("2028-02-05T16:00:00Z")) == 0)
            #expect(
                try await shop.read { tx throws(Fault) in try Orders.order(order.id, of: customer, in: tx).state } == .completed)
        }
    }

    /// A minute after midnight the next month is March: 1 February has begun already in Shanghai, while UTC still writes 31 January.
    @Test func aMinuteAfterMidnightItIsTheMonthAfter() async throws {
        try await Shop.open(since: at("2028-01-01T04:00:00Z")) { shop in
            let (customer, line) = try await shop.customer()
            let content = OrderContent.changePlan(line: line, plan: family, start: .nextMonth)
            let preview = try await shop.preview(customer, content, at: at("2028-01-31T16:01:00Z"))
            #expect(preview.effectiveOn == day("2028-03-01"))
        }
    }

    @Test func aChangeThatWaitsIsTakenBackBeforeItsDayAndNotAfter() async throws {
        try await Shop.open { shop in
            let (customer, line) = try await shop.customer(ordered: true)
            let order = try await shop.order("o1", customer, .changePlan(line: line, plan: family, start: .nextMonth), at: noon)
            await #expect(throws: Fault(.planChangeWaiting, "")) {
                try await shop.order(
                    "o2", customer, .changePlan(line: line, plan: StandardCatalogue.business, start: .now), at: noon)
            }
            let cancelled = try await shop.write { tx throws(Fault) in
                try cancelOrder(order.id, of: customer, in: tx, at: noon, zone: shanghai)
            }
            #expect(cancelled.state == .cancelled)
            #expect(try await shop.videoPrice(line, at: at("2026-10-01T04:00:00Z")) == 5_000)
            #expect(try await shop.rents(customer, in: "2026-10") == ["standard 10 2026-09-21…"])
            let second = try await shop.order("o3", customer, .changePlan(line: line, plan: family, start: .nextMonth), at: noon)
            await #expect(throws: Fault(.orderState, "")) {
                try await shop.write { tx throws(Fault) in
                    try cancelOrder(second.id, of: customer, in: tx, at: at("2026-09-30T16:00:00Z"), zone: shanghai)
                }
            }
        }
    }

    /// A version published on 31 October 2026 moves the family plan. The window is one month of that version's predecessor: its last day is
    /// 30 November (31 does not exist), silence binds on 1 December. From midnight of that day the signed order is on the list of that day;
    /// the list of January does not touch it again.
    @Test func aChangeOfTheAgreementMovesSignedPricesOnTheDayItBinds() async throws {
        try await Shop.open { shop in
            let (customer, line) = try await shop.customer()
            try await shop.order("o1", customer, .changePlan(line: line, plan: family, start: .now), at: noon)
            try await shop.publish(family, monthly: 49, video: 6_000, from: day("2026-10-15"), at: noon)
            try await shop.publish(family, monthly: 59, video: 7_000, from: day("2027-01-01"), at: noon)
            try await announce(moving: family, at: at("2026-10-31T04:00:00Z"), shop)
            let midnight = at("2026-11-30T16:00:00Z")
            #expect(try await shop.videoPrice(line, at: midnight.adding(milliseconds: -1)) == 3_000)
            #expect(try await shop.videoPrice(line, at: midnight) == 6_000)
            #expect(try await shop.videoPrice(line, at: at("2027-06-01T00:00:00Z")) == 6_000)
            #expect(try await shop.rents(customer, in: "2026-11").contains("family 29 2026-09-21…"))
            #expect(try await shop.rents(customer, in: "2026-12").contains("family 49 2026-12-01…"))
            // Whoever orders after the version binds is on the price of the order.
            try await shop.order(
                "o2", customer, .changePlan(line: line, plan: family, start: .now), at: at("2027-02-01T04:00:00Z"))
            #expect(try await shop.videoPrice(line, at: at("2027-02-01T04:00:00Z")) == 7_000)
        }
    }

    @Test func pricesMoveOnlyWithAVersionThatIsNotAnnouncedYet() async throws {
        try await Shop.open { shop in
            let act = try StaffAct(staff: StaffID(trusted: "b1"), roles: [.billing], purpose: "yearly change")
            let first = try await shop.read { tx throws(Fault) in try currentVersion(in: tx) }
            let version = try #require(first?.id)
            await #expect(throws: Fault(.versionAnnounced, "")) {
                try await shop.write { tx throws(Fault) in
                    try moveSignedPrices(of: StandardCatalogue.family, with: version, by: act, in: tx, at: noon)
                }
            }
        }
    }

    /// The rule alone. Version 1 is signed on 21 September; 2 is published on 1 October, its silence would bind on 2 November; 3 is
    /// published on 15 October and accepted on 20 October, so that 2 is passed over and its move comes with 3. 4 is never answered.
    @Test func aVersionThatWasPassedOverMovesWithTheOneThatBound() {
        let facts = AgreementFacts(
            signed: edition(1, "2026-09-01"), inForceSince: day("2026-09-21"),
            later: [edition(2, "2026-10-01"), edition(3, "2026-10-15"), edition(4, "2026-10-25")],
            acceptances: [3: day("2026-10-20")])
        let windows = changeWindows(facts: facts, on: day("2026-11-10"))
        let ordered = day("2026-09-21")
        #expect(priceMoves(versions: [2], orderedOn: ordered, windows: windows) == [day("2026-10-20")])
        #expect(priceMoves(versions: [2, 3], orderedOn: ordered, windows: windows) == [day("2026-10-20")])
        #expect(priceMoves(versions: [4], orderedOn: ordered, windows: windows) == [])
        #expect(priceMoves(versions: [3], orderedOn: day("2026-10-20"), windows: windows) == [])
        #expect(priceMoves(versions: [], orderedOn: ordered, windows: windows) == [])
    }

    private func edition(_ number: Int, _ published: String) -> AgreementFacts.Edition {
        AgreementFacts.Edition(
            id: VersionID(trusted: "v\(number)"), number: number, terms: .standard(provider), published: day(published))
    }

    private func announce(moving item: CatalogueItemID, at now: Timestamp, _ shop: Shop) async throws {
        let billing = try StaffAct(staff: StaffID(trusted: "b1"), roles: [.billing], purpose: "yearly change")
        let legal = try StaffAct(staff: StaffID(trusted: "l1"), roles: [.legal], purpose: "yearly change")
        try await shop.write { tx throws(Fault) in
            guard let current = try currentVersion(in: tx) else { throw Fault(.nothingPublished, "") }
            let draft = try draftVersion(
                VersionID(trusted: "v2"),
                DraftContent(
                    terms: current.terms, text: current.text,
                    summary: Wording(zh: "家庭套餐改按新价目。", en: "The family plan moves to the new list.")),
                by: legal, in: tx, at: now)
            try moveSignedPrices(of: item, with: draft.id, by: billing, in: tx, at: now)
            #expect(try itemsMoved(byVersion: draft.number, in: tx) == [item])
            _ = try publishVersion(draft.id, revision: draft.revision, by: legal, in: tx, at: now)
        }
    }
}
