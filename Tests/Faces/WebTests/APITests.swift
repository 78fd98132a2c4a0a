import Basics
import Testing
import Web

@Suite struct APITests {
    @Test func `a customer sees what they may spend`() async throws {
        try await withWeb { web in
            let browser = try await web.customer("赵小满", "60000010", creditLimit: Money(micros: 50_000))
            let me = try await browser.get("/api/v1/me").json
            #expect(me["name"] == .text("赵小满"))
            #expect(me["number"] == .text("60000010"))
            #expect(
                me["account"]
                    == .object([
                        "available": .integer(50_000), "creditLimit": .integer(50_000), "reserved": .integer(0),
                        "used": .integer(0),
                    ]))
            #expect(me["prices"] == .object(["audio": .integer(2_000), "video": .integer(5_000)]))
            #expect(me["holds"] == .array([]))
            #expect(me["emergencyNumbers"] == .array([.text("110"), .text("119"), .text("120"), .text("122")]))
        }
    }

    @Test func `a number goes to one customer only`() async throws {
        try await withWeb { web in
            _ = try await web.customer("甲", "60000011")
            let late = try await web.browser().send(
                "POST", "/api/v1/register",
                ["name": .text("乙"), "number": .text("6000 0011"), "password": .text("long-enough-word")])
            #expect(late.status == 409)
            #expect(late.json["code"] == .text("lines.number-taken"))
            #expect(late["content-type"] == "application/problem+json; charset=utf-8")
        }
    }

    @Test func `signing in and out, and the list of sessions`() async throws {
        try await withWeb { web in
            let first = try await web.customer("甲", "60000012")
            let second = web.browser()
            let body: [String: JSONValue] = ["number": .text("60000012"), "password": .text("correct horse 1")]
            #expect(try await second.send("POST", "/api/v1/sessions", body).status == 201)
            guard case .array(let sessions) = try await second.get("/api/v1/sessions").json["sessions"] else {
                Issue.record("no list")
                return
            }
            #expect(sessions.count == 2)
            #expect(try await second.send("DELETE", "/api/v1/sessions/current").status == 204)
            #expect(try await second.get("/api/v1/me").status == 401)
            #expect(try await first.get("/api/v1/me").status == 200)
        }
    }

    @Test func `a new password is asked for the old one and signs other devices out`() async throws {
        try await withWeb { web in
            let here = try await web.customer("甲", "60000018")
            let there = web.browser()
            let body: [String: JSONValue] = ["number": .text("60000018"), "password": .text("correct horse 1")]
            #expect(try await there.send("POST", "/api/v1/sessions", body).status == 201)
            let wrong = try await here.send(
                "POST", "/api/v1/me/password", ["old": .text("not this one"), "new": .text("another long word")])
            #expect(wrong.json["code"] == .text("access.old-password-wrong"))
            let right = try await here.send(
                "POST", "/api/v1/me/password", ["old": .text("correct horse 1"), "new": .text("another long word")])
            #expect(right.status == 204)
            #expect(try await here.get("/api/v1/me").status == 200)
            #expect(try await there.get("/api/v1/me").status == 401)
            #expect(try await there.send("POST", "/api/v1/sessions", body).status == 401)
        }
    }

    @Test func `misuse is reported once, by a customer, of somebody else`() async throws {
        try await withWeb { web in
            let reporter = try await web.customer("甲", "60000019")
            _ = try await web.customer("乙", "60000020")
            var report: [String: JSONValue] = [
                "id": .text("report-1"), "number": .text("60000020"), "category": .text("fraud"), "text": .text("要我转账"),
            ]
            #expect(try await reporter.send("POST", "/api/v1/abuse-reports", report).status == 201)
            #expect(try await reporter.send("POST", "/api/v1/abuse-reports", report).status == 201)
            guard case .array(let reports) = try await reporter.get("/api/v1/abuse-reports").json["reports"] else {
                Issue.record("no list")
                return
            }
            #expect(reports.count == 1)
            report["text"] = .text("另一件事")
            #expect(try await reporter.send("POST", "/api/v1/abuse-reports", report).status == 409)
            report["id"] = .text("report-2")
            report["category"] = .text("boredom")
            #expect(try await reporter.send("POST", "/api/v1/abuse-reports", report).status == 400)
            report["category"] = .text("spam")
            report["number"] = .text("60000019")
            let oneself = try await reporter.send("POST", "/api/v1/abuse-reports", report)
            #expect(oneself.json["code"] == .text("lines.abuse-of-oneself"))
            #expect(try await web.browser().send("POST", "/api/v1/abuse-reports", report).status == 401)
        }
    }

    @Test func `session cookies are out of reach of scripts and of other sites`() async throws {
        try await withWeb { web in
            let browser = web.browser()
            let answer = try await browser.send(
                "POST", "/api/v1/register",
                ["name": .text("甲"), "number": .text("60000013"), "password": .text("long-enough-word")])
            let cookie = answer["set-cookie"] ?? ""
            #expect(cookie.hasPrefix("jm_session="))
            #expect(cookie.contains("HttpOnly"))
            #expect(cookie.contains("SameSite=Lax"))
            #expect(!cookie.contains("Secure"))
        }
        try await withWeb({ $0.publicURL = "https://tel.example.cn" }) { web in
            let answer = try await web.browser().get("/api/v1/csrf")
            #expect(answer["set-cookie"]?.hasPrefix("__Host-jm_visit=") == true)
            #expect(answer["set-cookie"]?.contains("Secure") == true)
        }
    }

    @Test func `wrong passwords at speed are stopped, and an unknown number looks the same`() async throws {
        try await withWeb { web in
            _ = try await web.customer("甲", "60000014")
            let browser = web.browser()
            var statuses: [Int] = []
            for attempt in 0..<8 {
                statuses.append(
                    try await browser.send(
                        "POST", "/api/v1/sessions", ["number": .text("60000014"), "password": .text("wrong guess \(attempt)")]
                    ).status)
            }
            // Five at once for one number, then one a minute; the clock stands.
            #expect(statuses == [401, 401, 401, 401, 401, 429, 429, 429])
            let unknown = try await browser.send(
                "POST", "/api/v1/sessions", ["number": .text("69999999"), "password": .text("wrong guess")])
            #expect(unknown.status == 401)
            #expect(unknown.json["code"] == .text("access.sign-in-refused"))
        }
    }

    @Test func `the address book is kept, changed and emptied`() async throws {
        try await withWeb { web in
            let browser = try await web.customer("甲", "60000015")
            let added = try await browser.send(
                "POST", "/api/v1/contacts", ["id": .text("c1"), "name": .text("妈妈"), "number": .text("60000099")])
            #expect(added.status == 201)
            let again = try await browser.send(
                "POST", "/api/v1/contacts", ["id": .text("c1"), "name": .text("妈妈"), "number": .text("60000099")])
            #expect(again.status == 201)
            #expect(try await browser.send("PATCH", "/api/v1/contacts/c1", ["name": .text("母亲")]).json["name"] == .text("母亲"))
            guard case .array(let contacts) = try await browser.get("/api/v1/contacts").json["contacts"] else {
                Issue.record("no contacts")
                return
            }
            #expect(contacts.count == 1)
            let stranger = try await web.customer("乙", "60000016")
            #expect(try await stranger.send("DELETE", "/api/v1/contacts/c1").status == 404)
            #expect(try await browser.send("DELETE", "/api/v1/contacts/c1").status == 204)
        }
    }

    @Test func `bodies that are not what is documented are refused by name`() async throws {
        try await withWeb { web in
            let browser = try await web.customer("甲", "60000017")
            let unknown = try await browser.send(
                "POST", "/api/v1/contacts", ["nmae": .text("x"), "name": .text("y"), "number": .text("60000001")])
            #expect(unknown.status == 400)
            #expect(unknown.json["parameters"] == .object(["field": .text("nmae")]))
            let type = try await browser.send("POST", "/api/v1/contacts", ["name": .integer(1)])
            #expect(type.json["code"] == .text("web.field"))
            let plain = try await browser.send("POST", "/api/v1/contacts", [:], ["Content-Type": "text/plain"])
            #expect(plain.status == 415)
            let large = try await browser.send("POST", "/api/v1/contacts", ["name": .text(String(repeating: "a", count: 70_000))])
            #expect(large.status == 413)
            #expect(try await browser.get("/api/v1/calls?filter=none").status == 400)
            #expect(try await browser.get("/api/v1/calls?before=x").json["code"] == .text("charging.bad-cursor"))
            #expect(try await browser.get("/api/v1/calls").json["calls"] == .array([]))
        }
    }

    @Test func `the clock moves in the demo only`() async throws {
        try await withWeb(demo: true) { web in
            let before = web.clock.now()
            let browser = web.browser()
            #expect(try await browser.send("POST", "/api/v1/demo/clock", ["advanceSeconds": .integer(61)]).status == 200)
            #expect(web.clock.now() == before.adding(seconds: 61))
            #expect(try await browser.send("POST", "/api/v1/demo/clock", ["advanceSeconds": .integer(-1)]).status == 400)
            guard case .array(let accounts) = try await browser.get("/api/v1/demo").json["accounts"] else {
                Issue.record("no accounts")
                return
            }
            #expect(accounts.count == 1)
        }
        try await withWeb { web in
            let answer = try await web.browser().send("POST", "/api/v1/demo/clock", ["advanceSeconds": .integer(61)])
            #expect(answer.status == 404)
        }
    }
}
