import Access
import Basics
import Customers
import Lines
import Storage
import StorageTestSupport
import Testing

@Suite("Reports of abuse, on both engines")
struct AbuseTests {
    @Test func aReportIsTakenOnceAndWaitsForStaff() async throws {
        try await Scene.play { scene in
            let report = try await scene.report("r1", "骚扰电话，\n每天十几个。  ")
            #expect(report.words == "骚扰电话，\n每天十几个。")
            #expect(report.accused == scene.bad.id)
            #expect(report.state == .open)
            #expect(try await scene.report("r1", "骚扰电话，\n每天十几个。") == report)
            await #expect(throws: Fault(.abuseReportDiffers, "")) { try await scene.report("r1", "something else") }
            try await scene.database.read { tx throws(Fault) in
                #expect(try abuseQueue(in: tx).reports == [report])
                #expect(try abuseReports(by: scene.customer, in: tx) == [report])
                #expect(try abuseReports(of: scene.bad.id, in: tx) == [report])
                #expect(try abuseReports(by: scene.badCustomer, in: tx).isEmpty)
                let journal = try tx.query("SELECT * FROM journal WHERE action = 'abuse.reported'")
                #expect(journal.count == 1)
                #expect(!journal.contains { "\($0)".contains("骚扰") })
            }
        }
    }

    @Test func whatCannotBeIsRefused() async throws {
        try await Scene.play { scene in
            for words in ["", " \n\t", String(repeating: "a", count: LinesLimits.abuseWordsBytes + 1), "a\u{0}b"] {
                await #expect(throws: Fault(.abuseWords, "")) { try await scene.report("r1", words) }
            }
            await #expect(throws: Fault(.abuseOfOneself, "")) { try await scene.report("r1", "me", number: "60000001") }
            await #expect(throws: Fault(.unknownLine, "")) { try await scene.report("r1", "nobody", number: "60000099") }
            // Another customer's line is as if it did not exist.
            await #expect(throws: Fault(.unknownLine, "")) { try await scene.report("r1", "x", from: scene.bad.id) }
        }
    }

    @Test func aLineReportsTwentyTimesADayAndNoMore() async throws {
        try await Scene.play { scene in
            for index in 0..<LinesLimits.abuseReportsPerDay { _ = try await scene.report("r\(index)", "again") }
            await #expect(throws: Fault(.tooManyAbuseReports, "")) { try await scene.report("one-more", "again") }
            let tomorrow = noon.adding(seconds: 86_400)
            _ = try await scene.report("one-more", "again", at: tomorrow)
        }
    }

    @Test func aHeldLineNamesItsReasonAndASecondDecisionIsTold() async throws {
        try await Scene.play { scene in
            _ = try await scene.report("r1", "他说他是公安局的", category: .impersonation)
            let act = try StaffAct(staff: StaffID(trusted: "s1"), roles: [.customerService], purpose: "report r1")
            try await scene.database.write { tx throws(Fault) in
                try addAbuseEvidence(
                    to: AbuseReportID(trusted: "r1"), from: "call:c1", "7 calls in an hour", by: act, in: tx, at: noon)
            }
            let decided = try await scene.decide("r1", .held(.outgoing), by: act)
            #expect(decided.state == .held)
            let holds = try await scene.database.read { tx throws(Fault) in try activeHolds(on: scene.bad.id, in: tx) }
            #expect(holds.map(\.id) == [decided.decision?.hold])
            #expect(holds.first?.kind == .misuse)
            #expect(holds.first?.clause == 3)
            #expect(holds.first?.reason == "impersonation")
            #expect(holds.first?.evidence == "abuse:r1")
            #expect(serviceAbility(holds, dialling: PhoneNumber(trusted: "110")) == .mayCall)
            await #expect(throws: Fault(.abuseDecided, "")) { try await scene.decide("r1", .dismissed, by: act) }
            try await scene.database.read { tx throws(Fault) in
                #expect(try abuseEvidence(of: AbuseReportID(trusted: "r1"), in: tx).map(\.source) == ["call:c1"])
                #expect(try abuseQueue(in: tx).reports.isEmpty)
                #expect(try abuseQueue(.held, in: tx).reports == [decided])
            }
            // Evidence is added only.
            await #expect(throws: Fault(.appendOnly, "")) {
                try await scene.database.write { tx throws(Fault) in try tx.execute("DELETE FROM lines_abuse_evidence") }
            }
        }
    }

    @Test func onlyThoseWhoHandleAbuseDecide() async throws {
        try await Scene.play { scene in
            _ = try await scene.report("r1", "x")
            let act = try StaffAct(
                staff: StaffID(trusted: "s1"), roles: [.technician, .auditor, .administrator], purpose: "look")
            await #expect(throws: Fault(.staffMayNot, "")) { try await scene.decide("r1", .held(.all), by: act) }
            let legal = try StaffAct(staff: StaffID(trusted: "s2"), roles: [.legal], purpose: "report")
            await #expect(throws: Fault(.abuseWords, "")) { try await scene.decide("r1", .dismissed, finding: " ", by: legal) }
            await #expect(throws: Fault(.unknownAbuseReport, "")) { try await scene.decide("r2", .dismissed, by: legal) }
            #expect(try await scene.decide("r1", .dismissed, by: legal).state == .dismissed)
            #expect(try await scene.database.read { tx throws(Fault) in try activeHolds(on: scene.bad.id, in: tx) }.isEmpty)
        }
    }

    /// Fifty-one reports: a page of fifty and one more, each once.
    @Test func theQueueComesInPages() async throws {
        try await Scene.play { scene in
            for index in 0...LinesLimits.abusePage {
                let now = noon.adding(seconds: Int64(index) * 86_400)
                _ = try await scene.report("r\(index)", "again", at: now)
            }
            let (first, second) = try await scene.database.read { tx throws(Fault) in
                let first = try abuseQueue(in: tx)
                return (first, try abuseQueue(after: first.next, in: tx))
            }
            #expect(first.reports.count == 50)
            #expect(second.reports.map(\.id.rawValue) == ["r50"])
            #expect(second.next == nil)
        }
    }
}

/// 王秀英 on 6000 0001 and somebody who troubles her from 6000 0002.
private struct Scene: Sendable {
    let database: any Database
    let customer: CustomerID
    let badCustomer: CustomerID
    let good: Line
    let bad: Line

    static func play(_ body: @Sendable (Scene) async throws -> Void) async throws {
        try await withDatabases(schema) { database in
            let (customer, badCustomer) = (try await enrol("a", database), try await enrol("b", database))
            try await body(
                Scene(
                    database: database, customer: customer, badCustomer: badCustomer,
                    good: try await open("60000001", customer, database), bad: try await open("60000002", badCustomer, database)))
        }
    }

    func report(
        _ id: String, _ words: String, category: AbuseReport.Category = .harassment, number: String = "60000002",
        from line: LineID? = nil, at now: Timestamp = noon
    ) async throws(Fault) -> AbuseReport {
        let request = ReportAbuseRequest(
            id: AbuseReportID(trusted: id), customer: customer, reporter: line ?? good.id, number: PhoneNumber(trusted: number),
            call: CallID(trusted: "c1"), category: category, words: words)
        return try await database.write { tx throws(Fault) in try reportAbuse(request, in: tx, at: now) }
    }

    func decide(
        _ id: String, _ verdict: AbuseVerdict, finding: String = "listened to both", by act: StaffAct
    ) async throws(Fault) -> AbuseReport {
        try await database.write { tx throws(Fault) in
            try decideAbuse(AbuseReportID(trusted: id), verdict, finding: finding, by: act, in: tx, at: noon)
        }
    }
}
