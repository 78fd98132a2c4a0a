import Foundation
import Testing
import Web

@Suite struct ServerTests {
    @Test func `health, readiness and figures`() async throws {
        try await withWeb { web in
            let browser = web.browser()
            #expect(try await browser.get("/healthz").body == "ok\n")
            #expect(try await browser.get("/readyz").json["ready"] == .bool(true))
            let metrics = try await browser.get("/metrics")
            #expect(metrics["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
            #expect(metrics.body.contains(#"jianmian_http_responses_total{method="GET",route="/healthz",status="200"} 1"#))
            #expect(metrics.body.contains(#"jianmian_http_request_seconds_bucket{method="GET",route="/readyz",le="+Inf"} 1"#))
        }
    }

    @Test func `a part that is not well makes the service not ready`() async throws {
        try await withWeb(checks: [.init("media") { "no port" }]) { web in
            let answer = try await web.browser().get("/readyz")
            #expect(answer.status == 503)
            #expect(answer.json["ready"] == .bool(false))
            #expect(answer.json["checks"] == .object(["database": .text("ok"), "media": .text("no port")]))
        }
    }

    @Test func `pages keep themselves to themselves`() async throws {
        try await withWeb { web in
            let answer = try await web.browser().get("/healthz")
            #expect(
                answer["content-security-policy"]?.hasPrefix("default-src 'self'; connect-src 'self' ws://127.0.0.1:") == true)
            #expect(answer["x-content-type-options"] == "nosniff")
            #expect(answer["x-frame-options"] == "DENY")
            #expect(answer["x-request-id"] != nil)
        }
    }

    @Test func `unknown paths are told in the reader's language`() async throws {
        try await withWeb { web in
            let english = try await web.browser().get("/api/v1/nothing", ["Accept-Language": "en-US,en;q=0.9,zh;q=0.5"])
            #expect(english.status == 404)
            #expect(english["content-language"] == "en")
            #expect(english.json["code"] == .text("web.not-found"))
            let chinese = try await web.browser().get("/api/v1/nothing")
            #expect(chinese["content-language"] == "zh-CN")
        }
    }

    @Test func `writing requests of other sites are refused`() async throws {
        try await withWeb { web in
            let browser = try await web.customer("甲", "60000021")
            let token = try await browser.csrf()
            func status(_ headers: [String: String]) async throws -> Int {
                try await browser.raw("POST", "/api/v1/contacts", headers: headers, body: "{}").status
            }
            let own = "http://127.0.0.1:\(web.port)"
            let json = "application/json"
            #expect(try await status(["Origin": own, "Content-Type": json, "X-Jianmian-CSRF": token]) == 400)
            #expect(try await status(["Origin": own, "Content-Type": json]) == 403)
            #expect(try await status(["Origin": own, "Content-Type": json, "X-Jianmian-CSRF": String(token.reversed())]) == 403)
            #expect(try await status(["Origin": "https://evil.example", "Content-Type": json, "X-Jianmian-CSRF": token]) == 403)
            #expect(try await status(["Origin": "null", "Content-Type": json, "X-Jianmian-CSRF": token]) == 403)
            #expect(try await status(["Sec-Fetch-Site": "cross-site", "Content-Type": json, "X-Jianmian-CSRF": token]) == 403)
        }
    }

    @Test func `another visit's token is not accepted`() async throws {
        try await withWeb { web in
            let (one, other) = (web.browser(), web.browser())
            let foreign = try await other.csrf()
            let answer = try await one.send("POST", "/api/v1/sessions", [:], ["X-Jianmian-CSRF": foreign])
            #expect(answer.json["code"] == .text("web.stale-page"))
        }
    }

    struct BadRequest: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let bytes: String

        static let all = [
            BadRequest(
                testDescription: "two framings",
                bytes: "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                    + "GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n"),
            BadRequest(
                testDescription: "two lengths",
                bytes: "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
            BadRequest(testDescription: "a NUL in a header", bytes: "GET / HTTP/1.1\r\nHost: a\r\nX: a\u{0}b\r\n\r\n"),
            BadRequest(testDescription: "no request at all", bytes: "NONSENSE\r\n\r\n"),
            BadRequest(
                testDescription: "a huge header",
                bytes: "GET / HTTP/1.1\r\nHost: a\r\nCookie: \(String(repeating: "a", count: 100_000))\r\n\r\n"),
        ]
    }

    @Test(arguments: BadRequest.all) func `malformed and ambiguous requests are refused, not interpreted`(_ request: BadRequest)
        async throws
    {
        try await withWeb { web in
            let answer = try await exchange(port: web.port, request.bytes, patience: .seconds(3))
            #expect(!answer.contains("\"ready\""))
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 400"))
            #expect(try await web.browser().get("/healthz").status == 200)
        }
    }

    @Test func `files have a type and a tag, and paths cannot climb`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "web-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for name in ["Pages", "Assets/js", "Words/zh"] {
            try FileManager.default.createDirectory(at: folder.appending(path: name), withIntermediateDirectories: true)
        }
        try Data("export const one = 1;\n".utf8).write(to: folder.appending(path: "Assets/js/one.js"))
        try Data("{{w.site.name}} {{csrf}} <{{path}}>".utf8).write(to: folder.appending(path: "Pages/landing.mustache"))
        try Data(#"{"site.name": "见面"}"#.utf8).write(to: folder.appending(path: "Words/zh/site.json"))
        try await withWeb({ $0.resources = folder.path }) { web in
            let browser = web.browser()
            let file = try await browser.get("/assets/js/one.js")
            #expect(file.status == 200)
            #expect(file["content-type"] == "text/javascript; charset=utf-8")
            let tag = try #require(file["etag"])
            #expect(try await browser.get("/assets/js/one.js", ["If-None-Match": tag]).status == 304)
            let pinned = try await browser.get("/assets/js/one.js?v=\(tag.dropFirst().dropLast())")
            #expect(pinned["cache-control"] == "public, max-age=31536000, immutable")
            for path in [
                "/assets/../Words/zh/site.json", "/assets/%2e%2e/Words/zh/site.json", "/assets/js", "/assets/",
                "/assets/..%2f..%2fetc/passwd",
            ] {
                #expect(try await browser.get(path).status == 404, "\(path)")
            }
            let words = try await browser.get("/words/zh.json").body
            #expect(words.contains("见面"))
            let page = try await browser.get("/?lang=zh")
            let token = try await browser.csrf()
            #expect(page.body == "见面 \(token) </>")
        }
    }

    @Test func `a limiter lets a burst through, then a steady rate, and forgets the longest unused`() {
        let start = ContinuousClock.now
        var bucket = TokenBucket(burst: 2, perSecond: 1, now: start)
        let taken = [0, 0, 0, 1, 1].map { bucket.take(now: start + .seconds($0)) }
        #expect(taken == [true, true, false, true, false])
        let limiter = RateLimiter(burst: 1, perMinute: 60, capacity: 4)
        for (index, name) in ["a", "b", "c", "d"].enumerated() {
            #expect(limiter.allows(name, now: start + .milliseconds(index)))
        }
        #expect(limiter.allows("e", now: start + .milliseconds(5)))
        #expect(!limiter.allows("d", now: start + .milliseconds(6)))
    }
}
