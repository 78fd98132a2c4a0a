import Access
import Basics
import Customers
import Lines
import Storage
import Testing

/// Clause 1: the customer gives true, complete data; where they are false or thin the provider may ask for copies and stop the service.
@Suite("Clause 1: true and complete data")
struct Clause01IdentityTests {
    /// Given a number of which one digit is mistyped, it is refused and the fault says that the last character does not fit.
    @Test func aWrongChecksumIsRefusedWithTheReason() throws {
        var form = Wang.form
        form.idNumber = "360426199101010081"
        guard case .failure(let faults) = checkPerson(form, on: Wang.today) else {
            Issue.record("a mistyped number was taken")
            return
        }
        #expect(faults.all.map(\.field) == ["idNumber"])
        #expect(faults.all.first?.fault.code == .residentIDChecksum)
        guard case .failure(let organisation) = checkOrganisation(OrganisationForm(uscc: "91110000600037341K")) else {
            Issue.record("a mistyped code was taken")
            return
        }
        #expect(organisation.all.first { $0.field == "uscc" }?.fault.code == .unifiedCodeChecksum)
    }

    /// Given a request for evidence on 23 November with seven days, the service goes on to the last millisecond of 30 November in Shanghai
    /// and is held from midnight on: 16:00 UTC. An appeal is heard; the copies come; found true, the hold lifts in that moment.
    @Test func evidenceCycleFromDeadlineOverHoldAndAppealToCleared() async throws {
        try await World.play { world in
            let (person, vault) = (try await world.customer("王秀英", "60000001"), Vault.ephemeral())
            let submitted = try await world.submit(Wang.form, of: person, vault)
            let asked = try await world.write { tx, now throws(Fault) in
                try requestEvidence(
                    VerificationDecision(submitted.id, version: submitted.version, reason: .idCopy), within: 7,
                    by: Wang.clerk("li"),
                    in: tx, at: now, zone: world.zone)
            }
            let deadline = try #require(asked.deadline)
            #expect(deadline.description == "2026-11-30T16:00:00.000Z")
            world.clock.advance(to: deadline.adding(milliseconds: -1))
            #expect(try await world.enforce() == 0)
            #expect(try await world.holds(on: person).isEmpty)
            world.clock.advance(to: deadline)
            #expect(try await world.enforce() == 1)
            #expect(try await world.enforce() == 0)
            let hold = try #require(try await world.holds(on: person).first)
            #expect(hold.kind == .identity && hold.effect == .all && hold.clause == 1 && hold.reason == "evidence-overdue")
            #expect(serviceAbility([hold], dialling: PhoneNumber(trusted: "60000002")) == .barred(by: hold))
            #expect(serviceAbility([hold], dialling: PhoneNumber(trusted: "110")) == .mayCall)
            let told = remedy(for: hold)
            #expect(told.reasonKey == "hold.identity.evidence-overdue" && told.mayAppeal && !told.paperKeys.isEmpty)

            let appeal = try await world.appeal(hold, by: person, "我住院了，请再给几天")
            // Fifteen days after 1 December, to the end of the 16th.
            #expect(appeal.dueAt.description == "2026-12-16T16:00:00.000Z")
            let refused = try await world.decide(appeal, .refused, "请补充材料")
            #expect(refused.state == .refused && refused.answer == "请补充材料")
            #expect(try await world.holds(on: person).count == 1)

            let handed = try await world.handIn(of: person, vault)
            #expect(handed.state == .evidenceSubmitted)
            #expect(try await world.holds(on: person).count == 1)
            let verified = try await world.write { tx, now throws(Fault) in
                try verifyIdentity(handed.id, version: handed.version, by: Wang.clerk("li"), in: tx, at: now)
            }
            #expect(verified.state == .verified)
            #expect(try await world.holds(on: person).isEmpty)
            let lifted = try await world.read { tx, _ throws(Fault) in try holdHistory(of: person.line.id, in: tx) }
            #expect(lifted.first?.liftedAt == world.clock.now() && lifted.first?.liftedBy == "staff:li")
        }
    }

    /// Given a hold, an appeal that is granted lifts it in the same moment, and the deadline that passed does not put it again.
    @Test func aGrantedAppealLiftsAtOnce() async throws {
        try await World.play { world in
            let (person, vault) = (try await world.customer("王秀英", "60000001"), Vault.ephemeral())
            let submitted = try await world.submit(Wang.form, of: person, vault)
            try await world.write { tx, now throws(Fault) in
                _ = try requestEvidence(
                    VerificationDecision(submitted.id, version: submitted.version, reason: .idCopy), within: 1,
                    by: Wang.clerk("li"),
                    in: tx, at: now, zone: world.zone)
            }
            world.clock.advance(seconds: 2 * 86_400)
            #expect(try await world.enforce() == 1)
            let hold = try #require(try await world.holds(on: person).first)
            let appeal = try await world.appeal(hold, by: person, "材料上周已经寄出")
            let granted = try await world.decide(appeal, .granted, "已收到，恢复服务")
            #expect(granted.state == .granted)
            #expect(try await world.holds(on: person).isEmpty)
            #expect(try await world.enforce() == 0)
            await #expect(throws: Fault(.appealDecided, "")) { try await world.decide(appeal, .refused, "不") }
        }
    }

