import Basics
import Customers
import Testing
import Web

@Suite struct EndingTests {
    @Test func `a customer asks to end on a day, sees how it goes, and takes it back`() async throws {
        try await withWeb { web in
            let (browser, _) = try await web.signed("王秀英", "60000031")
            #expect(try await browser.get("/ending?lang=zh").body.contains("不用再付钱"))
            let asked = try await browser.send(
                "POST", "/api/v1/me/ending", ["id": .text("ending-1"), "wished": .text("2026-03-31")])
            #expect(asked.status == 201)
            // A second click is the same request.
            let again = try await browser.send(
                "POST", "/api/v1/me/ending", ["id": .text("ending-1"), "wished": .text("2026-03-31")])
            #expect(again.json["state"] == .text("requested"))
            #expect(try await browser.get("/ending?lang=zh").body.contains("服务将在 2026年3月31日结束"))
            #expect(try await browser.get("/agreement?lang=zh").body.contains("您已申请在 2026年3月31日结束服务"))
            #expect(try await browser.send("DELETE", "/api/v1/me/ending").json["state"] == .text("withdrawn"))
            #expect(try await browser.send("DELETE", "/api/v1/me/ending").status == 404)
        }
    }

    @Test(arguments: ["2026-03-08", "2030-01-01", "31 March", ""]) func `a day that cannot be meant is refused`(day: String)
        async throws
    {
        try await withWeb { web in
            let (browser, _) = try await web.signed("王秀英", "60000032")
            let answer = try await browser.send("POST", "/api/v1/me/ending", ["id": .text("ending-2"), "wished": .text(day)])
            #expect(answer.status == 400)
        }
    }
}

@Suite struct PrivacyTests {
    @Test func `consents are given and withdrawn, and what the service needs cannot be`() async throws {
        try await withWeb { web in
            let browser = try await web.customer("王秀英", "60000041")
            #expect(try await browser.get("/privacy?lang=zh").body.contains("您的资料还没有人看过"))
            #expect(try await browser.send("PUT", "/api/v1/me/consents/marketing", ["version": .integer(1)]).status == 204)
            #expect(
                try await browser.get("/privacy?lang=en").body.contains("data-test=\"consent-marketing\" data-given=\"true\""))
            #expect(try await browser.send("DELETE", "/api/v1/me/consents/marketing").status == 204)
            #expect(try await browser.send("DELETE", "/api/v1/me/consents/marketing").status == 409)
            #expect(try await browser.send("DELETE", "/api/v1/me/consents/identity-check").status >= 400)
            #expect(try await browser.send("PUT", "/api/v1/me/consents/nonsense").status == 404)
            #expect(try await browser.send("PUT", "/api/v1/me/consents/marketing", ["version": .integer(99)]).status >= 400)
        }
    }

    @Test func `an authorisation is recorded once, shown, and withdrawn by its owner only`() async throws {
        try await withWeb { web in
            let browser = try await web.customer("王秀英", "60000042")
            let body: [String: JSONValue] = [
                "id": .text("auth-1"), "recipient": .text("北京银行"), "purpose": .text("核对地址"), "fields": .array([.text("address")]),
            ]
            for _ in 0..<2 { #expect(try await browser.send("POST", "/api/v1/me/authorisations", body).status == 201) }
            let page = try await browser.get("/privacy?lang=zh").body
            #expect(page.contains("北京银行"))
            #expect(page.ranges(of: "data-test=\"authorisation\"").count == 1)
            let other = try await web.customer("李伟", "60000043")
            #expect(try await other.send("DELETE", "/api/v1/me/authorisations/auth-1").status == 404)
            #expect(try await browser.send("DELETE", "/api/v1/me/authorisations/auth-1").status == 200)
            for fields in [JSONValue.array([]), .text("address"), .array([.text("shoe-size")])] {
                var bad = body
                bad["id"] = .text("auth-2")
                bad["fields"] = fields
                #expect(try await browser.send("POST", "/api/v1/me/authorisations", bad).status == 400)
            }
        }
    }

    @Test func `erasure says what goes now, what stays, and until when`() async throws {
        try await withWeb { web in
            let browser = try await web.customer("王秀英", "60000045")
            let before = try await browser.get("/privacy?lang=zh").body
            #expect(!before.contains("erase-now") && before.contains("没有可以现在删除的"))
            #expect(try await browser.send("PUT", "/api/v1/me/consents/marketing", ["version": .integer(1)]).status == 204)
            let page = try await browser.get("/privacy?lang=zh").body
            #expect(page.contains("erase-now") && page.contains("30 年（《会计档案管理办法》）"))
            // The clock stands on 9 March 2026.
            #expect(page.contains("到 2028年3月9日"))
            let erased = try await browser.send("POST", "/api/v1/me/erasure")
            #expect(erased.status == 200 && erased.json["consents"] == .array([.text("marketing")]))
            #expect(erased.body.contains("\"untilIfEndedToday\":\"2028-03-09\""))
            #expect(!(try await browser.get("/privacy?lang=en").body.contains("erase-now")))
            #expect(try await web.browser().send("POST", "/api/v1/me/erasure").status == 401)
        }
    }

    @Test func `everything can be taken along as one ZIP`() async throws {
        try await withWeb { web in
            let browser = try await web.customer("王秀英", "60000044")
            let answer = try await browser.get("/privacy/export.zip")
            #expect(answer.status == 200)
            #expect(answer["content-type"] == "application/zip")
            #expect(answer["content-disposition"] == "attachment; filename=\"jianmian-my-data.zip\"")
            for part in [
                "PK", "manifest.json", "customer.json", "privacy/consents.json", "王秀英", "service/calls.json",
                "service/invoices.json",
                "service/payments.json", "service/notices.json", "service/holds.json", "service/abuse-reports.json",
                "service/orders.json",
            ] {
                #expect(answer.body.contains(part))
            }
            // Taking it along is itself in the record, but is no look by staff.
            #expect(try await browser.get("/privacy?lang=zh").body.contains("您的资料还没有人看过"))
        }
    }
}
