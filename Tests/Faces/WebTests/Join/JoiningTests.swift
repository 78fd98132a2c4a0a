import Basics
import Customers
import Lines
import Orders
import Storage
import Testing
import Web

/// From a number that is kept to a line in service, over HTTP as a browser does it.
@Suite struct JoiningTests {
    @Test func `who has no line yet is led to joining from everywhere`() async throws {
        try await withWeb { web in
            let newcomer = try await Newcomer(web, "小满", "60000041")
            for path in ["/phone", "/account"] {
                #expect(try await newcomer.browser.get(path)["location"] == "/join", "\(path)")
            }
            #expect(try await newcomer.browser.get("/join")["location"] == "/join/me")
            for path in ["/join/me", "/join/order", "/join/sign", "/join/wait"] {
                for language in ["zh", "en"] {
                    let page = try await newcomer.browser.get("\(path)?lang=\(language)")
                    #expect(page.status == 200, "\(path)")
                    #expect(!page.body.contains("⟦"), "\(path) \(language) lacks words")
                }
            }
            #expect(try await web.browser().get("/join/me")["location"] == "/sign-in?next=/join/me")
            #expect(try await newcomer.browser.get("/api/v1/me").json["code"] == .text("lines.unknown"))
        }
    }

    @Test func `all wrong fields are named at once, in the reader's language`() async throws {
        try await withWeb { web in
            let newcomer = try await Newcomer(web, "小满", "60000042")
            var form = Newcomer.person
            form["idNumber"] = .text("110105194912310021")
            form["postcode"] = .text("12")
            form["phone"] = .text("12345")
            let refused = try await newcomer.browser.send("PUT", "/api/v1/me/identity", form)
            #expect(refused.status == 400)
            #expect(refused.json["code"] == .text("web.form"))
            guard case .array(let errors) = refused.json["errors"] else {
                Issue.record("no list of errors: \(refused.body)")
                return
            }
            let fields = errors.compactMap { error -> JSONValue? in
                guard case .object(let members) = error else { return nil }
                return members["field"]
            }
            #expect(fields == [.text("idNumber"), .text("postcode"), .text("phone")])
            form["name"] = .text("not a field")
            #expect(try await newcomer.browser.send("PUT", "/api/v1/me/identity", form).json["code"] == .text("web.field"))
        }
    }

    @Test func `a minor needs a guardian, and a consent is asked for`() async throws {
        try await withWeb { web in
            let newcomer = try await Newcomer(web, "小宝", "60000043")
            var form = Newcomer.person
            form["idKind"] = .text("passport")
            form["idNumber"] = .text("E12345678")
            // 2026-03-09 is a day before the eighteenth birthday.
            form["birthDate"] = .text("2008-03-10")
            let alone = try await newcomer.browser.send("PUT", "/api/v1/me/identity", form)
            #expect(alone.body.contains("guardian.legalName"))
            form = Newcomer.person
            form["consent"] = .bool(false)
            let silent = try await newcomer.browser.send("PUT", "/api/v1/me/identity", form)
            #expect(silent.json["code"] == .text("customers.consent-missing"))
        }
    }

    @Test func `an order is looked at before it is confirmed, once`() async throws {
        try await withWeb { web in
            let newcomer = try await Newcomer(web, "小满", "60000044")
            var body = Newcomer.order
            body["id"] = .text("order-1")
            let blind = try await newcomer.browser.send("POST", "/api/v1/me/orders", body)
            #expect(blind.json["code"] == .text("web.field"))
            let first = try await newcomer.order("order-1")
            #expect(first.status == 201)
            let again = try await newcomer.order("order-1")
            #expect(again.json["number"] == first.json["number"])
            var other = Newcomer.order
            other["plan"] = .text("family")
            #expect(try await newcomer.order("order-1", other).status == 409)
            let stranger = try await Newcomer(web, "别人", "60000045")
            guard case .text(let number) = first.json["number"] else { return }
            #expect(try await stranger.browser.get("/api/v1/me/orders/\(number)").status == 404)
            #expect(try await stranger.browser.get("/orders/\(number)").status == 404)
            let page = try await newcomer.browser.get("/orders/\(number)").body
            #expect(page.contains(number) && page.contains("¥10.00") && !page.contains("⟦"))
            let paper = try await newcomer.browser.get("/orders/\(number)/document")
            #expect(paper.body.contains(number))
            #expect(paper["content-security-policy"]?.hasPrefix("default-src 'none'") == true)
            #expect(try await stranger.browser.get("/orders/\(number)/document").status == 404)
        }
    }

