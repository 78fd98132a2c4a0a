import Agreement
import Basics
import Storage
import Testing
import Web

@Suite struct AgreementPagesTests {
    @Test func `who is not signed in is led to sign in`() async throws {
        try await withWeb { web in
            for path in ["/agreement", "/ending", "/privacy"] {
                let answer = try await web.browser().get(path)
                #expect(answer.status == 303)
                #expect(answer["location"] == "/sign-in?next=\(path)")
            }
            for path in ["/api/v1/me/ending", "/api/v1/me/privacy", "/api/v1/me/export"] {
                #expect(try await web.browser().get(path).status == 401)
            }
        }
    }

    @Test func `an agreement in force shows its signatures, its fingerprint and all eighteen clauses in both languages`()
        async throws
    {
        try await withWeb { web in
            let (browser, agreement) = try await web.signed("王秀英", "60000011")
            let chinese = try await browser.get("/agreement?lang=zh")
            #expect(chinese.status == 200)
            #expect(chinese.body.contains("协议自 2026年3月9日起生效"))
            #expect(chinese.body.contains(agreement.fingerprint.grouped))
            #expect(chinese.body.contains("data-test=\"original-2\""))
            let english = try await browser.get("/agreement?lang=en")
            #expect(english.body.contains("Your agreement has been in force since 9 Mar 2026"))
            for number in 1...18 {
                #expect(chinese.body.contains("id=\"clause-\(number)\""))
                #expect(english.body.contains("Clause \(number)"))
            }
            for page in [chinese, english] { #expect(!page.body.contains("⟦")) }
        }
    }

    @Test func `each clause says what it means today`() async throws {
        try await withWeb { web in
            let (browser, _) = try await web.signed("王秀英", "60000012")
            let page = try await browser.get("/agreement?lang=zh").body
            // 3‰ a day, one month, three months, one year, one month: the standard terms.
            #expect(page.contains("逾期每天 3‰；到期后 1 个月（至少满 30 天）可以中止服务，3 个月（至少中止满 60 天）可以终止"))
            #expect(page.contains("装机之日起保修 1 年"))
            #expect(page.contains("新版本公布后您有 1 个月可以提出异议"))
            #expect(page.contains("提交北京仲裁委员会仲裁"))
            #expect(page.contains("号码保留 90 天不给别人"))
            #expect(page.contains("您还没有提交身份资料"))
        }
    }

    @Test func `before anything is signed the page shows the published text and leads on`() async throws {
        try await withWeb { web in
            let browser = try await web.customer("李伟", "60000013")
            let now = web.clock.now()
            #expect(try await browser.get("/agreement?lang=zh").body.contains("您还没有协议"))
            try await web.database.write { tx throws(Fault) in
                _ = try ensureFirstVersion(.standard(TestWeb.provider), in: tx, at: now)
            }
            let page = try await browser.get("/agreement?lang=zh").body
            #expect(page.contains("这是现在公布的第 1 版"))
            #expect(page.contains("href=\"/join\""))
            #expect(try await browser.get("/agreement/document").status == 404)
            #expect(try await browser.get("/agreement/original/1.pdf").status == 409)
        }
    }

    @Test func `without a press the original says so and everything else works`() async throws {
        try await withWeb { web in
            let (browser, _) = try await web.signed("王秀英", "60000014")
            #expect(try await browser.get("/agreement/original/1.pdf").status == 503)
            #expect(try await browser.get("/agreement/original/3.pdf").status == 404)
        }
    }
}

@Suite struct VerifyTests {
    @Test func `anybody may verify a fingerprint and learns no full name`() async throws {
        try await withWeb { web in
            let (_, agreement) = try await web.signed("王秀英", "60000021")
            let stranger = web.browser()
            let page = try await stranger.get("/verify?fingerprint=\(agreement.fingerprint.hex)&lang=zh").body
            #expect(page.contains("指纹正确"))
            #expect(page.contains(agreement.number))
            #expect(page.contains("王*英"))
            #expect(!page.contains("王秀英"))
            // As it is printed: in groups, here in capitals.
            let typed = agreement.fingerprint.grouped.uppercased().replacing(" ", with: "%20")
            let json = try await stranger.get("/api/v1/verify?fingerprint=\(typed)").json
            #expect(json["outcome"] == .text("known"))
        }
    }

    @Test(arguments: [
        ("fingerprint=\(String(repeating: "ab", count: 32))", "unknown"), ("fingerprint=12345", "malformed"),
        ("fingerprint=%E2%80%AE\(String(repeating: "ab", count: 32))", "malformed"),
        ("file=\(String(repeating: "0", count: 64))", "unknownFile"), ("file=zz", "malformed"),
        ("file=\(String(repeating: "0", count: 64))&claims=nonsense", "unknownFile"),
    ]) func `what is not ours is told so`(query: String, outcome: String) async throws {
        try await withWeb { web in
            let json = try await web.browser().get("/api/v1/verify?\(query)")
            #expect(json.status == 200)
            #expect(json.json["outcome"] == .text(outcome))
            #expect(try await web.browser().get("/verify?\(query)").status == 200)
        }
    }

    @Test func `a registered original is genuine, one altered byte makes it altered, and a foreign file is unknown`() async throws
    {
        try await withWeb { web in
            let (_, agreement) = try await web.signed("王秀英", "60000022")
            let (id, now) = (try await web.customerID("60000022"), web.clock.now())
            let file = "a file of ours"
            try await web.database.write { tx throws(Fault) in
                try registerOriginal(of: id, copy: 2, pdf: ContentHash(of: Array(file.utf8)), in: tx, at: now)
            }
            let claim = "claims=\(agreement.fingerprint.hex)"
            for (content, outcome) in [(file, "genuine"), ("a filf of ours", "altered")] {
                let answer = try await web.browser().post(file: content, to: "/api/v1/verify?\(claim)")
                #expect(answer.status == 200)
                #expect(answer.json["outcome"] == .text(outcome))
            }
            #expect(try await web.browser().post(file: "x", to: "/api/v1/verify").json["outcome"] == .text("unknownFile"))
        }
    }

    @Test func `a file that is too large is refused before it is read`() async throws {
        try await withWeb { web in
            let browser = web.browser()
            let headers = [
                "Content-Type": "application/pdf", "X-Jianmian-CSRF": try await browser.csrf(), "Content-Length": "104857600",
            ]
            #expect(try await browser.raw("POST", "/api/v1/verify", headers: headers, body: nil).status == 413)
        }
    }
}
