import Basics
import Foundation
import Testing
import Web

/// What should not come in, at the door that everybody uses: a clear answer in the reader's language, and nothing of anybody else's in it.
@Suite struct BadInputTests {
    @Test(arguments: [
        "", "x", String(repeating: "A", count: 43), String(repeating: "A", count: 4_000), "../../etc/passwd", "%00",
    ])
    func `a forged session is nobody's`(token: String) async throws {
        try await withWeb { web in
            _ = try await web.customer("王秀英", "60000081")
            for path in ["/api/v1/me", "/api/v1/me/orders", "/api/v1/me/export", "/api/v1/me/privacy"] {
                let answer = try await web.browser().raw(
                    "GET", path, headers: ["Cookie": "jm_session=\(token)", "Accept-Language": "zh"], body: nil)
                #expect(answer.status == 401, "\(path): \(answer.status)")
                #expect(!answer.body.contains("王秀英") && !answer.body.contains("60000081"))
            }
        }
    }

    @Test func `a token with one other letter opens nothing`() async throws {
        try await withWeb { web in
            let browser = try await web.customer("王秀英", "60000082")
            let pair = try #require(browser.cookies.split(separator: "; ").first { $0.hasPrefix("jm_session=") })
            var token = String(pair.dropFirst("jm_session=".count))
            let last = token.removeLast()
            token.append(last == "A" ? "B" : "A")
            let answer = try await web.browser().raw(
                "GET", "/api/v1/me", headers: ["Cookie": "jm_session=\(token)"], body: nil)
            #expect(answer.status == 401)
            #expect(try await browser.get("/api/v1/me").status == 200, "the real one goes on")
        }
    }

    /// Ten thousand characters, an override of the direction, isolates, zero-width characters: refused, in so many words, in both languages.
    @Test(arguments: [
        (String(repeating: "名", count: 10_000), "customers.name-too-long", "最多", "at most"),
        ("王\u{202E}英秀", "customers.name-character", "U+202E", "U+202E"),
        ("王\u{2067}秀英", "customers.name-character", "U+2067", "U+2067"),
        ("王\u{200B}秀英", "customers.name-character", "U+200B", "U+200B"),
        ("王\u{200D}秀英", "customers.name-character", "U+200D", "U+200D"),
        ("\u{FEFF}王秀英", "customers.name-character", "U+FEFF", "U+FEFF"),
        ("王秀英\u{0}", "customers.name-character", "U+0000", "U+0000"),
    ])
    func `names that cannot be shown are refused by name`(
        name: String, code: String, chinese: String, english: String
    ) async throws {
        try await withWeb { web in
            let newcomer = try await Newcomer(web, "小满", "60000083")
            for (language, words) in [("zh", chinese), ("en", english)] {
                let registered = try await web.browser().send(
                    "POST", "/api/v1/register",
                    [
                        "kind": .text("person"), "name": .text(name), "number": .text("60000084"),
                        "password": .text("a long enough word"),
                    ], ["Accept-Language": language])
                #expect(registered.status == 400, "\(registered.body.prefix(200))")
                // What is far too long is refused by its bytes, before it is looked at as a name.
                #expect(registered.json["code"] == .text(code) || registered.body.contains("\"code\":\"web."))
                #expect(!registered.body.contains(name), "it is not sent back")
                var form = Newcomer.person
                form["legalName"] = .text(name)
                let refused = try await newcomer.browser.send(
                    "PUT", "/api/v1/me/identity", form, ["Accept-Language": language])
                #expect(refused.status == 400 && refused.body.contains("legalName"))
                #expect(refused.body.contains(words) || refused.body.contains("\"code\":\"web."), "\(refused.body.prefix(300))")
                #expect(!refused.body.contains("11010519491231002X"), "nothing of the form comes back")
            }
            #expect(try await newcomer.browser.send("PUT", "/api/v1/me/identity", Newcomer.person).status == 200)
        }
    }

    /// An archive that says it holds four gigabytes is no PDF: it is looked up by its hash, never unpacked.
    @Test func `a ZIP that would swell is never unpacked`() async throws {
        try await withWeb { web in
            let bomb = "PK\u{3}\u{4}\u{14}\u{0}\u{0}\u{0}\u{8}\u{0}" + String(repeating: "\u{7F}", count: 4_096)
            let answer = try await web.browser().post(file: bomb, to: "/api/v1/verify")
            #expect(answer.json["outcome"] == .text("unknownFile"), "\(answer.status) \(answer.body.prefix(200))")
        }
    }

    @Test func `another customer's order cannot be taken back`() async throws {
        try await withWeb { web in
            let owner = try await Newcomer(web, "小满", "60000085")
            guard case .text(let number) = try await owner.order("order-9").json["number"] else {
                Issue.record("no order")
                return
            }
            let stranger = try await Newcomer(web, "别人", "60000086")
            let refused = try await stranger.browser.send("POST", "/api/v1/me/orders/\(number)/cancel")
            #expect(refused.status == 404 && !refused.body.contains("60000085"))
            guard case .text(let state) = try await owner.browser.get("/api/v1/me/orders/\(number)").json["state"] else { return }
            #expect(state == "pending")
        }
    }
}
