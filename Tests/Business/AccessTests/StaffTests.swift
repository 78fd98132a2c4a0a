import Access
import Basics
import Storage
import Testing

@Suite("The staff, on both engines")
struct StaffTests {
    @Test func administratorsTakeInStaffAndOthersDoNot() async throws {
        try await StaffHouse.onBothEngines { house in
            let wang = try await house.add("wang.wei", [.customerService, .billing])
            #expect(wang.roles == [.customerService, .billing])
            await #expect(throws: Fault(.staffMayNot, "")) { try await house.add("zhao", [.legal], by: house.act(wang)) }
            await #expect(throws: Fault(.signInNameTaken, "")) { try await house.add("wang.wei", [.legal]) }
            let listed = try await house.write { [act = try house.act()] tx throws(Fault) in try listStaff(by: act, in: tx) }
            #expect(Set(listed.map(\.signInName)) == ["li.na", "wang.wei"])
            await #expect(throws: Fault(.staffMayNot, "")) {
                try await house.write { [act = try house.act(wang)] tx throws(Fault) in try listStaff(by: act, in: tx) }
            }
            #expect(
                try await house.journal("staff.added") == [
                    #"{"roles":"administrator","purpose":"first administrator"}"#,
                    #"{"roles":"billing,customer-service","purpose":"test of the house"}"#,
                ])
        }
    }

    @Test(arguments: ["", "a", "60000001", "1a", "Wang", "wang wei", "王伟", "#a1", String(repeating: "a", count: 33), "a\u{0}b"])
    func aSignInNameThatIsNoneIsRefused(_ name: String) {
        #expect(throws: Fault(.staffSignInNameInvalid, "")) { try NewStaff(name: "王伟", signInName: name, roles: [.legal]) }
    }

    @Test(arguments: ["", "  ", "wang\u{202E}wei", String(repeating: "王", count: 27)])
    func aNameThatIsNoneIsRefused(_ name: String) {
        #expect(throws: Fault(.staffNameInvalid, "")) { try NewStaff(name: name, signInName: "wang", roles: [.legal]) }
    }

    @Test func staffHaveARole() {
        #expect(throws: Fault(.staffRolesMissing, "")) { try NewStaff(name: "王伟", signInName: "wang", roles: []) }
    }

    @Test func aChangeOfRolesActsAtOnce() async throws {
        try await StaffHouse.onBothEngines { house in
            let wang = try await house.add("wang.wei", [.legal])
            let token = try await house.enrol("wang.wei").token
            #expect(try await house.who(token).act(purpose: "reading").may(.sealAgreement))
            try await change(wang, to: [.technician], house)
            #expect(try await house.who(token).act(purpose: "reading").may(.sealAgreement) == false)
            try await change(wang, to: [.technician], house)
            #expect(try await house.journal("staff.roles-changed").count == 1)
        }
    }

    @Test func theLastAdministratorStays() async throws {
        try await StaffHouse.onBothEngines { house in
            let wang = try await house.add("wang.wei", [.legal])
            await #expect(throws: Fault(.lastAdministrator, "")) { try await change(house.administrator, to: [.auditor], house) }
            await #expect(throws: Fault(.lastAdministrator, "")) { try await end(house.administrator, house) }
            try await change(wang, to: [.administrator, .legal], house)
            try await change(house.administrator, to: [.auditor], house)
            await #expect(throws: Fault(.lastAdministrator, "")) { try await end(wang, house) }
        }
    }

    /// Two administrators who end each other at the same moment: one of them stays.
    @Test func twoAdministratorsCannotEndEachOther() async throws {
        try await StaffHouse.onBothEngines { house in
            let wang = try await house.add("wang.wei", [.administrator])
            let ended = await withTaskGroup(of: Bool.self) { group in
                for staff in [house.administrator, wang] {
                    group.addTask { (try? await end(staff, house)) != nil }
                }
                return await group.reduce(into: [Bool]()) { $0.append($1) }
            }
            #expect(ended.count { $0 } == 1)
        }
    }

    @Test func whoeverLeavesIsOutAtOnceAndTheNameIsFree() async throws {
        try await StaffHouse.onBothEngines { house in
            let wang = try await house.add("wang.wei", [.legal])
            let token = try await house.enrol("wang.wei").token
            try await end(wang, house)
            await #expect(throws: Fault(.signedOut, "")) { try await house.who(token) }
            await #expect(throws: Fault(.staffSignInRefused, "")) { try await house.open("wang.wei") }
            await #expect(throws: Fault(.staffEnded, "")) { try await end(wang, house) }
            await #expect(throws: Fault(.staffEnded, "")) { try await change(wang, to: [.auditor], house) }
            await #expect(throws: Fault(.staffUnknown, "")) {
                try await house.write { [act = try house.act()] tx throws(Fault) in
                    try endStaff(StaffID(trusted: "nobody"), by: act, in: tx, at: noon)
                }
            }
            let successor = try await house.add("wang.wei", [.technician])
            #expect(successor.id != wang.id)
            let former = try await house.write { tx throws(Fault) in try findStaff(wang.id, in: tx) }
            #expect(former?.endedAt == noon)
        }
    }

    @Test func aColleagueResetsALostSecondFactorAndNobodyTheirOwn() async throws {
        try await StaffHouse.onBothEngines { house in
            let wang = try await house.add("wang.wei", [.legal])
            let enrolled = try await house.enrol("wang.wei")
            await #expect(throws: Fault(.notOneself, "")) { try await reset(house.administrator, by: house.act(), house) }
            await #expect(throws: Fault(.staffMayNot, "")) { try await reset(house.administrator, by: house.act(wang), house) }
            try await reset(wang, by: house.act(), house)
            await #expect(throws: Fault(.signedOut, "")) { try await house.who(enrolled.token) }
            let opened = try await house.open("wang.wei")
            #expect(opened.session.step == .enrol)
            await #expect(throws: Fault(.secondFactorAbsent, "")) { try await house.pass(enrolled.recovery[0], opened.token) }
            // Whoever has the machine helps the last administrator.
            try await reset(house.administrator, by: .operator(purpose: "phone lost"), house)
        }
    }

    @Test func aNewPasswordEndsTheSessions() async throws {
        try await StaffHouse.onBothEngines { house in
            let wang = try await house.add("wang.wei", [.legal])
            let enrolled = try await house.enrol("wang.wei")
            let session = try await house.who(enrolled.token)
            let other = try await house.open("wang.wei").token
            let change = PasswordChange(old: StaffHouse.password, new: "vase und lampe")
            try await changeStaffPassword(change, of: session, with: house.hasher, on: house.database, at: noon)
            _ = try await house.who(enrolled.token)
            await #expect(throws: Fault(.signedOut, "")) {
                try await house.write { tx throws(Fault) in try staffSession(token: other, in: tx, at: noon) }
            }
            let hash = try await house.hasher.hash(NewPassword("bett und tisch", signInName: "wang.wei"))
            try await house.write { [act = try house.act()] tx throws(Fault) in
                try resetStaffPassword(of: wang.id, to: hash, by: act, in: tx, at: noon)
            }
            await #expect(throws: Fault(.signedOut, "")) { try await house.who(enrolled.token) }
            #expect(try await house.open("wang.wei", "bett und tisch").session.step == .code)
        }
    }

    @Test func aPasswordThatSomebodyElseGaveOpensNothingButItsChange() async throws {
        try await StaffHouse.onBothEngines { house in
            let wang = try await house.add("wang.wei", [.legal], isOwnPassword: false)
            #expect(wang.passwordGivenAt == noon)
            // Both factors are right, and still the session opens nothing.
            let enrolled = try await house.enrol("wang.wei")
            await #expect(throws: Fault(.passwordGiven, "")) { try await house.who(enrolled.token) }
            let session = try await house.write { tx throws(Fault) in try staffSession(token: enrolled.token, in: tx, at: noon) }
            #expect(session.step == .password)
            await #expect(throws: Fault(.passwordUnchanged, "")) { try await own(StaffHouse.password, session, house) }
            await #expect(throws: Fault(.passwordTooShort, "")) { try await own("kurz", session, house) }
            await #expect(throws: Fault(.passwordGiven, "")) { try await house.who(enrolled.token) }
            try await own("vase und lampe", session, house)
            #expect(try await house.who(enrolled.token).staff.passwordGivenAt == nil)
            #expect(try await house.journal("principal.password-changed").count == 1)
            // An administrator who gives another one brings the step back.
            let hash = try await house.hasher.hash(NewPassword("bett und tisch", signInName: "wang.wei"))
            try await house.write { [act = try house.act()] tx throws(Fault) in
                try resetStaffPassword(of: wang.id, to: hash, by: act, in: tx, at: noon)
            }
            let later = noon.adding(seconds: 60)
            let opened = try await house.open("wang.wei", "bett und tisch", at: later)
            #expect(opened.session.step == .code)
            // Without the second factor nobody chooses a password.
            await #expect(throws: Fault(.secondFactorMissing, "")) { try await own("stuhl und bank", opened.session, house) }
            let passed = try await house.pass(house.code(enrolled.secret, later), opened.token, at: later)
            #expect(passed.step == .password)
            await #expect(throws: Fault(.secondFactorPresent, "")) {
                try await house.pass(enrolled.recovery[0], opened.token, at: later)
            }
        }
    }

    private func own(_ password: String, _ session: StaffSession, _ house: StaffHouse) async throws {
        let change = PasswordChange(old: StaffHouse.password, new: password)
        try await changeStaffPassword(change, of: session, with: house.hasher, on: house.database, at: noon)
    }

    private func change(_ staff: Staff, to roles: Set<Role>, _ house: StaffHouse) async throws {
        let act = try house.act()
        try await house.write { tx throws(Fault) in _ = try changeStaffRoles(of: staff.id, to: roles, by: act, in: tx, at: noon) }
    }

    private func end(_ staff: Staff, _ house: StaffHouse) async throws {
        let act = try house.act()
        try await house.write { tx throws(Fault) in _ = try endStaff(staff.id, by: act, in: tx, at: noon) }
    }

    private func reset(_ staff: Staff, by act: StaffAct, _ house: StaffHouse) async throws {
        try await house.write { tx throws(Fault) in try resetSecondFactor(of: staff.id, by: act, in: tx, at: noon) }
    }
}
