import Access
import Agreement
import Basics
import Billing
import Charging
import Customers
import Lines
import Orders
import Storage
import StorageTestSupport
import Testing
import Web
import jianmian

@Suite("The demo provider, on both engines")
struct DemoTests {
    /// 2026-11-23 15:00 in Shanghai; the demo's past is all in November.
    static let now = Timestamp(milliseconds: 1_795_417_200_000)
    static let schema =
        AccessSchema.migrations + CustomersSchema.migrations + AgreementSchema.migrations + LinesSchema.migrations
        + OrdersSchema.migrations
        + ChargingSchema.migrations + BillingSchema.migrations
    let hasher = PasswordHasher(parameters: ScryptParameters(logN: 4, r: 8, p: 1))

    @Test func everybodyOnTheSignInPageCanSignInAndHasContacts() async throws {
        try await withDemo { database in
            #expect(DemoProvider.accounts.count == 4)
            for account in DemoProvider.accounts {
                let request = SignInRequest(
                    name: account.number, password: account.password, address: "127.0.0.1", device: "Test")
                let session = try await signIn(request, with: hasher, on: database, at: Self.now)
                let contacts = try await database.read { tx throws(Fault) in
                    let customer = try customer(signingInAs: session.principal, in: tx)
                    return try listContacts(of: customer.id, in: tx)
                }
                #expect(contacts.count >= 2)
                #expect(DemoProvider.announcement.contains(account.password))
            }
        }
    }

    /// By hand from the script. 王秀英 talked 763 + 912 + 355 = 2,030 s with picture and 187 s without, as the caller:
    /// 2,030 × 5,000 + 187 × 2,000 = 10,524,000 micro-yuan. 李伟: (1,284 + 1,502) × 5,000 + 41 × 2,000 = 14,012,000.
    @Test func thePastIsChargedToTheMicroYuan() async throws {
        try await withDemo { database in
            #expect(try await used("60000001", database) == Money(micros: 10_524_000))
            #expect(try await used("60000002", database) == Money(micros: 14_012_000))
            let report = try await database.read { tx throws(Fault) in try verifyLedger(in: tx) }
            #expect(report.isClean)
        }
    }

    @Test func theHistoriesFitTheScript() async throws {
        try await withDemo { database in
            let (all, missed) = try await database.read { tx throws(Fault) in
                let line = try line(numbered: PhoneNumber(trusted: "60000001"), in: tx)?.id ?? .random()
                return (try callHistory(of: line, in: tx).calls, try callHistory(of: line, filter: .missed, in: tx).calls)
            }
            #expect(all.count == 11)
            #expect(missed.map(\.peer.digits) == ["60000002", "60000003"])
            #expect(all.allSatisfy { $0.endedAt < Self.now })
            #expect(all.first?.seconds == 355)
        }
    }

    @Test func startingAgainChangesNothing() async throws {
        try await withDemo { database in
            let before = try await database.read { tx throws(Fault) in try tx.query("SELECT id FROM journal", []).count }
            let later = Self.now.adding(seconds: 86_400)
            try await demo(database).seed(at: later)
            let after = try await database.read { tx throws(Fault) in try tx.query("SELECT id FROM journal", []).count }
            #expect(before == after)
        }
    }

    /// What was written while the clock was ahead stays in the past after a restart.
    @Test func theClockDoesNotFallBehindWhatWasWritten() async throws {
        try await withDemo { database in
            let ahead = SystemClock().now().adding(seconds: 400 * 86_400)
            try await database.write { tx throws(Fault) in
                try appendJournal(JournalEntry(at: ahead, actor: "system", action: "test", subject: "test"), in: tx)
            }
            #expect(try await DemoProvider.clock(over: database).now() >= ahead)
        }
    }

    private func used(_ number: String, _ database: any Database) async throws(Fault) -> Money {
        try await database.read { tx throws(Fault) in
            try accountSummary(AccountID(trusted: "demo-\(number)"), in: tx, at: Self.now, zone: .shanghai).used
        }
    }

    private func demo(_ database: any Database) -> DemoProvider {
        DemoProvider(database: database, hasher: hasher, zone: .shanghai, vault: .ephemeral(), seal: .ephemeral())
    }

    private func withDemo(_ body: @Sendable (any Database) async throws -> Void) async throws {
        try await withDatabases(Self.schema) { database in
            try await demo(database).seed(at: Self.now)
            try await body(database)
        }
    }
}
