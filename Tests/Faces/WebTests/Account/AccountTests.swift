import Basics
import Lines
import Notices
import Storage
import Testing
import Web

/// What a customer finds around their account: holds and the way to object, notices, announcements, orders.
@Suite struct AccountTests {
    private func hold(_ web: TestWeb, _ digits: String, _ kind: Hold.Kind) async throws -> HoldID? {
        try await web.database.write { tx throws(Fault) -> HoldID? in
            guard let number = PhoneNumber(digits), let line = try line(numbered: number, in: tx) else { return nil }
            return try placeHold(
                PlaceHoldRequest(
                    line: line.id, kind: kind, clause: 3, reason: "reported", evidence: "abuse:1", effect: .outgoing, by: "test"),
                in: tx, at: web.clock.now()
            ).id
        }
    }

    @Test func `against a hold one may appeal, once at a time`() async throws {
        try await withWeb { web in
            let browser = try await web.customer("甲", "60000061")
            let id = try #require(try await hold(web, "60000061", .misuse))
            #expect(try await browser.get("/account").body.contains("data-appeal=\"\(id)\""))
            var appeal: [String: JSONValue] = ["id": .text("appeal-1"), "hold": .text(id.rawValue), "text": .text("不是我打的")]
            #expect(try await browser.send("POST", "/api/v1/me/appeals", appeal).status == 201)
            #expect(try await browser.send("POST", "/api/v1/me/appeals", appeal).status == 201)
            appeal["id"] = .text("appeal-2")
            #expect(try await browser.send("POST", "/api/v1/me/appeals", appeal).json["code"] == .text("lines.appeal-open"))
            let page = try await browser.get("/account").body
            #expect(page.contains("data-test=\"appeal-line\"") && !page.contains("data-appeal="))
            let stranger = try await web.customer("乙", "60000062")
            appeal["id"] = .text("appeal-3")
            #expect(try await stranger.send("POST", "/api/v1/me/appeals", appeal).status == 404)
        }
    }

    @Test func `a debt is paid, not appealed against`() async throws {
        try await withWeb { web in
            let browser = try await web.customer("甲", "60000063")
            _ = try #require(try await hold(web, "60000063", .credit))
            #expect(!(try await browser.get("/account").body.contains("data-appeal=")))
        }
    }

    @Test func `notices are counted until they are read`() async throws {
        try await withWeb { web in
            let browser = try await web.customer("甲", "60000064")
            try await web.database.write { tx throws(Fault) in
                guard let customer = try web.customer(of: browser, in: tx) else { return }
                _ = try notify(customer, .passwordChanged, key: "password:1", in: tx, at: web.clock.now())
                _ = try notify(
                    customer, .orderConfirmed, ["order": "DD-2026-000001"], key: "order:1", in: tx, at: web.clock.now())
            }
            let box = try await browser.get("/api/v1/me/notices").json
            #expect(box["unread"] == .integer(2))
            for language in ["zh", "en"] {
                let page = try await browser.get("/notices?lang=\(language)").body
                #expect(page.contains("/orders/DD-2026-000001") && !page.contains("⟦"), "\(language)")
            }
            guard case .array(let notices) = box["notices"], case .object(let newest) = notices.first,
                let position = newest["position"]
            else {
                Issue.record("no notices")
                return
            }
            #expect(try await browser.send("POST", "/api/v1/me/notices/read", ["upTo": position]).status == 204)
            #expect(try await browser.get("/api/v1/me/notices").json["unread"] == .integer(0))
            #expect(try await browser.get("/api/v1/me/notices?before=x").status == 400)
            #expect(try await browser.get("/api/v1/me/notices?limit=0").status == 400)
        }
    }

    @Test func `the catalogue of a day is open to everybody`() async throws {
        try await withWeb { web in
            _ = try await Newcomer(web, "小满", "60000065")
            let today = try await web.browser().get("/api/v1/catalogue").json
            #expect(today["date"] == .text("2026-03-09"))
            let before = try await web.browser().get("/api/v1/catalogue?date=2001-01-01").json
            #expect(before["items"] == .array([]))
            #expect(try await web.browser().get("/api/v1/catalogue?date=tomorrow").status == 400)
            for language in ["zh", "en"] {
                let page = try await web.browser().get("/services?lang=\(language)").body
                #expect(page.contains("¥10.00") && !page.contains("⟦"), "\(language)")
            }
        }
    }

    @Test func `every page of the account is complete in both languages`() async throws {
        try await withWeb { web in
            let browser = try await web.customer("甲", "60000066")
            let paths = [
                "/account", "/account/security", "/identity", "/notices", "/orders", "/orders/new/changePlan",
                "/orders/new/addTerminal", "/orders/new/addAddOn", "/orders/new/changeCreditLimit", "/orders/new/changeNumber",
            ]
            for path in paths {
                for language in ["zh", "en"] {
                    let page = try await browser.get("\(path)?lang=\(language)")
                    #expect(page.status == 200, "\(path)")
                    #expect(!page.body.contains("⟦"), "\(path) \(language) lacks words")
                }
                #expect(try await web.browser().get(path)["location"]?.hasPrefix("/sign-in?next=") == true, "\(path)")
            }
            #expect(try await browser.get("/orders/new/openLine").status == 404)
            #expect(try await browser.get("/orders/DD-2026-999999").status == 404)
        }
    }
}
