import Access
import Basics
import Calls
import Charging
import Lines
import Storage
import Testing

/// Clause 3: the customer uses the service lawfully.
@Suite("Clause 3: lawful use")
struct Clause03LawfulUseTests {
    /// Given somebody who calls 王秀英 again and again: she reports it, staff look at it and hold the line's outgoing calls with a reason;
    /// the person appeals, the appeal is granted, and the line calls again at once.
    @Test func reportHoldAppealLifted() async throws {
        try await World.play { world in
            let (good, bad) = (try await world.customer("王秀英", "60000001"), try await world.customer("李伟", "60000002"))
            let report = try await world.write { tx, now throws(Fault) in
                try reportAbuse(
                    ReportAbuseRequest(
                        id: AbuseReportID(trusted: "r1"), customer: good.customer, reporter: good.line.id,
                        number: bad.line.number,
                        call: CallID(trusted: "c1"), category: .harassment, words: "一天打来二十次。"),
                    in: tx, at: now)
            }
            #expect(try await world.read { tx, _ throws(Fault) in try abuseQueue(in: tx).reports } == [report])
            let decided = try await decide(report.id, .held(.outgoing), world)
            let holds = try await world.holds(on: bad)
            #expect(holds.map(\.id) == [decided.decision?.hold])
            let hold = try #require(holds.first)
            #expect(hold.kind == .misuse && hold.clause == 3 && hold.reason == "harassment")
            #expect(serviceAbility(holds, dialling: good.line.number) == .barred(by: hold))
            #expect(mayReceive(holds) == .mayCall)
            #expect(serviceAbility(holds, dialling: PhoneNumber(trusted: "110")) == .mayCall, "emergency numbers always pass")
            // Another customer cannot appeal for them, and somebody in billing cannot decide.
            await #expect(throws: Fault(.unknownHold, "")) { try await appeal("a0", hold, good, world) }
            let filed = try await appeal("a1", hold, bad, world)
            let billing = try StaffAct(staff: StaffID(trusted: "b1"), roles: [.billing], purpose: "appeal a1")
            await #expect(throws: Fault(.staffMayNot, "")) { try await answer(filed.id, billing, world) }
            world.clock.advance(seconds: 3_600)
            let legal = try StaffAct(staff: StaffID(trusted: "l1"), roles: [.legal], purpose: "appeal a1")
            #expect(try await answer(filed.id, legal, world).state == .granted)
            #expect(try await world.holds(on: bad).isEmpty)
            let history = try await world.read { tx, _ throws(Fault) in try holdHistory(of: bad.line.id, in: tx) }
            #expect(history.map(\.liftedBy) == ["staff:l1"])
            let journal = try await world.read { tx, _ throws(Fault) in
                try tx.query("SELECT * FROM journal WHERE clause = 3").map { row in "\(row)" }
            }
            for action in ["abuse.reported", "abuse.decided", "hold.placed", "appeal.granted", "hold.lifted"] {
                #expect(journal.contains { $0.contains(action) }, "\(action)")
            }
            #expect(!journal.contains { $0.contains("二十次") }, "what people write is not in the journal")
        }
    }

    /// The held line hears why when it dials; the other one does not hear of it at all.
    @Test func aHeldLineDoesNotRingAnybody() async throws {
        try await Exchange.play { world, exchange in
            let (good, bad) = (try await world.customer("王秀英", "60000001"), try await world.customer("李伟", "60000002"))
            try await world.write { tx, now throws(Fault) in
                _ = try reportAbuse(
                    ReportAbuseRequest(
                        id: AbuseReportID(trusted: "r1"), customer: good.customer, reporter: good.line.id,
                        number: bad.line.number,
                        category: .spam, words: "推销"),
                    in: tx, at: now)
            }
            _ = try await decide(AbuseReportID(trusted: "r1"), .held(.all), world)
            let (hers, his) = (try await exchange.telephone(of: good), try await exchange.telephone(of: bad))
            let call = try await his.dial("60000001")
            #expect(try await his.hearsEnd(of: call).reason == .held)
            #expect(!hers.events.contains { if case .incoming = $0 { true } else { false } })
        }
    }

    private func decide(_ id: AbuseReportID, _ verdict: AbuseVerdict, _ world: World) async throws(Fault) -> AbuseReport {
        try await world.write { tx, now throws(Fault) in
            let act = try StaffAct(staff: StaffID(trusted: "c1"), roles: [.customerService], purpose: "report \(id)")
            return try decideAbuse(id, verdict, finding: "20 calls on one day", by: act, in: tx, at: now)
        }
    }

    private func appeal(_ id: String, _ hold: Hold, _ person: Person, _ world: World) async throws(Fault) -> HoldAppeal {
        try await world.write { tx, now throws(Fault) in
            try fileAppeal(
                FileAppealRequest(id: AppealID(trusted: id), hold: hold.id, customer: person.customer, words: "打错了，已道歉。"), in: tx,
                at: now, zone: world.zone)
        }
    }

    private func answer(_ id: AppealID, _ act: StaffAct, _ world: World) async throws(Fault) -> HoldAppeal {
        try await world.write { tx, now throws(Fault) in
            try decideAppeal(id, .granted, answer: "双方已和解。", by: act, in: tx, at: now)
        }
    }
}
