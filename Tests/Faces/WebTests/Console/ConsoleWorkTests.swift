import Access
import Agreement
import Basics
import Customers
import Foundation
import Lines
import Orders
import Storage
import Testing
import Web

/// The work of the staff through the API that the pages use.
@Suite struct ConsoleWorkTests {
    /// A customer who has said who they are; returns their id.
    private static func applicant(_ web: TestWeb, _ number: String) async throws -> CustomerID {
        _ = try await web.customer("秀英", number)
        let (vault, now) = (web.vault, web.clock.now())
        let form = PersonForm(
            legalName: "王秀英", birthDate: "1991-01-01", address: "北京市海淀区颐和园路5号", postcode: "100871",
            idNumber: "360426199101010071", phone: "13800138000")
        return try await web.database.write { tx throws(Fault) in
            guard let digits = PhoneNumber(number), let line = try line(numbered: digits, in: tx),
                case .success(let person) = checkPerson(form, on: BusinessZone.shanghai.date(of: now))
            else { throw Fault(.webDefect, "the form should be right") }
            let request = SubmitIdentityRequest(customer: line.customer, identity: .person(person), consents: [.identityCheck])
            _ = try submitIdentity(request, with: vault, in: tx, at: now, zone: .shanghai)
            return line.customer
        }
    }

    private static func first(_ answer: TestAnswer) -> [String: JSONValue] {
        guard case .array(let items) = answer.json["items"], case .object(let item) = items.first else { return [:] }
        return item
    }

    @Test func `an identity waits, is checked, and the second of two colleagues is told`() async throws {
        try await withWeb { web in
            let who = try await Self.applicant(web, "60000051")
            let (anna, bert) = (try await web.staff("anna", .customerService), try await web.staff("bert", .customerService))
            #expect(try await anna.get("/console").body.contains("data-test=\"queue-verification\""))
            guard case .text(let id) = Self.first(try await anna.get("/api/v1/staff/verification"))["id"] else {
                Issue.record("the queue is empty")
                return
            }
            let page = try await bert.get("/console/verification/\(id)").body
            #expect(page.contains("3604**********0071") && !page.contains("360426199101010071"), "masked on screens")
            let body: [String: JSONValue] = ["version": .text("1"), "purpose": .text("核对公安系统")]
            #expect(try await anna.send("POST", "/api/v1/staff/verification/\(id)/verify", body).status == 200)
            let late = try await bert.send("POST", "/api/v1/staff/verification/\(id)/verify", body)
            #expect(late.status == 409, "\(late.body)")
            let customer = try await anna.get("/api/v1/staff/customers/\(who)").body
            #expect(customer.contains("\"state\":\"verified\""))
            #expect(try await anna.get("/console/customers/\(who)").body.contains("identity.verified"), "on the timeline")
        }
    }

