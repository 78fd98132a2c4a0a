import Access
import Agreement
import Basics
import Customers
import Lines
import Orders
import Storage
import StorageTestSupport
import Testing

@Suite("Endings, on both engines")
struct EndingTests {
    let owed = Money(yuan: 37)

    /// Asked for on 21 September for 30 September; settled in October and paid on 5 October at 10:00.
    @Test func itEndsAtPaymentAndNotBefore() async throws {
        try await Shop.open { shop in
            let (customer, line) = try await shop.customer(ordered: true)
            #expect(try await request(customer, "2026-09-30", at: noon, shop).state == .requested)
            // Before the wished day nothing happens, whatever is owed.
            #expect(try await advance(owed: .zero, at: at("2026-09-29T15:59:59Z"), shop).state == .requested)
            #expect(try await holds(line, shop).isEmpty)
            // On the day itself the customer may settle: the service stops.
            let settling = try await advance(owed: owed, at: at("2026-09-29T16:00:00Z"), shop)
            #expect(settling.state == .settling)
            #expect(settling.lastDay == day("2026-09-30"))
            #expect(try await holds(line, shop).map(\.kind) == [.customerRequest])
            #expect(throws: Fault(.endingOwed, "")) { try requireSettled(settling) }
            // While a fen is owed it does not end.
            #expect(try await advance(owed: Money(fen: 1), at: at("2026-10-05T01:00:00Z"), shop).state == .settling)
            #expect(try await shop.count("access_sessions") == 0)
            let paid = at("2026-10-05T02:00:00Z")
            let ended = try await advance(owed: .zero, at: paid, shop)
            #expect(ended.state == .ended)
            #expect(ended.paidAt == paid && ended.endedAt == paid)
            // A repeat changes nothing.
            #expect(try await advance(owed: owed, at: paid.adding(seconds: 86_400), shop) == ended)
            try await shop.read { tx throws(Fault) in
                #expect(try Lines.line(line, in: tx).endedAt == paid)
                #expect(try agreement(of: customer, in: tx)?.endedAt == paid)
                #expect(try agreement(of: customer, in: tx)?.endReason == "customer")
                #expect(try retention(of: customer, in: tx) != nil)
                for id in try principals(of: customer, in: tx) { #expect(try principal(id, in: tx).endedAt == paid) }
                let order = try Orders.order(OrderID(trusted: "e1"), of: customer, in: tx)
                #expect(order.state == .completed && order.kind == .end)
                // Given back on 5 October: 26 + 30 + 31 days of rest are 87, so 4 January is the first free day.
                let number = PhoneNumber(trusted: "60000001")
                let free = at("2027-01-03T16:00:00Z")
                #expect(try !freeNumbers(of: .standard, in: tx, at: free.adding(milliseconds: -1)).numbers.contains(number))
                #expect(try freeNumbers(of: .standard, in: tx, at: free).numbers.first == number)
            }
            // Rent is charged to the last day of service, not to the day of payment.
            #expect(try await shop.rents(customer, in: "2026-09") == ["standard 10 2026-09-21…2026-09-30"])
            #expect(try await shop.rents(customer, in: "2026-10") == [])
            let actions = try await shop.read { tx throws(Fault) in
                try tx.query("SELECT action FROM journal WHERE action LIKE 'ending.%' ORDER BY id").map { row in "\(row)" }
            }
            #expect(actions.count == 4)
            #expect(actions.last?.contains("ending.ended") == true)
        }
    }

    /// Ends with a credit in the customer's favour: nothing is owed, so it ends; what the provider owes stays on record.
    @Test func aCreditOfTheCustomerStandsInNobodysWay() async throws {
        try await Shop.open { shop in
            let (customer, _) = try await shop.customer()
            _ = try await request(customer, "2026-09-21", at: noon, shop)
            _ = try await advance(owed: Money(yuan: -3), at: noon, shop)
            let ended = try await advance(owed: Money(yuan: -3), at: noon, shop)
            #expect(ended.state == .ended)
            #expect(ended.owed == Money(yuan: -3))
        }
    }

    /// Stopped on 30 September, withdrawn on 4 October: 1 to 3 October are not paid.
    @Test func whoStaysIsServedAtOnceAndDoesNotPayForTheDaysBetween() async throws {
        try await Shop.open { shop in
            let (customer, line) = try await shop.customer(ordered: true)
            let ending = try await request(customer, "2026-09-30", at: noon, shop)
            _ = try await advance(owed: owed, at: at("2026-09-30T16:00:00Z"), shop)
            await #expect(throws: Fault(.customerEnding, "")) {
                try await shop.order(
                    "o9", customer, .changePlan(line: line, plan: StandardCatalogue.family, start: .now),
                    at: at("2026-10-02T04:00:00Z"))
            }
            for seconds in [0, 60] as [Int64] {
                let withdrawn = try await shop.write { tx throws(Fault) in
                    try withdrawEnding(
                        ending.id, of: customer, in: tx, at: at("2026-10-04T04:00:00Z").adding(seconds: seconds), zone: shanghai)
                }
                #expect(withdrawn.state == .withdrawn)
            }
            #expect(try await holds(line, shop).isEmpty)
            #expect(
                try await shop.rents(customer, in: "2026-10") == ["standard 10 2026-10-04…"])
            #expect(try await shop.rents(customer, in: "2026-09") == ["standard 10 2026-09-21…2026-09-30"])
            #expect(
                try await shop.read { tx throws(Fault) in try Orders.order(OrderID(trusted: "e1"), of: customer, in: tx).state }
                    == .cancelled)
            // They may ask again.
            #expect(try await request(customer, "2026-12-31", at: at("2026-10-05T04:00:00Z"), shop, id: "e2").state == .requested)
        }
    }

    /// Staff take back on the customer's word what the customer could take back, and nobody else does.
    @Test func staffTakeBackOnTheCustomersWord() async throws {
        try await Shop.open { shop in
            let (customer, line) = try await shop.customer()
            let ending = try await request(customer, "2026-09-21", at: noon, shop)
            #expect(ending.reason == .customer)
            _ = try await advance(owed: owed, at: noon, shop)
            #expect(try await holds(line, shop).count == 1)
            await #expect(throws: Fault(.staffMayNot, "")) {
                let act = try StaffAct(staff: StaffID(trusted: "s1"), roles: [.billing], purpose: "电话里说留下")
                try await shop.write { tx throws(Fault) in try withdrawEnding(ending.id, by: act, in: tx, at: noon) }
            }
            let act = try StaffAct(staff: StaffID(trusted: "s1"), roles: [.customerService], purpose: "电话里说留下")
            for _ in 0..<2 {
                let stays = try await shop.write { tx throws(Fault) in try withdrawEnding(ending.id, by: act, in: tx, at: noon) }
                #expect(stays.state == .withdrawn)
            }
            #expect(try await holds(line, shop).isEmpty)
            let entry = try await shop.read { tx throws(Fault) in
                try tx.first("SELECT actor, state_after FROM journal WHERE action = 'ending.withdrawn'").map { row in "\(row)" }
            }
            #expect(entry?.contains("staff:s1") == true && entry?.contains("电话里说留下") == true)
            #expect(try await shop.read { tx throws(Fault) in try pastEndings(in: tx).map(\.id) } == [ending.id])
        }
    }

    /// Ended for arrears: nobody takes that back, the customer's own request becomes it, and at the payment the sign-in ends.
    @Test func theProviderEndsForArrears() async throws {
        try await Shop.open { shop in
            let (customer, _) = try await shop.customer()
            _ = try await request(customer, "2026-09-30", at: noon, shop)
            let ending = try await shop.write { tx throws(Fault) in
                try endForArrears(of: customer, owed: Money(yuan: 37), in: tx, at: noon, zone: shanghai)
            }
            #expect(ending?.reason == .arrears && ending?.state == .settling && ending?.lastDay == day("2026-09-21"))
            #expect(ending?.id == EndingID(trusted: "e1"), "there is one ending at a time")
            #expect(
                try await shop.write { tx throws(Fault) in
                    try endForArrears(of: customer, owed: Money(yuan: 37), in: tx, at: noon, zone: shanghai)
                } == nil, "nothing is in force any more")
            await #expect(throws: Fault(.endingState, "")) {
                try await shop.write { tx throws(Fault) in
                    try withdrawEnding(EndingID(trusted: "e1"), of: customer, in: tx, at: noon, zone: shanghai)
                }
            }
            #expect(try await advance(owed: Money(fen: 1), at: noon, shop).state == .settling)
            #expect(try await advance(owed: .zero, at: noon, shop).state == .ended)
            try await shop.read { tx throws(Fault) in
                #expect(try agreement(of: customer, in: tx)?.endReason == "arrears")
                for id in try principals(of: customer, in: tx) { #expect(try principal(id, in: tx).endedAt == noon) }
            }
        }
    }

    @Test func oneEndingAtATimeOnAPossibleDay() async throws {
        try await Shop.open { shop in
            let (customer, _) = try await shop.customer("60000001")
            let (other, _) = try await shop.customer("60000002")
            for wished in ["2026-09-20", "2027-09-23"] {
                await #expect(throws: Fault(.endingDay, "")) { try await request(customer, wished, at: noon, shop) }
            }
            let first = try await request(customer, "2026-09-30", at: noon, shop)
            #expect(try await request(customer, "2026-09-30", at: noon, shop) == first)
            await #expect(throws: Fault(.orderDiffers, "")) { try await request(customer, "2026-10-01", at: noon, shop) }
            await #expect(throws: Fault(.endingRequested, "")) {
                try await request(customer, "2026-10-01", at: noon, shop, id: "e2")
            }
            await #expect(throws: Fault(.unknownEnding, "")) {
                try await shop.write { tx throws(Fault) in
                    try withdrawEnding(first.id, of: other, in: tx, at: noon, zone: shanghai)
                }
            }
            await #expect(throws: Fault(.orderState, "")) {
                try await shop.write { tx throws(Fault) in
                    try cancelOrder(OrderID(trusted: "e1"), of: customer, in: tx, at: noon, zone: shanghai)
                }
            }
            try await shop.read { tx throws(Fault) in
                #expect(try dueEndings(in: tx, on: day("2026-09-30")).isEmpty)
                #expect(try dueEndings(in: tx, on: day("2026-10-01")).map(\.id) == [first.id])
                #expect(try endingQueue(in: tx).map(\.id) == [first.id])
            }
        }
    }

    @Test func whatHasEndedIsNotWithdrawn() async throws {
        try await Shop.open { shop in
            let (customer, _) = try await shop.customer()
            let ending = try await request(customer, "2026-09-21", at: noon, shop)
            _ = try await advance(owed: .zero, at: noon, shop)
            _ = try await advance(owed: .zero, at: noon, shop)
            await #expect(throws: Fault(.endingState, "")) {
                try await shop.write { tx throws(Fault) in
                    try withdrawEnding(ending.id, of: customer, in: tx, at: noon, zone: shanghai)
                }
            }
        }
    }

    private func request(
        _ customer: CustomerID, _ wished: String, at now: Timestamp, _ shop: Shop, id: String = "e1"
    ) async throws(Fault) -> Ending {
        let vault = shop.vault
        let request = RequestEndingRequest(id: EndingID(trusted: id), customer: customer, wished: day(wished))
        return try await shop.write { tx throws(Fault) in
            try requestEnding(request, vault: vault, in: tx, at: now, zone: shanghai)
        }
    }

    private func advance(owed: Money, at now: Timestamp, _ shop: Shop) async throws(Fault) -> Ending {
        try await shop.write { tx throws(Fault) in
            try advanceEnding(EndingID(trusted: "e1"), owed: owed, in: tx, at: now, zone: shanghai)
        }
    }

    private func holds(_ line: LineID, _ shop: Shop) async throws(Fault) -> [Hold] {
        try await shop.read { tx throws(Fault) in try activeHolds(on: line, in: tx) }
    }
}
