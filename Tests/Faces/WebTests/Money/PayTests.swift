import Basics
import Billing
import Charging
import Lines
import Storage
import Testing
import Web

/// Paying through the demonstration of a payment provider, whose events come signed through the same door as a real one's.
@Suite struct PayTests {
    @Test func `the whole sum is paid once, however often it is clicked`() async throws {
        try await withWeb(demo: true) { web in
            let customer = try await PayingCustomer.open(web, "60000081")
            _ = try await customer.invoiced()
            #expect(try await customer.browser.get("/money/pay?lang=zh").body.contains("data-owed=\"4500000\""))
            let asked: [String: JSONValue] = ["id": .text("pay-1"), "amount": .integer(4_500_000)]
            for _ in 0..<2 {
                let answer = try await customer.browser.send("POST", "/api/v1/me/payments", asked)
                #expect(answer.status == 201 && answer.json["next"] == .text("/pay/demo/pay-1"))
            }
            let page = try await customer.browser.get("/pay/demo/pay-1?lang=zh").body
            #expect(page.contains("演示") && page.contains("¥4.50") && page.contains("data-outcome=\"paid\""))
            for _ in 0..<2 {
                let paid = try await customer.browser.send(
                    "POST", "/api/v1/demo/payments/pay-1", ["outcome": .text("paid")])
                #expect(paid.status == 200 && paid.json["next"] == .text("/money?payment=pay-1"))
            }
            #expect(try await customer.browser.get("/api/v1/me/money").json["owed"] == .integer(0))
            guard case .array(let payments) = try await customer.browser.get("/api/v1/me/payments").json["payments"] else {
                throw Fault(.webDefect, "no payments")
            }
            #expect(payments.count == 1)
            let back = try await customer.browser.get("/money?payment=pay-1&lang=zh").body
            #expect(back.contains("data-state=\"paid\"") && back.contains("今天不用付钱"))
            // What is paid does not fail afterwards.
            let late = try await customer.browser.send("POST", "/api/v1/demo/payments/pay-1", ["outcome": .text("failed")])
            #expect(late.status == 409)
        }
    }

    @Test func `what fails or bounces is still owed, and more than is owed is a deposit`() async throws {
        try await withWeb(demo: true) { web in
            let customer = try await PayingCustomer.open(web, "60000082")
            _ = try await customer.invoiced()
            func pay(_ id: String, _ amount: Int64, _ outcome: String) async throws -> JSONValue? {
                let asked: [String: JSONValue] = ["id": .text(id), "amount": .integer(amount)]
                #expect(try await customer.browser.send("POST", "/api/v1/me/payments", asked).status == 201)
                let answer = try await customer.browser.send(
                    "POST", "/api/v1/demo/payments/\(id)", ["outcome": .text(outcome)])
                #expect(answer.status == 200)
                return try await customer.browser.get("/api/v1/me/money").json["owed"]
            }
            #expect(try await pay("pay-failed", 4_500_000, "failed") == .integer(4_500_000))
            #expect(try await customer.browser.get("/money?payment=pay-failed&lang=zh").body.contains("data-state=\"failed\""))
            #expect(try await pay("pay-bounced", 4_500_000, "bounced") == .integer(4_500_000))
            #expect(try await customer.browser.get("/money/pay?lang=zh").body.contains("已退回"))
            #expect(try await pay("pay-part", 1_500_000, "paid") == .integer(3_000_000))
            #expect(try await pay("pay-more", 10_000_000, "paid") == .integer(0))
            #expect(try await customer.browser.get("/api/v1/me/money").json["deposit"] == .integer(7_000_000))
        }
    }

