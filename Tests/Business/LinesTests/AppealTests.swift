import Access
import Basics
import Customers
import Lines
import Storage
import StorageTestSupport
import Testing

@Suite("Appeals against holds, on both engines")
struct AppealTests {
    @Test func anAppealIsFiledOnceAndWaitsInTheQueue() async throws {
        try await withHold(.misuse) { bench in
            let appeal = try await bench.file("a1", "不是我打的")
            #expect(appeal.state == .filed && appeal.words == "不是我打的")
            #expect(try await bench.file("a1", "不是我打的") == appeal)
            await #expect(throws: Fault(.appealReused, "")) { try await bench.file("a1", "别的话") }
            await #expect(throws: Fault(.appealOpen, "")) { try await bench.file("a2", "再来一次") }
            let queue = try await bench.database.read { tx throws(Fault) in try appealQueue(in: tx).appeals }
            #expect(queue == [appeal])
        }
    }

    @Test func nobodyAppealsForAnotherOrWithoutWords() async throws {
        try await withHold(.misuse) { bench in
            await #expect(throws: Fault(.unknownHold, "")) { try await bench.file("a1", "x", by: .random()) }
            await #expect(throws: Fault(.appealWords, "")) { try await bench.file("a1", " \n ") }
            await #expect(throws: Fault(.appealTooLong, "")) { try await bench.file("a1", String(repeating: "长", count: 2_001)) }
            await #expect(throws: Fault(.nameCharacter, "")) { try await bench.file("a1", "a\u{202E}b") }
        }
    }

    @Test(arguments: [Hold.Kind.legalOrder, .maintenance, .customerRequest]) func someHoldsAreDecidedElsewhere(kind: Hold.Kind)
        async throws
    {
        try await withHold(kind) { bench in
            await #expect(throws: Fault(.appealElsewhere, "")) { try await bench.file("a1", "为什么") }
            #expect(!remedy(for: bench.hold).mayAppeal)
        }
    }

    @Test func whoMayNotDecideIsRefused() async throws {
        try await withHold(.identity) { bench in
            let appeal = try await bench.file("a1", "材料已寄出")
            await #expect(throws: Fault(.staffMayNot, "")) { try await bench.decide(appeal.id, .granted, .billing) }
            #expect(try await bench.decide(appeal.id, .granted, .customerService).state == .granted)
            #expect(try await bench.active().isEmpty)
        }
    }

    /// Who may decide which kind, and that each kind has somebody.
    @Test(arguments: [
        (Hold.Kind.identity, [Role.customerService]), (.misuse, [.customerService, .legal]), (.arrears, [.billing, .legal]),
        (.credit, [.billing, .legal]),
    ]) func eachKindHasItsOwnDeciders(kind: Hold.Kind, roles: [Role]) {
        let asked = permission(toDecideOn: kind)
        #expect(Set(Role.allCases.filter { $0.permissions.contains(asked) }) == Set(roles))
    }

    /// The hold was lifted meanwhile for another reason: granting the appeal is no error.
    @Test func grantingAfterTheHoldIsGoneIsNoError() async throws {
        try await withHold(.misuse) { bench in
            let appeal = try await bench.file("a1", "不是我打的")
            try await bench.database.write { tx throws(Fault) in
                _ = try liftHold(bench.hold.id, by: "system", in: tx, at: noon)
            }
            #expect(try await bench.decide(appeal.id, .granted, .legal).state == .granted)
            await #expect(throws: Fault(.holdLifted, "")) { try await bench.file("a2", "再来一次") }
        }
    }

    @Test func fiveAppealsAgainstOneHoldAreTheMost() async throws {
        try await withHold(.misuse) { bench in
            for index in 0..<5 {
                let appeal = try await bench.file("a\(index)", "第\(index)次")
                try await bench.decide(appeal.id, .refused, .legal)
            }
            await #expect(throws: Fault(.tooManyAppeals, "")) { try await bench.file("a5", "第五次") }
        }
    }
}

@Suite("Finding customers, on both engines")
struct SearchTests {
    @Test func staffFindACustomerByWhatTheyHaveInHand() async throws {
        try await withHold(.misuse) { bench in
            let form = PersonForm(
                legalName: "王秀英", birthDate: "1991-01-01", address: "北京市海淀区颐和园路5号", postcode: "100871",
                idNumber: "360426199101010071", phone: "13800138000")
            let identity = try Identity.person(checkPerson(form, on: BusinessDate(clamping: 20_780)).get())
            let vault = Vault.ephemeral()
            try await bench.database.write { tx throws(Fault) in
                _ = try submitIdentity(
                    SubmitIdentityRequest(customer: bench.customer, identity: identity, consents: [.identityCheck]), with: vault,
                    in: tx, at: noon, zone: .shanghai)
            }
            let shown = try await bench.database.read { tx throws(Fault) in try customer(bench.customer, in: tx).name.text }
            let number = try await bench.database.read { tx throws(Fault) in try line(bench.hold.line, in: tx).number }
            let texts = [
                "王秀英", "360426199101010071", " 360426 1991 0101 0071 ", "13800138000", "138-0013-8000", String(shown.prefix(1)),
                number.digits, String(number.digits.prefix(4)), number.grouped,
            ]
            for text in texts {
                let found = try await bench.database.read { tx throws(Fault) in
                    try searchCustomers(text: text, with: vault, in: tx)
                }
                #expect(found.items.map(\.customer.id) == [bench.customer], "\(text)")
                #expect(found.items.first?.numbers == [number] && found.items.first?.verification == .submitted)
            }
            for text in ["", "  ", "李", "360426199101010072", "99", "%", "_", "'", String(repeating: "王", count: 10_000)] {
                let found = try await bench.database.read { tx throws(Fault) in
                    try searchCustomers(text: text, with: vault, in: tx)
                }
                #expect(found.items.isEmpty, "\(text.prefix(20))")
            }
        }
    }
}

/// A customer with a line that is held.
private struct Bench: Sendable {
    let database: any Database
    let customer: CustomerID
    let hold: Hold

    func file(_ id: String, _ words: String, by other: CustomerID? = nil) async throws(Fault) -> HoldAppeal {
        let request = FileAppealRequest(id: AppealID(trusted: id), hold: hold.id, customer: other ?? customer, words: words)
        return try await database.write { tx throws(Fault) in try fileAppeal(request, in: tx, at: noon, zone: .shanghai) }
    }

    @discardableResult
    func decide(_ id: AppealID, _ verdict: AppealVerdict, _ role: Role) async throws(Fault) -> HoldAppeal {
        try await database.write { tx throws(Fault) in
            let act = try StaffAct(staff: StaffID(trusted: "li"), roles: [role], purpose: "处理申诉")
            return try decideAppeal(id, verdict, answer: "已核实", by: act, in: tx, at: noon)
        }
    }

    func active() async throws(Fault) -> [Hold] {
        try await database.read { tx throws(Fault) in try activeHolds(on: hold.line, in: tx) }
    }
}

private func withHold(_ kind: Hold.Kind, _ body: @Sendable (Bench) async throws -> Void) async throws {
    try await withDatabases(schema) { database in
        let customer = try await enrol("60000001", database)
        let line = try await open("60000001", customer, database).id
        let hold = try await database.write { tx throws(Fault) in
            try placeHold(
                PlaceHoldRequest(line: line, kind: kind, clause: 1, reason: "test", evidence: "test", effect: .all, by: "system"),
                in: tx, at: noon)
        }
        try await body(Bench(database: database, customer: customer, hold: hold))
    }
}