    /// Data that turn out false stop the service at once, with the reason; the journal has no personal data.
    @Test func dataFoundFalseStopTheServiceAtOnce() async throws {
        try await World.play { world in
            let (person, vault) = (try await world.customer("王秀英", "60000001"), Vault.ephemeral())
            let verified = try await world.verified(Wang.form, of: person, vault)
            _ = try await world.write { tx, now throws(Fault) in
                try reopenVerification(
                    VerificationDecision(verified.id, version: verified.version, reason: .falseData), within: 7,
                    by: Wang.clerk("li"),
                    in: tx, at: now, zone: world.zone)
            }
            #expect(try await world.holds(on: person).map(\.reason) == ["false-data"])
            let journal = try await world.read { tx, _ throws(Fault) in
                try tx.query("SELECT * FROM journal", []).map { "\($0)" }.joined()
            }
            for secret in ["360426199101010071", "13800138000", "颐和园"] { #expect(!journal.contains(secret)) }
        }
    }

    @Test func ofTwoStaffWhoDecideAtOnceOneIsToldSo() async throws {
        try await World.play { world in
            let (person, vault) = (try await world.customer("王秀英", "60000001"), Vault.ephemeral())
            let seen = try await world.submit(Wang.form, of: person, vault)
            let outcomes = await withTaskGroup(of: Fault.Code?.self) { group in
                for name in ["li", "zhang"] {
                    group.addTask {
                        do throws(Fault) {
                            _ = try await world.write { tx, now throws(Fault) in
                                try verifyIdentity(seen.id, version: seen.version, by: Wang.clerk(name), in: tx, at: now)
                            }
                            return nil
                        } catch { return error.code }
                    }
                }
                return await group.reduce(into: [Fault.Code?]()) { $0.append($1) }
            }
            #expect(outcomes.filter { $0 == nil }.count == 1)
            #expect(outcomes.compactMap(\.self) == [.verificationChanged])
        }
    }

    /// Given a boy of thirteen, his guardian agrees twice: to the service and to his data.
    @Test func minorsComeWithTheirGuardian() throws {
        var form = PersonForm(
            legalName: "李小明", birthDate: "2012-11-24", address: "北京市海淀区颐和园路5号", postcode: "100871",
            idNumber: "110101201211240011", phone: "13800138000")
        guard case .failure(let alone) = checkPerson(form, on: Wang.today) else {
            Issue.record("a child was taken alone")
            return
        }
        #expect(alone.all.contains { $0.fault.code == .guardianConsent } && alone.all.contains { $0.fault.code == .childConsent })
        form.guardian = GuardianForm(
            legalName: "王秀英", idNumber: "360426199101010071", phone: "13900139000", agrees: true, agreesToChildData: true)
        #expect(try checkPerson(form, on: Wang.today).get().guardian?.agreedToChildData == true)
    }
}

/// The customer of these scenarios.
enum Wang {
    static let today = BusinessDate(clamping: 20_780)  // 2026-11-23
    static let form = PersonForm(
        legalName: "王秀英", birthDate: "1991-01-01", address: "北京市海淀区颐和园路5号", postcode: "100871",
        idNumber: "360426199101010071", phone: "13800138000")
    /// A picture of 16 × 8 pixels, whole by its structure.
    static let photograph: [UInt8] =
        [0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0, 8, 0, 16, 1, 1, 0x11, 0] + [
            0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0x12, 0x34, 0xFF, 0xD9,
        ]

    static func clerk(_ name: String, _ role: Role = .customerService) throws(Fault) -> StaffAct {
        try StaffAct(staff: StaffID(trusted: name), roles: [role], purpose: "核对身份")
    }
}

extension World {
    func submit(_ form: PersonForm, of person: Person, _ vault: Vault) async throws -> Verification {
        let identity = try Identity.person(checkPerson(form, on: Wang.today).get())
        return try await write { tx, now throws(Fault) in
            try submitIdentity(
                SubmitIdentityRequest(customer: person.customer, identity: identity, consents: [.identityCheck]), with: vault,
                in: tx,
                at: now, zone: zone)
        }
    }

    func verified(_ form: PersonForm, of person: Person, _ vault: Vault) async throws -> Verification {
        let seen = try await submit(form, of: person, vault)
        return try await write { tx, now throws(Fault) in
            try verifyIdentity(seen.id, version: seen.version, by: Wang.clerk("li"), in: tx, at: now)
        }
    }

    func handIn(of person: Person, _ vault: Vault) async throws(Fault) -> Verification {
        let content = try checkEvidence(Wang.photograph)
        return try await write { tx, now throws(Fault) in
            _ = try addEvidence(
                AddEvidenceRequest(id: .random(), customer: person.customer, name: "证件.jpg", content: content), with: vault,
                in: tx, at: now)
            return try submitEvidence(of: person.customer, in: tx, at: now)
        }
    }

    func enforce() async throws(Fault) -> Int {
        try await write { tx, now throws(Fault) in try enforceIdentityDeadlines(in: tx, at: now) }
    }

    func appeal(_ hold: Hold, by person: Person, _ words: String) async throws(Fault) -> HoldAppeal {
        let request = FileAppealRequest(id: .random(), hold: hold.id, customer: person.customer, words: words)
        return try await write { tx, now throws(Fault) in try fileAppeal(request, in: tx, at: now, zone: zone) }
    }

    @discardableResult
    func decide(_ appeal: HoldAppeal, _ verdict: AppealVerdict, _ answer: String) async throws(Fault) -> HoldAppeal {
        try await write { tx, now throws(Fault) in
            try decideAppeal(appeal.id, verdict, answer: answer, by: Wang.clerk("li"), in: tx, at: now)
        }
    }
}