    @Test func `who pays what suspended the service has it back at once`() async throws {
        try await withWeb(demo: true) { web in
            let customer = try await PayingCustomer.open(web, "60000083")
            _ = try await customer.invoiced()
            // Who has not been seen for thirty days is signed out, and the loop begins on the fortieth.
            _ = try await customer.browser.get("/money")
            // Day by day, so that every notice comes before its step; due on 17 April, suspended in the second half of May.
            for day in (18...30).map({ "2026-04-\($0)" }) + (10...31).map({ "2026-05-\($0)" }) {
                customer.go(to: day)
                try await customer.advance()
                // Who looks every day stays signed in.
                _ = try await customer.browser.get("/api/v1/me/money")
            }
            let before = try await customer.browser.get("/money?lang=zh").body
            #expect(before.contains("服务已暂停") && before.contains("data-test=\"hold\""))
            guard case .integer(let owed) = try await customer.browser.get("/api/v1/me/money").json["owed"] else {
                throw Fault(.webDefect, "nothing owed")
            }
            _ = try await customer.browser.send(
                "POST", "/api/v1/me/payments", ["id": .text("pay-back"), "amount": .integer(owed)])
            _ = try await customer.browser.send("POST", "/api/v1/demo/payments/pay-back", ["outcome": .text("paid")])
            let after = try await customer.browser.get("/money?payment=pay-back&lang=zh").body
            #expect(after.contains("服务已经恢复") && !after.contains("data-test=\"hold\""))
        }
    }

    @Test func `payments that cannot be meant are refused, and another's are not there`() async throws {
        try await withWeb(demo: true) { web in
            let (customer, stranger) = (
                try await PayingCustomer.open(web, "60000084"), try await PayingCustomer.open(web, "60000085", named: "李伟")
            )
            let bad: [JSONValue] = [
                .integer(0), .integer(-10_000), .integer(.max), .integer(.min), .integer(1_005_000), .number(1e30),
                .text("4.50"), .null, .integer(100_000_001_000_000),
            ]
            for amount in bad {
                let answer = try await customer.browser.send(
                    "POST", "/api/v1/me/payments", ["id": .text("pay-bad"), "amount": amount])
                #expect(answer.status == 400, "\(amount)")
            }
            let asked: [String: JSONValue] = ["id": .text("pay-2"), "amount": .integer(10_000)]
            #expect(try await customer.browser.send("POST", "/api/v1/me/payments", asked).status == 201)
            let other = asked.merging(["amount": .integer(20_000)]) { _, new in new }
            #expect(try await customer.browser.send("POST", "/api/v1/me/payments", other).status == 409)
            #expect(try await stranger.browser.send("POST", "/api/v1/me/payments", asked).status == 409)
            #expect(try await stranger.browser.get("/api/v1/me/payments/pay-2").status == 404)
            #expect(!(try await stranger.browser.get("/money?payment=pay-2").body.contains("payment-result")))
            for id in ["nobody", "..", "%00"] { #expect(try await customer.browser.get("/pay/demo/\(id)").status >= 400) }
            let outcome = try await customer.browser.send(
                "POST", "/api/v1/demo/payments/pay-2", ["outcome": .text("a million")])
            #expect(outcome.status == 400)
            web.clock.advance(seconds: 2 * 86_400)
            let stale = try await customer.browser.send("POST", "/api/v1/demo/payments/pay-2", ["outcome": .text("paid")])
            #expect(stale.status == 409 && stale.json["code"] == .text("web.payment-over"))
            #expect(try await customer.browser.get("/pay/demo/pay-2").body.contains("href=\"/money/pay\""))
        }
    }

    @Test func `without a payment provider the page says how to pay by bank`() async throws {
        try await withWeb { web in
            let customer = try await PayingCustomer.open(web, "60000086")
            let number = try await customer.invoiced().number
            let page = try await customer.browser.get("/money/pay").body
            #expect(!page.contains("id=\"pay\"") && page.contains("data-test=\"bank\"") && page.contains(number))
            let answer = try await customer.browser.send(
                "POST", "/api/v1/me/payments", ["id": .text("pay-3"), "amount": .integer(10_000)])
            #expect(answer.status == 503)
            #expect(try await customer.browser.get("/pay/demo/pay-3").status == 404)
            #expect(
                try await customer.browser.send("POST", "/api/v1/demo/payments/pay-3", ["outcome": .text("paid")]).status == 404)
        }
    }
}
