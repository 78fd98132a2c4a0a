import Access
import Basics
import Billing
import Charging
import Storage
import Testing
import Web

/// What payment providers said, at the console.
@Suite struct PaymentEventPagesTests {
    /// One payment fits its request, the same again as another event does not: it waits until the clerk places it.
    @Test func `a payment and what nobody asked for are listed with what became of them`() async throws {
        try await withWeb(demo: true) { web in
            let customer = try await PayingCustomer.open(web, "60000087")
            _ = try await customer.invoiced()
            let asked: [String: JSONValue] = ["id": .text("pay-events"), "amount": .integer(4_500_000)]
            #expect(try await customer.browser.send("POST", "/api/v1/me/payments", asked).status == 201)
            let bill = try await web.staff("bill", .billing)
            let waiting = try await bill.get("/api/v1/staff/payment-intents?state=requested")
            #expect(waiting.body.contains("pay-events"), "\(waiting.body)")
            _ = try await customer.browser.send("POST", "/api/v1/demo/payments/pay-events", ["outcome": .text("paid")])
            let now = web.clock.now()
            try await web.database.write { tx throws(Fault) in
                let event = PaymentEvent(
                    id: "evt-<b>2", provider: "demo", kind: .paid, reference: "pay-events", amount: Money(micros: 4_500_000))
                try receivePaymentEvent(event, in: tx, at: now, zone: .shanghai)
            }
            #expect(try await bill.get("/api/v1/staff/payment-intents?state=requested").body.contains("\"items\":[]"))
            let events = try await bill.get("/api/v1/staff/payment-events").json["items"]
            guard case .array(let items) = events else { throw Fault(.webDefect, "no events") }
            let results = items.compactMap { if case .object(let item) = $0 { item["result"] } else { nil } }
            #expect(results.count == 2 && results.contains(.text("recorded")) && results.contains(.text("unmatched")))
            let page = try await bill.get("/console/payment-events?lang=zh").body
            #expect(page.contains("已入账") && page.contains("待认领") && page.contains("/console/bank/"))
            #expect(page.contains("evt-&lt;b&gt;2") && !page.contains("evt-<b>"))
            #expect(page.contains("/console/payment-intents/pay-events"))
            let sheet = try await bill.get("/console/payment-intents/pay-events?lang=en")
            #expect(sheet.status == 200 && sheet.body.contains("Request to pay ¥4.50") && sheet.body.contains("Nobody&#39;s yet"))
            #expect(sheet.body.contains("/console/payments/intent-pay-events"))
            #expect(try await bill.get("/console/payment-intents/nobody").status == 404)
            // Who does not keep the books sees the requests and not what the provider wrote.
            let service = try await web.staff("kefu", .customerService)
            #expect(try await service.get("/api/v1/staff/payment-events").status == 403)
            #expect(try await service.get("/api/v1/staff/payment-intents").status == 200)
            #expect(!(try await service.get("/console/payment-intents/pay-events").body.contains("evt-")))
        }
    }

    /// A hundred and three lines wait and a page holds fifty: the opening page says more than a hundred.
    @Test func `the opening page counts beyond one page, and says more where there is more`() async throws {
        try await withWeb { web in
            let bill = try await web.staff("bill", .billing)
            let now = web.clock.now()
            func money(_ range: ClosedRange<Int>) async throws {
                try await web.database.write { tx throws(Fault) in
                    for number in range {
                        let event = PaymentEvent(
                            id: "evt-\(number)", provider: "demo", kind: .paid, reference: "nobody", amount: Money(yuan: 1))
                        try receivePaymentEvent(event, in: tx, at: now, zone: .shanghai)
                    }
                }
            }
            try await money(1...60)
            #expect(try await bill.get("/console?lang=zh").body.contains("data-test=\"count\">60<"))
            try await money(61...103)
            let page = try await bill.get("/console?lang=zh").body
            #expect(page.contains("data-test=\"count\">100+<") && page.contains("有 100+ 件事等您处理"))
        }
    }
}