    @Test func `personal data show only with a purpose, which the customer's log keeps`() async throws {
        try await withWeb { web in
            let who = try await Self.applicant(web, "60000052")
            let anna = try await web.staff("anna", .customerService)
            let path = "/api/v1/staff/customers/\(who)/reveal"
            let silent = try await anna.send("POST", path, ["fields": .array([.text("phone")])])
            #expect(silent.status == 400 && silent.body.contains("purpose"))
            let told = try await anna.send("POST", path, ["fields": .array([.text("phone")]), "purpose": .text("电话回访")])
            #expect(told.status == 200 && told.body.contains("13800138000"))
            let log = try await web.database.read { tx throws(Fault) in try accessLog(of: who, in: tx) }
            #expect(log.map(\.purpose) == ["电话回访"])
            let technician = try await web.staff("tech", .technician)
            #expect(
                try await technician.send("POST", path, ["fields": .array([.text("phone")]), "purpose": .text("x")]).status == 403
            )
            let page = try await technician.get("/console/customers/\(who)").body
            #expect(!page.contains("customers.reveal"), "what may not be done is not shown")
        }
    }

    @Test func `customers are found by name, number and whole phone`() async throws {
        try await withWeb { web in
            let who = try await Self.applicant(web, "60000053")
            let anna = try await web.staff("anna", .customerService)
            for text in ["%E7%A7%80", "6000005", "13800138000"] {
                #expect(try await anna.get("/api/v1/staff/customers?q=\(text)").body.contains(who.rawValue), "\(text)")
            }
            #expect(
                !(try await anna.get("/api/v1/staff/customers?q=1380013800").body.contains(who.rawValue)),
                "not by part of a phone")
        }
    }

    @Test func `a price is published for a day, once`() async throws {
        try await withWeb { web in
            try await web.database.write { tx throws(Fault) in
                try ensureStandardCatalogue(in: tx, at: web.clock.now(), zone: .shanghai)
            }
            let bill = try await web.staff("bill", .billing)
            // The clock stands on 2026-03-09; 29.90 yuan are 29,900,000 micro-yuan.
            let body: [String: JSONValue] = [
                "oneOff": .integer(0), "monthly": .integer(29_900_000), "from": .text("2026-04-01"), "purpose": .text("四月调价"),
            ]
            #expect(try await bill.send("POST", "/api/v1/staff/catalogue/terminal-rent/prices", body).status == 200)
            #expect(try await bill.send("POST", "/api/v1/staff/catalogue/terminal-rent/prices", body).status == 409)
            let odd = try await bill.send(
                "POST", "/api/v1/staff/catalogue/family/plan-prices",
                body.merging(["videoPerMinute": .integer(100), "audioPerMinute": .integer(60_000)]) { $1 })
            #expect(odd.status == 400 && odd.body.contains("videoPerMinute"), "a minute is sixty seconds")
            let page = try await bill.get("/console/catalogue/terminal-rent").body
            #expect(page.contains("2026年4月1日") && page.contains("¥29.90"))
        }
    }

    @Test func `a version is drafted, edited by one at a time, and published for good`() async throws {
        try await withWeb { web in
            try await web.database.write { tx throws(Fault) in
                let provider = ProviderParty(
                    name: "北京见面科技有限公司", legalRepresentative: "李伟", address: "北京市西城区金融大街1号", phone: "010-66668888",
                    uscc: "91110000600037341L", website: "https://jianmian.example")
                _ = try ensureFirstVersion(.standard(provider), in: tx, at: web.clock.now())
            }
            let law = try await web.staff("law", .legal)
            let begun = try await law.send(
                "POST", "/api/v1/staff/versions", ["id": .text("version2"), "purpose": .text("降低违约金")])
            guard case .text(let id) = begun.json["id"] else {
                Issue.record("\(begun.body)")
                return
            }
            let path = "/api/v1/staff/versions/\(id)"
            let clause: [String: JSONValue] = [
                "titleZh": .text("提供资料"), "titleEn": .text("Data"), "bodyZh": .text("甲方应当提供真实资料。"), "bodyEn": .text("True data."),
                "revision": .text("1"), "purpose": .text("改写第一条"),
            ]
            #expect(try await law.send("POST", "\(path)/clauses/1", clause).status == 200)
            #expect(try await law.send("POST", "\(path)/clauses/2", clause).status == 409, "somebody saved meanwhile")
            #expect(try await law.send("POST", "\(path)/clauses/19", clause).status == 404)
            let page = try await law.get("/console/versions/\(id)").body
            #expect(page.contains("<ins class=\"added\">") && page.contains("<del class=\"removed\">"))
            let early = try await law.send(
                "POST", "\(path)/publish", ["revision": .text("2"), "warnings": .text("0"), "purpose": .text("公布")])
            #expect(early.status == 400 || early.status == 409, "the summary is missing: \(early.body)")
            let summary: [String: JSONValue] = [
                "summaryZh": .text("改写第一条"), "summaryEn": .text("Clause 1 reworded"), "revision": .text("2"),
                "purpose": .text("说明"),
            ]
            #expect(try await law.send("POST", "\(path)/summary", summary).status == 200)
            let service = try await web.staff("anna", .customerService)
            #expect(try await service.send("POST", "\(path)/publish", ["purpose": .text("x")]).status == 403)
        }
    }

    @Test func `a copy is a file that cannot run, and each look at it is logged`() async throws {
        try await withWeb { web in
            let who = try await Self.applicant(web, "60000054")
            // One transparent pixel.
            let pixel =
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
            let bytes = [UInt8](Data(base64Encoded: pixel) ?? Data())
            let (vault, now) = (web.vault, web.clock.now())
            try await web.database.write { tx throws(Fault) in
                let content = try checkEvidence(bytes)
                _ = try addEvidence(
                    AddEvidenceRequest(
                        id: EvidenceID(trusted: "copy1"), customer: who, name: "\"><script>.png", content: content),
                    with: vault, in: tx, at: now)
            }
            let anna = try await web.staff("anna", .customerService)
            #expect(try await anna.send("POST", "/api/v1/staff/evidence/copy1/bytes").status == 400, "a purpose is needed")
            let answer = try await anna.send("POST", "/api/v1/staff/evidence/copy1/bytes", ["purpose": .text("核对证件")])
            #expect(answer.status == 200)
            #expect(answer["content-type"] == "image/png")
            #expect(answer["content-disposition"] == "attachment; filename=\"copy1.png\"")
            #expect(answer["content-security-policy"] == "default-src 'none'; sandbox")
            #expect(answer["x-content-type-options"] == "nosniff")
            let log = try await web.database.read { tx throws(Fault) in try accessLog(of: who, in: tx) }
            #expect(log.map(\.action) == [.evidenceOpened])
            let page = try await anna.get("/console/customers/\(who)").body
            #expect(!page.contains("<script>.png"), "names of files are text")
            let law = try await web.staff("bill", .billing)
            #expect(try await law.send("POST", "/api/v1/staff/evidence/copy1/bytes", ["purpose": .text("x")]).status == 403)
        }
    }

    @Test func `an interpretation is published once its reminder is confirmed`() async throws {
        try await withWeb { web in
            let law = try await web.staff("law", .legal)
            var body: [String: JSONValue] = [
                "id": .text("reading1"), "number": .text("12"), "bodyZh": .text("互联网故障指……"), "bodyEn": .text("Trouble means…"),
                "from": .text("2026-03-10"), "purpose": .text("客户常问"),
            ]
            #expect(try await law.send("POST", "/api/v1/staff/interpretations", body).status == 400)
            body["reminded"] = .bool(true)
            #expect(try await law.send("POST", "/api/v1/staff/interpretations", body).status == 200)
            #expect(try await law.get("/api/v1/staff/interpretations?clause=12").body.contains("互联网故障指"))
            #expect(try await law.get("/console/interpretations").body.contains("第四百九十八条"), "the reminder is in the dialog")
        }
    }
}
