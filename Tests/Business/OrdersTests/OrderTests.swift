import Access
import Agreement
import Basics
import Customers
import Lines
import Orders
import Storage
import StorageTestSupport
import Testing

@Suite("Orders, on both engines")
struct OrderTests {
    let family = StandardCatalogue.family

    @Test func aPreviewWritesNothingAndTheOrderIsWhatItSaid() async throws {
        try await Shop.open { shop in
            let (customer, line) = try await shop.customer()
            let content = OrderContent.changePlan(line: line, plan: family, start: .now)
            let preview = try await shop.preview(customer, content, at: noon)
            #expect(preview.monthly == Money(yuan: 29))
            #expect(preview.perSecond == [.video: Money(micros: 3_000), .audio: Money(micros: 1_000)])
            #expect(preview.effectiveOn == shanghai.date(of: noon))
            #expect(try await shop.count("orders_orders") == 0)
            let order = try await shop.order("o1", customer, content, seen: preview.mark, at: noon)
            #expect(order.number == "DD-2026-000001")
            #expect(order.state == .completed)
            #expect(order.items.map(\.item) == [family])
            #expect(order.perSecond == preview.perSecond)
            #expect(order.kind == .changePlan)
        }
    }

    /// The preview is made on 30 September, the list changes at midnight, the customer confirms a minute later: they are asked to look again.
    @Test func nobodyIsBoundToAPriceThatTheyDidNotSee() async throws {
        try await Shop.open { shop in
            let (customer, line) = try await shop.customer()
            try await shop.publish(family, monthly: 39, video: 4_000, from: day("2026-10-01"), at: noon)
            let content = OrderContent.changePlan(line: line, plan: family, start: .now)
            let preview = try await shop.preview(customer, content, at: at("2026-09-30T15:59:00Z"))
            let midnight = at("2026-09-30T16:00:00Z")
            await #expect(throws: Fault(.previewChanged, "")) {
                try await shop.order("o1", customer, content, seen: preview.mark, at: midnight)
            }
            #expect(try await shop.count("orders_orders") == 0)
            let again = try await shop.preview(customer, content, at: midnight)
            #expect(again.monthly == Money(yuan: 39))
            #expect(try await shop.order("o1", customer, content, seen: again.mark, at: midnight).monthly == Money(yuan: 39))
        }
    }

    @Test func theDocumentIsAnAnnexWhoseHashTheAgreementCovers() async throws {
        try await Shop.open { shop in
            let (customer, line) = try await shop.customer()
            let before = try await shop.read { tx throws(Fault) in try agreement(of: customer, in: tx)?.fingerprint }
            let order = try await shop.order(
                "o1", customer,
                .addTerminal(line: line, terminal: StandardCatalogue.terminalSale, services: [StandardCatalogue.installation]),
                at: noon)
            let vault = shop.vault
            try await shop.read { tx throws(Fault) in
                let stored = try storedDocument(order.document, vault: vault, in: tx)
                for words in [
                    "DD-2026-000001", "可视电话终端（购买）", "Installation at your home", "979.00", "899.00", "13%", "9%", "王秀英",
                ] {
                    #expect(stored.html.contains(words), "\(words)")
                }
                // 899 × 13/113 = 103.424…, 80 × 9/109 = 6.605…: together 110.03.
                #expect(stored.html.contains("110.03"))
                #expect(!stored.html.contains("<script"))
                let signed = try agreement(of: customer, in: tx)
                #expect(signed?.annexes.map(\.number) == [order.number])
                #expect(signed?.annexes.first?.document == order.document)
                #expect(signed?.fingerprint != before)
                if let signed { #expect(try verifyAgreement(signed, vault: vault, in: tx).flaws.isEmpty) }
            }
        }
    }

    @Test func aRepeatIsTheFirstOrderAndOtherContentIsRefused() async throws {
        try await Shop.open { shop in
            let (customer, line) = try await shop.customer()
            let content = OrderContent.addAddOn(line: line, addOn: StandardCatalogue.missedCallMessages)
            let first = try await shop.order("o1", customer, content, at: noon)
            #expect(try await shop.order("o1", customer, content, at: noon.adding(seconds: 86_400)) == first)
            await #expect(throws: Fault(.orderDiffers, "")) {
                try await shop.order("o1", customer, .changePlan(line: line, plan: family, start: .now), at: noon)
            }
            #expect(try await shop.count("orders_orders") == 1)
        }
    }

    @Test func anotherCustomersOrderIsAsIfItDidNotExist() async throws {
        try await Shop.open { shop in
            let (customer, line) = try await shop.customer("60000001")
            let (other, otherLine) = try await shop.customer("60000002")
            let order = try await shop.order("o1", customer, .changePlan(line: line, plan: family, start: .nextMonth), at: noon)
            for id in [order.id, OrderID(trusted: "nothing")] {
                await #expect(throws: Fault(.unknownOrder, "")) {
                    try await shop.read { tx throws(Fault) in try Orders.order(id, of: other, in: tx) }
                }
                await #expect(throws: Fault(.unknownOrder, "")) {
                    try await shop.write { tx throws(Fault) in try cancelOrder(id, of: other, in: tx, at: noon, zone: shanghai) }
                }
            }
            await #expect(throws: Fault(.unknownOrder, "")) {
                try await shop.read { tx throws(Fault) in try Orders.order(numbered: order.number, of: other, in: tx) }
            }
            // Nor are other people's lines.
            await #expect(throws: Fault(.unknownLine, "")) {
                try await shop.order("o2", other, .changePlan(line: line, plan: family, start: .now), at: noon)
            }
            await #expect(throws: Fault(.orderDiffers, "")) {
                try await shop.order("o1", other, .changePlan(line: otherLine, plan: family, start: .nextMonth), at: noon)
            }
        }
    }

    @Test func onlyWhatBelongsIntoAnOrderIsTaken() async throws {
        try await Shop.open { shop in
            let (customer, line) = try await shop.customer()
            let messages = StandardCatalogue.missedCallMessages
            let wrong: [OrderContent] = [
                .changePlan(line: line, plan: messages, start: .now), .addAddOn(line: line, addOn: family),
                .addTerminal(line: line, terminal: messages, services: []),
                .addTerminal(line: line, terminal: StandardCatalogue.terminalRent, services: [messages]),
                .openLine(number: PhoneNumber(trusted: "60000009"), plan: family, extras: [family]),
            ]
            for content in wrong {
                await #expect(throws: Fault(.wrongItem, "")) { try await shop.order("o1", customer, content, at: noon) }
            }
            await #expect(throws: Fault(.unknownItem, "")) {
                try await shop.order("o1", customer, .addAddOn(line: line, addOn: CatalogueItemID(trusted: "gold")), at: noon)
            }
            let many = [CatalogueItemID](repeating: messages, count: OrdersLimits.orderItems)
            await #expect(throws: Fault(.orderTooLong, "")) {
                try await shop.order(
                    "o1", customer, .openLine(number: PhoneNumber(trusted: "60000009"), plan: family, extras: many), at: noon)
            }
            await #expect(throws: Fault(.addOnUnknown, "")) {
                try await shop.order("o1", customer, .removeAddOn(line: line, addOn: messages), at: noon)
            }
            #expect(try await shop.count("orders_orders") == 0)
            #expect(
                try await shop.order("o1", customer, .addAddOn(line: line, addOn: messages), at: noon).number == "DD-2026-000001")
        }
    }

    /// Numbers begin again with each year of the provider's zone: 2027 begins at 16:00 UTC on 31 December 2026.
    @Test func numbersHaveNoHolesAndBeginAgainEachYear() async throws {
        try await Shop.open { shop in
            let (customer, line) = try await shop.customer()
            let content = OrderContent.addAddOn(line: line, addOn: StandardCatalogue.missedCallMessages)
            let taken = OrderContent.changeNumber(line: line, number: PhoneNumber(trusted: "110"))
            var numbers: [String] = []
            for (index, instant) in ["2026-12-31T15:59:59.998Z", "2026-12-31T15:59:59.999Z", "2026-12-31T16:00:00Z"].enumerated()
            {
                // An order that fails after it has its number gives the number back.
                await #expect(throws: Fault(.numberNotOffered, "")) {
                    try await shop.order("x\(index)", customer, taken, at: at(instant))
                }
                numbers.append(try await shop.order("o\(index)", customer, content, at: at(instant)).number)
            }
            #expect(numbers == ["DD-2026-000001", "DD-2026-000002", "DD-2027-000001"])
        }
    }

    @Test func aTerminalIsDeliveredByStaffAndPaidFromItsInstallation() async throws {
        try await Shop.open { shop in
            let (customer, line) = try await shop.customer()
            let order = try await shop.order(
                "o1", customer,
                .addTerminal(line: line, terminal: StandardCatalogue.terminalRent, services: [StandardCatalogue.installation]),
                at: noon)
            #expect(order.state == .pending)
            #expect(try await shop.rents(customer, in: "2026-09") == [])
            let (ordered, later) = (shanghai.date(of: noon), noon.adding(seconds: 10 * 86_400))
            try await shop.write { tx throws(Fault) in
                #expect(try advanceOrder(order.id, to: .inProgress, by: clerk(), in: tx, at: noon).state == .inProgress)
            }
            for wrong in [ordered.adding(days: -1), ordered.adding(days: 11)] {
                await #expect(throws: Fault(.installationDay, "")) {
                    try await shop.write { tx throws(Fault) in
                        try completeOrder(order.id, on: wrong, by: clerk(), in: tx, at: later, zone: shanghai)
                    }
                }
            }
            let done = try await shop.write { tx throws(Fault) in
                try completeOrder(order.id, on: day("2026-09-25"), by: clerk(), in: tx, at: later, zone: shanghai)
            }
            #expect(done.state == .completed)
            #expect(try await shop.rents(customer, in: "2026-09") == ["terminal-rent 25 2026-09-25…"])
            let once = try await shop.read { tx throws(Fault) in
                try oneOffCharges(of: customer, in: day("2026-09-01")...day("2026-09-30"), in: tx)
            }
            #expect(once.map(\.amount) == [Money(yuan: 80)])
            #expect(once.map(\.on) == [day("2026-09-25")])
            await #expect(throws: Fault(.orderState, "")) {
                try await shop.write { tx throws(Fault) in
                    try cancelOrder(order.id, of: customer, in: tx, at: later, zone: shanghai)
                }
            }
        }
    }

    @Test func staffHoldAndRefuseWithAReason() async throws {
        try await Shop.open { shop in
            let (customer, line) = try await shop.customer()
            let order = try await shop.order(
                "o1", customer, .addTerminal(line: line, terminal: StandardCatalogue.terminalSale, services: []), at: noon)
            await #expect(throws: Fault(.orderReason, "")) { try await advance(order, .held, " ", shop) }
            await #expect(throws: Fault(.orderState, "")) { try await advance(order, .cancelled, "no", shop) }
            #expect(try await advance(order, .held, "out of stock", shop).stateReason == "out of stock")
            #expect(try await advance(order, .pending, "", shop).state == .pending)
            #expect(try await advance(order, .rejected, "not sold any more", shop).state == .rejected)
            await #expect(throws: Fault(.orderState, "")) { try await advance(order, .inProgress, "", shop) }
            let queue = try await shop.read { tx throws(Fault) in try searchOrders(.waiting, in: tx) }
            #expect(queue.orders.isEmpty && queue.total == 0)
            let auditor = try StaffAct(staff: StaffID(trusted: "a"), roles: [.auditor], purpose: "look")
            await #expect(throws: Fault(.staffMayNot, "")) {
                try await shop.write { tx throws(Fault) in
                    try advanceOrder(order.id, to: .held, because: "x", by: auditor, in: tx, at: noon)
                }
            }
        }
    }

    /// The credit limit belongs to Charging: the order records it and is a document; the caller changes it in the same transaction.
    @Test func anOrderOfACreditLimitRecordsTheAmount() async throws {
        try await Shop.open { shop in
            let (customer, _) = try await shop.customer()
            let content = OrderContent.changeCreditLimit(account: "account-60000001", limit: Money(yuan: 500))
            let order = try await shop.order("o1", customer, content, at: noon)
            #expect(order.state == .completed)
            #expect(
                try await shop.read { tx throws(Fault) in try Orders.order(order.id, of: customer, in: tx) }.content == content)
        }
    }

    @Test func withoutAnAgreementInForceNothingIsOrdered() async throws {
        try await Shop.open { shop in
            let hash = try await Shop.hash("60000001")
            let registered = try await shop.write { tx throws(Fault) in
                try registerCustomer(
                    RegisterCustomerRequest(
                        name: try DisplayName("李伟"), language: .chinese, number: PhoneNumber(trusted: "60000001"), password: hash,
                        account: "a"),
                    in: tx, at: noon)
            }
            let content = OrderContent.changePlan(line: registered.line.id, plan: family, start: .now)
            await #expect(throws: Fault(.notInForce, "")) {
                try await shop.order("o1", registered.customer.id, content, at: noon)
            }
        }
    }

    private func advance(_ order: Order, _ state: OrderState, _ reason: String, _ shop: Shop) async throws(Fault) -> Order {
        try await shop.write { tx throws(Fault) in
            try advanceOrder(order.id, to: state, because: reason, by: clerk(), in: tx, at: noon)
        }
    }
}
