import Access
import Basics
import Billing
import Charging
import Customers
import Lines
import Orders
import Storage
import Testing
import Web

/// Clause 11 to the very end, as customer and staff see it.
@Suite struct EndingToTheEndTests {
    /// A line on the standard plan of ¥10 since 9 March 2026 that stops with that day: one of 31 days is ¥0.32.
    @Test func `asked for, settled, paid, ended: the number rests and nobody signs in`() async throws {
        try await withWeb { web in
            let newcomer = try await lineInService(web, "60000091")
            let customer = try await web.customerID("60000091")
            let asked = try await newcomer.browser.send(
                "POST", "/api/v1/me/ending", ["id": .text("ending-9"), "wished": .text("2026-03-09")])
            #expect(asked.status == 201)
            web.clock.advance(seconds: 86_400)
            try await signIn(newcomer, "60000091")
            try await settle(web)
            let page = try await newcomer.browser.get("/ending?lang=zh").body
            #expect(page.contains("付清 ¥0.32 以后，服务就结束") && page.contains("最后一张账单 ") && !page.contains("⟦"))
            #expect(page.contains("data-test=\"pay-ending\"") && page.contains("data-test=\"withdraw-ending\""))

            let staff = try await web.staff("anna", .legal)
            let row = try await staff.get("/console/endings").body
            #expect(row.contains("ending-9") && row.contains("客户要求"))
            let sheet = try await staff.get("/console/endings/ending-9").body
            #expect(sheet.contains("¥0.32") && sheet.contains("最终账单") && sheet.contains("endings.withdraw"))

            let account = try await web.database.read { tx throws(Fault) in try Charging.account(of: customer, in: tx).id }
            try await web.database.write { tx throws(Fault) in
                _ = try receivePayment(
                    PaymentRequest(id: PaymentID(trusted: "p1"), account: account, amount: Money(fen: 32), method: .provider),
                    from: "provider:demo", in: tx, at: web.clock.now(), zone: .shanghai)
            }
            #expect(try await newcomer.browser.get("/api/v1/me").status == 401, "the session has ended")
            let again = try await web.browser().send(
                "POST", "/api/v1/sessions", ["number": .text("60000091"), "password": .text("a long enough word")])
            #expect(again.status == 401)
            let free = try await web.browser().get("/api/v1/numbers?from=60000091").body
            #expect(!free.contains("60000091"), "the number rests")
            #expect(!(try await staff.get("/console/endings").body.contains("ending-9")))
            #expect(try await staff.get("/console/endings?state=ended").body.contains("ending-9"))
            let over = try await staff.get("/api/v1/staff/endings/ending-9")
            #expect(over.json["state"] == .text("ended") && over.body.contains("\"endReason\":\"customer\""))
            #expect(!over.body.contains("endings.withdraw"), "what has ended stays ended")
        }
    }

    @Test func `staff take an ending back on the customer's word`() async throws {
        try await withWeb { web in
            let newcomer = try await lineInService(web, "60000092")
            let id: [String: JSONValue] = ["id": .text("ending-8"), "wished": .text("2026-03-20")]
            #expect(try await newcomer.browser.send("POST", "/api/v1/me/ending", id).status == 201)
            let path = "/api/v1/staff/endings/ending-8/withdraw"
            let bill = try await web.staff("bill", .billing)
            #expect(try await bill.send("POST", path, ["purpose": .text("电话里说留下")]).status == 403)
            let anna = try await web.staff("anna", .customerService)
            #expect(try await anna.send("POST", path).status == 400, "a purpose is asked for")
            #expect(try await anna.send("POST", path, ["purpose": .text("电话里说留下")]).status == 200)
            #expect(try await newcomer.browser.get("/ending").body.contains("data-state=\"withdrawn\""))
            #expect(try await anna.send("POST", "/api/v1/staff/endings/nobody/withdraw", ["purpose": .text("x")]).status == 404)
        }
    }

    /// Somebody who has gone the whole way.
    private func lineInService(_ web: TestWeb, _ number: String) async throws -> Newcomer {
        let newcomer = try await Newcomer(web, "王秀英", number)
        #expect(try await newcomer.browser.send("PUT", "/api/v1/me/identity", Newcomer.person).status == 200)
        #expect(try await newcomer.order("order-\(number)").status == 201)
        #expect(try await newcomer.sign().status == 200)
        try await web.verify(newcomer)
        #expect(try await newcomer.progress()["line"] == .text(number))
        return newcomer
    }

    private func signIn(_ newcomer: Newcomer, _ number: String) async throws {
        let answer = try await newcomer.browser.send(
            "POST", "/api/v1/sessions", ["number": .text(number), "password": .text("a long enough word")])
        #expect(answer.status == 201)
    }

    /// What the clock of the house does.
    private func settle(_ web: TestWeb) async throws {
        try await web.database.write { tx throws(Fault) in
            _ = try settleEndings(in: tx, at: web.clock.now(), zone: .shanghai)
        }
    }
}
