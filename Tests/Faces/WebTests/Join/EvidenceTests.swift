import Basics
import Foundation
import Testing
import Web

/// Copies of IDs and licences: asked for, sent, looked through, handed in.
@Suite struct EvidenceTests {
    /// One pixel. Text of one byte per character, so that it can travel in a test's body.
    static let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"
    static let pdfWithScript =
        "%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(x)>>>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"

    private func upload(_ browser: TestBrowser, _ body: String, type: String, name: String = "id.png") async throws -> TestAnswer
    {
        let headers = [
            "Origin": "http://127.0.0.1:\(browser.port)", "Content-Type": type, "X-Jianmian-CSRF": try await browser.csrf(),
        ]
        return try await browser.raw("POST", "/api/v1/me/evidence?name=\(name)", headers: headers, body: body)
    }

    @Test func `what is not a picture or a plain PDF is refused by its content`() async throws {
        try await withWeb { web in
            let newcomer = try await Newcomer(web, "小满", "60000051")
            _ = try await newcomer.browser.send("PUT", "/api/v1/me/identity", Newcomer.person)
            try await web.askEvidence(of: newcomer)
            let page = try await newcomer.browser.get("/identity").body
            #expect(page.contains("data-test=\"evidence\"") && page.contains("王*英") && !page.contains("11010519491231002X"))
            #expect(!page.contains("⟦"))
            for (body, type) in [(Self.svg, "image/png"), (Self.pdfWithScript, "application/pdf"), ("", "image/png")] {
                let refused = try await upload(newcomer.browser, body, type: type)
                #expect((400..<500).contains(refused.status), "\(type)")
            }
            #expect(try await newcomer.browser.get("/api/v1/me/evidence").json["files"] == .array([]))
            #expect(try await newcomer.browser.send("POST", "/api/v1/me/evidence/done").status >= 400)
        }
    }

    @Test func `a file of a hundred megabytes is refused before it is read`() async throws {
        try await withWeb { web in
            let newcomer = try await Newcomer(web, "小满", "60000052")
            _ = try await newcomer.browser.send("PUT", "/api/v1/me/identity", Newcomer.person)
            let token = try await newcomer.browser.csrf()
            let head =
                "POST /api/v1/me/evidence HTTP/1.1\r\nHost: 127.0.0.1:\(web.port)\r\nOrigin: http://127.0.0.1:\(web.port)\r\n"
                + "Cookie: \(newcomer.browser.cookies)\r\nX-Jianmian-CSRF: \(token)\r\nContent-Type: image/png\r\n"
                + "Content-Length: 104857600\r\n\r\n"
            let answer = TestAnswer(parsing: try await exchange(port: web.port, head))
            #expect(answer.status == 413)
        }
    }

    @Test func `another customer's copy is as if it were not there`() async throws {
        try await withWeb { web in
            let stranger = try await Newcomer(web, "别人", "60000053")
            #expect(try await stranger.browser.get("/api/v1/me/evidence/some-id").status == 404)
            #expect(try await web.browser().get("/api/v1/me/evidence").status == 401)
        }
    }
}
