import Access
import Agreement
import Basics
import Storage
import Testing
import Web

@Suite struct ChangePagesTests {
    @Test func `a new version shows what changes and until when to answer`() async throws {
        try await withWeb { web in
            let (browser, _) = try await web.signed("王秀英", "60000051")
            let version = try await web.publishTwoYearsOfWarranty()
            let page = try await browser.get("/agreement/changes/\(version)?lang=zh").body
            // Published on 9 March, one month to object: 9 April is the last day, silence binds from the 10th.
            #expect(page.contains("第 2 版：2026年4月9日以前您可以接受或提出异议"))
            #expect(page.contains("2026年4月10日"))
            #expect(page.contains("<del class=\"removed\">1</del>"))
            #expect(page.contains("<ins class=\"added\">2</ins>"))
            #expect(!page.contains("⟦"))
            #expect(try await browser.get("/agreement?lang=zh").body.contains("href=\"/agreement/changes/\(version)\""))
        }
    }

    @Test func `acceptance binds from today`() async throws {
        try await withWeb { web in
            let (browser, _) = try await web.signed("王秀英", "60000052")
            let version = try await web.publishTwoYearsOfWarranty()
            let answer = try await browser.send("POST", "/api/v1/me/agreement/changes/\(version)/acceptance")
            #expect(answer.json["since"] == .text("2026-03-09"))
            #expect(answer.json["because"] == .text("acceptance"))
            #expect(try await browser.get("/agreement/changes/\(version)?lang=en").body.contains("You accepted it"))
            #expect(try await browser.get("/agreement?lang=zh").body.contains("装机之日起保修 2 年"))
            #expect(try await browser.get("/api/v1/me/agreement").json["termsVersion"] == .integer(2))
        }
    }

    @Test func `silence binds the day after the last one`() async throws {
        try await withWeb { web in
            let (browser, _) = try await web.signed("王秀英", "60000053")
            let version = try await web.publishTwoYearsOfWarranty()
            // From 09:46 in Shanghai on 9 March to 23:46 on 9 April: the last day is not over.
            web.clock.advance(seconds: 31 * 86_400 + 14 * 3_600)
            let again: [String: JSONValue] = ["number": .text("60000053"), "password": .text("correct horse 1")]
            #expect(try await browser.send("POST", "/api/v1/sessions", again).status == 201)
            #expect(try await browser.get("/agreement/changes/\(version)?lang=zh").body.contains("今天是最后一天"))
            web.clock.advance(seconds: 3_600)
            #expect(try await browser.get("/agreement/changes/\(version)?lang=zh").body.contains("第 2 版自 2026年4月10日起对您有效"))
            let late = try await browser.send(
                "POST", "/api/v1/me/agreement/changes/\(version)/objection", ["id": .text("late"), "reason": .text("太晚了")])
            #expect(late.status == 409)
        }
    }

    @Test func `an objection opens a thread, and a proposal of the provider is agreed to`() async throws {
        try await withWeb { web in
            let (browser, _) = try await web.signed("王秀英", "60000054")
            let version = try await web.publishTwoYearsOfWarranty()
            let path = "/api/v1/me/agreement/changes/\(version)/objection"
            for _ in 0..<2 {
                let answer = try await browser.send("POST", path, ["id": .text("o-1"), "reason": .text("我不同意 <b>保修</b>")])
                #expect(answer.status == 201)
            }
            #expect(try await browser.send("POST", "\(path)/messages", ["id": .text("m-1"), "text": .text("请回电")]).status == 201)
            let page = try await browser.get("/agreement/changes/\(version)?lang=zh").body
            #expect(page.contains("data-state=\"negotiating\""))
            #expect(page.contains("我不同意 &lt;b&gt;保修&lt;/b&gt;"))
            #expect(page.contains("请回电"))
            // Who answers is told by what they do and by their surname, never by an id.
            let law = try await web.staff("law", .legal)
            let answer: [String: JSONValue] = ["id": .text("m-9"), "words": .text("我们查一下"), "purpose": .text("答复异议")]
            #expect(try await law.send("POST", "/api/v1/staff/objections/o-1/messages", answer).status == 200)
            let answered = try await browser.get("/agreement/changes/\(version)?lang=zh").body
            #expect(answered.contains("法务 · 员") && answered.contains("我们查一下") && !answered.contains("员工law"))
            let now = web.clock.now()
            try await web.database.write { tx throws(Fault) in
                let act = try TestWeb.act(.legal)
                _ = try resolveObjection(ObjectionID(trusted: "o-1"), .accepted, by: act, in: tx, at: now)
            }
            #expect(try await browser.get("/agreement/changes/\(version)?lang=zh").body.contains("data-outcome=\"accepted\""))
            let settled = try await browser.send("POST", "\(path)/settlement", ["outcome": .text("accepted")])
            #expect(settled.json["outcome"] == .text("accepted"))
            #expect(try await browser.get("/agreement?lang=zh").body.contains("装机之日起保修 2 年"))
        }
    }

    @Test func `somebody else's thread, a draft and nonsense are not found`() async throws {
        try await withWeb { web in
            let (browser, _) = try await web.signed("王秀英", "60000055")
            let version = try await web.publishTwoYearsOfWarranty()
            let path = "/api/v1/me/agreement/changes/\(version)/objection"
            _ = try await browser.send("POST", path, ["id": .text("o-2"), "reason": .text("不")])
            let other = try await web.customer("李伟", "60000056")
            #expect(try await other.get(path).status == 404)
            #expect(try await other.send("POST", path, ["id": .text("o-2"), "reason": .text("不")]).status >= 400)
            for bad in ["nothing", "%2e%2e", String(repeating: "a", count: 65)] {
                #expect(try await browser.get("/agreement/changes/\(bad)").status == 404)
            }
            let empty = try await browser.send("POST", "\(path)/messages", ["id": .text("m-2"), "text": .text("   ")])
            #expect(empty.status == 400)
        }
    }
}

extension TestWeb {
    /// Publishes a second version whose warranty lasts two years; returns its id.
    func publishTwoYearsOfWarranty() async throws -> VersionID {
        let now = clock.now()
        return try await database.write { tx throws(Fault) in
            let act = try TestWeb.act(.legal)
            guard let first = try currentVersion(in: tx) else { throw Fault(.nothingPublished, "publish the first") }
            var terms = first.terms
            terms.warrantyYears = 2
            let summary = Wording(zh: "保修延长到两年。", en: "The warranty becomes two years.")
            let content = DraftContent(terms: terms, text: first.text, summary: summary)
            let draft = try draftVersion(.random(), content, by: act, in: tx, at: now)
            return try publishVersion(
                draft.id, revision: draft.revision, confirmedWarnings: content.findings.count, by: act, in: tx, at: now
            ).id
        }
    }
}
