import Access
import Basics
import Customers
import Lines
import Orders
import Storage
import StorageTestSupport
import Testing

@Suite("Becoming a customer, on both engines")
struct RegisterTests {
    let hasher = PasswordHasher(parameters: ScryptParameters(logN: 4, r: 8, p: 1))

    @Test func aPersonWithANameANumberAndAPasswordHasALine() async throws {
        try await withDatabases(schema) { database in
            let made = try await register("王秀英", "60000001", database)
            #expect(made.line.customer == made.customer.id)
            #expect(made.line.account == "account-60000001")
            let session = try await signIn(
                SignInRequest(name: "60000001", password: "correct horse", address: "198.51.100.7", device: "Chromium"),
                with: hasher, on: database, at: noon)
            try await database.read { tx throws(Fault) in
                #expect(try customer(signingInAs: session.principal, in: tx) == made.customer)
                #expect(try plan(of: made.line.id, in: tx, at: noon) == Plan.standardID)
                #expect(try price(of: made.line.id, kind: .video, in: tx, at: noon).perSecond.micros == 5_000)
            }
            await #expect(throws: Fault(.unknownPlan, "")) {
                try await database.read { tx throws(Fault) in
                    try price(of: made.line.id, kind: .video, in: tx, at: noon.adding(milliseconds: -1))
                }
            }
        }
    }

    @Test func aRefusedRegistrationLeavesNothing() async throws {
        try await withDatabases(schema) { database in
            _ = try await register("王秀英", "60000001", database)
            await #expect(throws: Fault(.numberTaken, "")) { try await register("李伟", "60000001", database) }
            await #expect(throws: Fault(.numberNotOffered, "")) { try await register("李伟", "110", database) }
            await #expect(throws: Fault(.accountID, "")) { try await register("李伟", "60000002", database, account: "") }
            await #expect(throws: Fault(.unknownPlan, "")) { try await register("李伟", "60000002", database, plan: "gold") }
            for table in ["access_principals", "customers_customers", "lines_lines", "lines_numbers", "orders_line_plans"] {
                let count = try await database.read { tx throws(Fault) in try tx.query("SELECT 1 AS one FROM \(table)", []).count
                }
                #expect(count == 1, "\(table)")
            }
        }
    }

    /// Sixteen people register one number at once: one has it, the others are told in the same words, nothing is left of them.
    @Test func twoPeopleCannotRegisterOneNumber() async throws {
        try await withDatabases(schema) { database in
            try await database.write { tx throws(Fault) in try ensureStandardPlan(in: tx, at: noon) }
            let outcomes = await withTaskGroup(of: Fault.Code?.self) { group in
                for index in 0..<16 {
                    group.addTask {
                        do throws(Fault) {
                            _ = try await register("人\(index)", "60007777", database)
                            return nil
                        } catch { return error.code }
                    }
                }
                return await group.reduce(into: [Fault.Code?]()) { $0.append($1) }
            }
            #expect(outcomes.count { $0 == nil } == 1)
            #expect(outcomes.count { $0 == .numberTaken } == 15)
            let parties = try await database.read { tx throws(Fault) in
                try tx.query("SELECT id FROM customers_customers", []).count
            }
            #expect(parties == 1)
        }
    }

    @Test func everyStepIsInTheJournalWithoutTheName() async throws {
        try await withDatabases(schema) { database in
            _ = try await register("王秀英", "60000001", database)
            let rows = try await database.read { tx throws(Fault) in try tx.query("SELECT * FROM journal", []) }
            for action in ["prices.published", "principal.added", "customer.enrolled", "line.opened", "line.plan-assigned"] {
                #expect(rows.contains { "\($0)".contains(action) }, "\(action)")
            }
            #expect(!rows.contains { "\($0)".contains("王秀英") })
        }
    }

    private func register(
        _ name: String, _ number: String, _ database: any Database, account: String? = nil, plan: String = "standard"
    ) async throws(Fault) -> Registered {
        let request = RegisterCustomerRequest(
            name: try DisplayName(name), language: .chinese, number: PhoneNumber(trusted: number),
            password: try await hasher.hash(NewPassword("correct horse", signInName: number)),
            account: account ?? "account-\(number)", plan: PlanID(trusted: plan))
        return try await database.write { tx throws(Fault) in
            try ensureStandardPlan(in: tx, at: noon)
            return try registerCustomer(request, in: tx, at: noon)
        }
    }
}
