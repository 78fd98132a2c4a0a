import Access
import Basics
import Foundation
import Testing
import Web

/// The console's frame: navigation by role, lists, CSV, dialogs.
@Suite struct ConsoleTests {
    @Test(arguments: ["zh", "en"]) func `every page of every role is complete in its language`(_ language: String) async throws {
        try await withWeb { web in
            for (number, role) in Role.allCases.enumerated() {
                let staff = try await web.staff("person\(number)", role)
                var paths = ["/console"]
                let home = try await staff.get("/console?lang=\(language)").body
                paths += home.matches(of: /href="(\/console\/[a-z-]+)"/).map { String($0.1) }
                for path in Set(paths) {
                    let page = try await staff.get("\(path)?lang=\(language)")
                    #expect(page.status == 200, "\(role) \(path)")
                    #expect(!page.body.contains("⟦"), "\(path) lacks words")
                    let unsaid = page.body.matches(of: />[^<]*console\.[a-z]+\.[A-Za-z.-]+[^<]*</).map { String($0.0) }
                    #expect(unsaid == [], "\(role) \(path)")
                    #expect(page.body.contains("<html lang=\"\(language)"))
                    #expect(page.body.hasSuffix("</html>\n"))
                }
            }
        }
    }

    @Test func `each role sees and may do only its own`() async throws {
        try await withWeb { web in
            let auditor = try await web.staff("auditor", .auditor)
            let page = try await auditor.get("/console").body
            #expect(page.contains("nav-journal"))
            #expect(!page.contains("nav-members"))
            #expect(try await auditor.get("/api/v1/staff/members").status == 403)
            let refused = try await auditor.raw("GET", "/console/members", headers: ["Accept": "text/html"], body: nil)
            #expect(refused.status == 403)
            let hiring = try await auditor.send(
                "POST", "/api/v1/staff/members",
                [
                    "name": .text("甲"), "signInName": .text("jia"), "roles": .array([.text("administrator")]),
                    "password": .text("long-enough-word"), "purpose": .text("try"),
                ])
            #expect(hiring.status == 403)
            let technician = try await web.staff("technician", .technician)
            #expect(try await technician.get("/api/v1/staff/journal").status == 403)
        }
    }

    @Test func `an administrator takes in, changes and ends staff`() async throws {
        try await withWeb { web in
            let boss = try await web.staff("boss", .administrator)
            let answer = try await boss.send(
                "POST", "/api/v1/staff/members",
                [
                    "name": .text("甲一"), "signInName": .text("jiayi"), "roles": .array([.text("legal")]),
                    "password": .text("long-enough-word"), "purpose": .text("新同事入职"),
                ])
            #expect(answer.status == 200, "\(answer.body)")
            guard case .text(let id) = answer.json["id"] else { return }
            let change = try await boss.send(
                "POST", "/api/v1/staff/members/\(id)/roles", ["roles": .array([.text("billing")]), "purpose": .text("调岗")])
            #expect(change.status == 200)
            let list = try await boss.get("/api/v1/staff/members?role=billing")
            #expect(list.body.contains("jiayi") && !list.body.contains("\"boss\""))
            let page = try await boss.get("/console/members/\(id)").body
            #expect(page.contains("甲一") && page.contains("staff.roles-changed"))
            #expect(try await boss.send("POST", "/api/v1/staff/members/\(id)/end", ["purpose": .text("离职")]).status == 200)
            #expect(try await boss.get("/api/v1/staff/members?state=left").body.contains(id))
        }
    }

    @Test func `whoever takes personal data out of the house says what for`() async throws {
        try await withWeb { web in
            let boss = try await web.staff("boss", .administrator)
            _ = try await web.customer("小明", "60000041")
            let clerk = try await web.staff("clerk", .customerService)
            for bad in ["", "&purpose=", "&purpose=%20", "&purpose=" + String(repeating: "a", count: 5000)] {
                let refused = try await clerk.get("/console/customers.csv?q=60000041\(bad)")
                #expect(refused.status == 400 && !refused.body.contains("小明"), "\(bad.prefix(20))")
            }
            let page = try await clerk.get("/console/customers?q=%E5%B0%8F%E6%98%8E").body
            #expect(page.contains("name=\"purpose\"") && page.contains("name=\"q\" value=\"小明\""))
            let file = try await clerk.get("/console/customers.csv?q=60000041&purpose=%E5%9B%9E%E8%AE%BF")
            #expect(file.status == 200 && file.body.contains("小明"))
            let journal = try await boss.get("/api/v1/staff/journal?q=list.exported").body
            #expect(journal.contains("回访"))
        }
    }

    @Test func `all wrong fields are told at once, in the reader's language`() async throws {
        try await withWeb { web in
            let boss = try await web.staff("boss", .administrator)
            let answer = try await boss.send(
                "POST", "/api/v1/staff/members", ["roles": .array([.text("king")]), "surprise": .text("x")],
                ["Cookie": boss.cookies + "; lang=en"])
            #expect(answer.status == 400)
            guard case .array(let errors) = answer.json["errors"] else {
                Issue.record("no errors: \(answer.body)")
                return
            }
            let fields = errors.compactMap { error -> String? in
                if case .object(let members) = error, case .text(let field) = members["field"] { field } else { nil }
            }
            #expect(fields == ["purpose", "name", "signInName", "roles", "password", ""])
            #expect(answer.body.contains("Fill this in"))
        }
    }

    @Test func `the journal is read, filtered and exported`() async throws {
        try await withWeb { web in
            let auditor = try await web.staff("auditor", .auditor)
            _ = try await web.customer("小明", "60000041")
            let all = try await auditor.get("/api/v1/staff/journal")
            #expect(all.body.contains("staff.added") && all.body.contains("customer"))
            let lines = try await auditor.get("/api/v1/staff/journal?q=line.")
            #expect(lines.body.contains("line.opened") && !lines.body.contains("staff.added"))
            let file = try await auditor.get("/console/journal.csv?q=staff.")
            #expect(file["content-type"] == "text/csv; charset=utf-8")
            #expect(file["content-disposition"]?.hasPrefix("attachment; filename=\"journal-") == true)
            #expect(file.body.contains("staff.added") && !file.body.contains("line.opened"))
            #expect(try await auditor.get("/api/v1/staff/journal?q=list.").body.contains("list.exported"), "who took it away")
        }
    }
}
