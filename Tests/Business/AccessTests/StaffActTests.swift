import Access
import Basics
import Testing

@Suite struct StaffActTests {
    @Test func anActNeedsAPurpose() {
        #expect(throws: Fault(.purposeMissing, "")) { try StaffAct(staff: .random(), roles: [.legal], purpose: " \n ") }
        let long = String(repeating: "长", count: 200)
        #expect(throws: Fault(.purposeTooLong, "")) { try StaffAct(staff: .random(), roles: [.legal], purpose: long) }
    }

    @Test func aRoleMayDoItsOwnWorkAndNoOther() throws {
        let auditor = try StaffAct(staff: .random(), roles: [.auditor], purpose: "yearly audit")
        try auditor.require(.readJournal)
        #expect(throws: Fault(.staffMayNot, "")) { try auditor.require(.verifyIdentity) }
        #expect(!Role.administrator.permissions.contains(.revealPersonalData))
    }
}
