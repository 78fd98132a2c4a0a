import Basics
import Lines
import Storage
import Testing
import Web

/// The pages as browsers get them, before any script runs.
@Suite struct PagesTests {
    static let open = ["/", "/register", "/sign-in", "/services", "/announcements"]

    @Test(arguments: ["zh", "en"]) func `every open page is complete in its language`(_ language: String) async throws {
        try await withWeb { web in
            for path in Self.open {
                let page = try await web.browser().get("\(path)?lang=\(language)")
                #expect(page.status == 200)
                #expect(!page.body.contains("⟦"), "\(path) lacks words")
                #expect(page.body.contains("<html lang=\"\(language)"))
                #expect(!page.body.contains("<title></title>"))
                #expect(page.body.hasSuffix("</html>\n"))
            }
        }
    }

    @Test func `the landing page names the prices in force per minute`() async throws {
        try await withWeb { web in
            // 5,000 and 2,000 micro-yuan per second are 0.30 and 0.12 yuan per minute.
            let page = try await web.browser().get("/").body
            #expect(page.contains("data-test=\"price-video\">¥0.30<"))
            #expect(page.contains("data-test=\"price-audio\">¥0.12<"))
        }
    }

    @Test func `demo customers are offered in the demo only`() async throws {
        try await withWeb(demo: true) { web in
            let page = try await web.browser().get("/sign-in").body
            #expect(page.contains("data-test=\"demo-60000001\""))
        }
        try await withWeb { web in
            let page = try await web.browser().get("/sign-in").body
            #expect(!page.contains("demo-account"))
        }
    }

    @Test func `who is not signed in is sent to sign in and back`() async throws {
        try await withWeb { web in
            let stranger = try await web.browser().get("/phone")
            #expect(stranger.status == 303)
            #expect(stranger["location"] == "/sign-in?next=/phone")
            let left = try await web.browser().raw("GET", "/account", headers: ["Cookie": "jm_session=gone"], body: nil)
            #expect(left["location"] == "/sign-in?next=/account&ended=1")
        }
    }

    @Test func `the account page opens with the month in one sentence`() async throws {
        try await withWeb { web in
            let browser = try await web.customer("赵<小>满", "60000021", creditLimit: Money(yuan: 50))
            for path in ["/account", "/phone"] {
                let page = try await browser.get(path)
                #expect(page.status == 200)
                #expect(page.body.contains("本月已用 ¥0.00，还可用 ¥50.00"), "\(path)")
                #expect(page.body.contains("6000 0021"))
                #expect(!page.body.contains("<小>"), "names are text, never markup")
                #expect(!page.body.contains("⟦"))
            }
            let english = try await browser.get("/account?lang=en").body
            #expect(english.contains("¥0.00 used this month, ¥50.00 left"))
        }
    }

    @Test func `a hold is shown with its reason, its remedy and its day`() async throws {
        try await withWeb { web in
            let browser = try await web.customer("钱多", "60000022")
            try await web.database.write { tx throws(Fault) in
                guard let number = PhoneNumber("60000022"), let line = try line(numbered: number, in: tx) else { return }
                let request = PlaceHoldRequest(
                    line: line.id, kind: .credit, clause: 9, reason: "limit reached", evidence: "call", effect: .outgoing,
                    by: "test")
                _ = try placeHold(request, in: tx, at: web.clock.now())
            }
            let page = try await browser.get("/account").body
            #expect(page.contains("本月通话费已达到您选择的信用额。"))
            #expect(page.contains("从 2026年3月9日 起 · 依据协议第 9 条"))
        }
    }

    @Test func `theme and type are in the page before it is drawn`() async throws {
        try await withWeb { web in
            let page = try await web.browser().raw("GET", "/", headers: ["Cookie": "theme=dark; type=large"], body: nil).body
            #expect(page.contains("data-theme=\"dark\" data-type=\"large\""))
            let odd = try await web.browser().raw("GET", "/", headers: ["Cookie": "theme=\"><b>; type=x"], body: nil).body
            #expect(!odd.contains("data-theme") && !odd.contains("data-type"))
        }
    }

    @Test func `a page that is not there says so in plain words`() async throws {
        try await withWeb { web in
            let page = try await web.browser().raw("GET", "/nowhere?lang=zh", headers: ["Accept": "text/html"], body: nil)
            #expect(page.status == 404)
            #expect(page.body.contains("这里没有这个页面"))
        }
    }
}