    @Test func `data, order, signature, check: then the line is open`() async throws {
        try await withWeb { web in
            let newcomer = try await Newcomer(web, "王秀英", "60000046")
            #expect(try await newcomer.browser.send("PUT", "/api/v1/me/identity", Newcomer.person).status == 200)
            #expect(try await newcomer.browser.get("/join")["location"] == "/join/order")
            #expect(try await newcomer.order("order-2").status == 201)
            #expect(try await newcomer.browser.get("/join")["location"] == "/join/sign")
            let licence: [String: JSONValue] = ["software": .text("web"), "version": .text("1")]
            #expect(try await newcomer.browser.send("POST", "/api/v1/me/licence", licence).status == 204)
            #expect(try await newcomer.sign().status == 200)
            #expect(try await newcomer.browser.get("/join")["location"] == "/join/wait")
            #expect(try await newcomer.progress()["line"] == nil)

            try await web.verify(newcomer)
            #expect(try await newcomer.progress()["line"] == .text("60000046"))
            #expect(try await newcomer.browser.get("/phone").status == 200)
            let me = try await newcomer.browser.get("/api/v1/me").json
            guard case .object(let account) = me["account"] else {
                Issue.record("no account: \(me)")
                return
            }
            #expect(account["creditLimit"] == .integer(50_000_000))
        }
    }

    @Test func `a signature counts for one document, one session and once`() async throws {
        try await withWeb { web in
            let newcomer = try await Newcomer(web, "王秀英", "60000047")
            _ = try await newcomer.browser.send("PUT", "/api/v1/me/identity", Newcomer.person)
            _ = try await newcomer.order("order-3")
            let challenge = try await newcomer.challenge()
            var forged = try newcomer.proof(challenge)
            forged["signature"] = .text(String(repeating: "A", count: 86) + "==")
            #expect(
                try await newcomer.browser.send("POST", "/api/v1/me/signature", forged).json["code"]
                    == .text("agreement.signature-wrong"))
            let elsewhere = web.browser()
            _ = try await elsewhere.send(
                "POST", "/api/v1/sessions", ["number": .text("60000047"), "password": .text("a long enough word")])
            #expect(try await elsewhere.send("POST", "/api/v1/me/signature", try newcomer.proof(challenge)).status >= 400)
            let stale: [String: JSONValue] = ["method": .text("key"), "documentHash": .text(String(repeating: "0", count: 64))]
            #expect(try await newcomer.browser.send("POST", "/api/v1/me/signing", stale).status >= 400)
        }
    }

    @Test func `where there is no key a code is copied`() async throws {
        try await withWeb { web in
            let newcomer = try await Newcomer(web, "王秀英", "60000048")
            _ = try await newcomer.browser.send("PUT", "/api/v1/me/identity", Newcomer.person)
            _ = try await newcomer.order("order-4")
            let challenge = try await newcomer.challenge("code")
            let wrong: [String: JSONValue] = ["nonce": challenge.json["nonce"] ?? .null, "code": .text("000")]
            #expect(
                try await newcomer.browser.send("POST", "/api/v1/me/signature", wrong).json["code"] == .text("web.wrong-code"))
            let right: [String: JSONValue] = [
                "nonce": challenge.json["nonce"] ?? .null, "code": challenge.json["code"] ?? .null,
            ]
            #expect(try await newcomer.browser.send("POST", "/api/v1/me/signature", right).status == 200)
        }
    }

    @Test func `an organisation joins in the same way`() async throws {
        try await withWeb { web in
            let newcomer = try await Newcomer(web, "牡丹茶叶", "60000049", kind: "organisation")
            let page = try await newcomer.browser.get("/join/me").body
            #expect(page.contains("name=\"uscc\"") && !page.contains("name=\"birthDate\""))
            #expect(try await newcomer.browser.send("PUT", "/api/v1/me/identity", Newcomer.organisation).status == 200)
            #expect(try await newcomer.order("order-5").status == 201)
            #expect(try await newcomer.sign().status == 200)
            try await web.verify(newcomer)
            #expect(try await newcomer.progress()["line"] == .text("60000049"))
        }
    }
}
