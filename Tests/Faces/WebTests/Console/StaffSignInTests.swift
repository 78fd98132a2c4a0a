import Access
import Basics
import Foundation
import Testing
import Web

/// Signing in as staff.
@Suite struct StaffSignInTests {
    @Test func `a password alone opens nothing`() async throws {
        try await withWeb { web in
            try await web.hire("xiaozhou", [.administrator])
            let browser = web.browser()
            #expect(try await browser.openStaff("xiaozhou") == "enrol")
            #expect(try await browser.get("/api/v1/staff/work").status == 401)
            let page = try await browser.get("/console/members")
            #expect(page.status == 303)
            #expect(page["location"] == "/console/sign-in?next=/console/members")
        }
    }

    @Test func `the first sign-in sets up codes, the next one asks for one`() async throws {
        try await withWeb { web in
            try await web.hire("xiaozhou", [.administrator])
            let browser = web.browser()
            try await browser.openStaff("xiaozhou")
            let secret = try await browser.beginEnrolment()
            let answer = try await browser.send(
                "POST", "/api/v1/staff/session/enrolment/confirmation", ["code": .text(web.code(secret))])
            guard case .array(let codes) = answer.json["recoveryCodes"], case .text(let recovery) = codes.first else {
                Issue.record("no recovery codes: \(answer.body)")
                return
            }
            #expect(codes.count == AccessLimits.recoveryCodes)
            #expect(try await browser.get("/console").status == 200)

            let other = web.browser()
            #expect(try await other.openStaff("xiaozhou") == "code")
            // The code of this half-minute was used to confirm.
            let used = try await other.send("POST", "/api/v1/staff/session/code", ["code": .text(web.code(secret))])
            #expect(used.status == 409)
            web.clock.advance(seconds: 30)
            let good = try await other.send("POST", "/api/v1/staff/session/code", ["code": .text(web.code(secret))])
            #expect(good.status == 200, "\(good.body)")
            let third = web.browser()
            try await third.openStaff("xiaozhou")
            #expect(try await third.send("POST", "/api/v1/staff/session/code", ["code": .text(recovery)]).status == 200)
            #expect(try await third.get("/api/v1/staff/work").status == 200)
        }
    }

    @Test func `a first password is changed before anything else`() async throws {
        try await withWeb { web in
            try await web.hire("xiaozhou", [.administrator], isOwnPassword: false)
            let browser = web.browser()
            try await browser.openStaff("xiaozhou")
            let own: [String: JSONValue] = ["old": .text("long-enough-xiaozhou"), "new": .text("only-i-know-this")]
            #expect(try await browser.send("POST", "/api/v1/staff/session/password", own).status == 401, "no second factor yet")
            let secret = try await browser.beginEnrolment()
            let answer = try await browser.send(
                "POST", "/api/v1/staff/session/enrolment/confirmation", ["code": .text(web.code(secret))])
            #expect(answer.json["step"] == .text("password"))
            let refused = try await browser.get("/api/v1/staff/work")
            #expect(refused.status == 401 && refused.json["code"] == .text("access.password-given"))
            #expect(try await browser.get("/console").status == 303)
            #expect(try await browser.get("/api/v1/staff/session").json["step"] == .text("password"))
            for bad in ["", "short", "long-enough-xiaozhou"] {
                let wrong = try await browser.send(
                    "POST", "/api/v1/staff/session/password", own.merging(["new": .text(bad)]) { $1 })
                #expect(wrong.status == 400 || wrong.status == 409, "\(bad): \(wrong.body)")
            }
            #expect(try await browser.get("/console").status == 303)
            #expect(try await browser.send("POST", "/api/v1/staff/session/password", own).status == 200)
            #expect(try await browser.get("/console").status == 200)
        }
    }

    @Test func `customers and staff never share a session`() async throws {
        try await withWeb { web in
            let customer = try await web.customer("小明", "60000031")
            #expect(try await customer.get("/api/v1/staff/work").status == 401)
            let token = customer.cookies.split(separator: "; ").first { $0.hasPrefix("jm_session=") }?.dropFirst(
                "jm_session=".count)
            let forged = try await web.browser().raw(
                "GET", "/api/v1/staff/work", headers: ["Cookie": "jm_staff=\(token ?? "")"], body: nil)
            #expect(forged.status == 401)
            let staff = try await web.staff("xiaozhou", .administrator)
            #expect(try await staff.get("/api/v1/me").status == 401)
            let swapped = staff.cookies.replacingOccurrences(of: "jm_staff", with: "jm_session")
            #expect(try await web.browser().raw("GET", "/api/v1/me", headers: ["Cookie": swapped], body: nil).status == 401)
        }
    }

    @Test func `the staff cookie is strict, for this host and not for scripts`() async throws {
        try await withWeb { web in
            try await web.hire("xiaozhou", [.auditor])
            let answer = try await web.browser().send(
                "POST", "/api/v1/staff/session", ["name": .text("xiaozhou"), "password": .text("long-enough-xiaozhou")])
            let cookie = answer["set-cookie"] ?? ""
            #expect(cookie.hasPrefix("jm_staff="))
            for part in ["HttpOnly", "SameSite=Strict", "Path=/"] { #expect(cookie.contains(part), "\(cookie)") }
        }
    }

    @Test func `signing out and silence end the session`() async throws {
        try await withWeb { web in
            let staff = try await web.staff("xiaozhou", .auditor)
            #expect(try await staff.send("DELETE", "/api/v1/staff/session").status == 204)
            #expect(try await staff.get("/api/v1/staff/work").status == 401)
            let idle = try await web.staff("xiaowu", .auditor)
            web.clock.advance(seconds: AccessLimits.staffIdleSeconds + 1)
            #expect(try await idle.get("/api/v1/staff/work").status == 401)
        }
    }
}
