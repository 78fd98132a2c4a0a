import Access
import Basics
import Lines
import Storage
import Testing
import Web

/// Appeals in the console: whoever may decide on the kind of hold sees them, and nobody else.
@Suite struct AppealPagesTests {
    @Test(arguments: [
        (Hold.Kind.identity, Role.customerService, Role.legal), (.misuse, .legal, .billing),
        (.arrears, .billing, .customerService),
    ])
    func `an appeal is seen and decided by those who work on what the hold rests on`(
        kind: Hold.Kind, decider: Role, other: Role
    ) async throws {
        try await withWeb { web in
            let customer = try await web.customer("王秀英", "60000071")
            let hold = try await web.database.write { tx throws(Fault) in
                guard let line = try line(numbered: try parseNumber("60000071"), in: tx) else {
                    throw Fault(.unknownLine, "no line")
                }
                return try placeHold(
                    PlaceHoldRequest(
                        line: line.id, kind: kind, clause: 1, reason: "reported", evidence: "abuse:1", effect: .outgoing,
                        by: "test"),
                    in: tx, at: web.clock.now()
                ).id
            }
            let filed = try await customer.send(
                "POST", "/api/v1/me/appeals",
                ["id": .text("appeal-1"), "hold": .text(hold.rawValue), "text": .text("弄错了")])
            #expect(filed.status == 201, "\(filed.body)")
            let (one, two) = (try await web.staff("one", decider), try await web.staff("two", other))
            let answer: [String: JSONValue] = ["answer": .text("已核实"), "purpose": .text("处理申诉")]
            let path = "/api/v1/staff/appeals/appeal-1"
            #expect(!(try await two.get("/console/appeals").body.contains("appeal-1")))
            #expect(try await two.get(path).status == 403)
            #expect(try await two.send("POST", "\(path)/grant", answer).status == 403)
            #expect(try await one.get("/console").body.contains("data-test=\"queue-appeals\""))
            #expect(try await one.get("/console/appeals").body.contains("appeal-1"))
            #expect(try await one.get("/console/appeals/appeal-1").body.contains("弄错了"))
            #expect(try await one.send("POST", "\(path)/grant", answer).status == 200)
            #expect(try await one.send("POST", "\(path)/refuse", answer).status == 409, "decided once")
            let technician = try await web.staff("tech", .technician)
            #expect(try await technician.get("/api/v1/staff/appeals").status == 403)
        }
    }
}
