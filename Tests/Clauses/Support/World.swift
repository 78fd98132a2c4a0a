import Access
import Agreement
import Basics
import Billing
import Charging
import Customers
import Lines
import Notices
import Orders
import Storage
import StorageTestSupport
import Testing

/// A provider on one engine with a clock that a scenario moves. Everything happens through the public use cases.
struct World {
    let database: any Database
    let clock = MovableClock(standingAt: World.morning)
    let zone = BusinessZone.shanghai

    /// 2026-11-23 09:00 in Shanghai.
    static let morning = Timestamp(milliseconds: 1_795_395_600_000)
    static let schema =
        AccessSchema.migrations + CustomersSchema.migrations + AgreementSchema.migrations + LinesSchema.migrations
        + OrdersSchema.migrations + NoticesSchema.migrations
        + ChargingSchema.migrations + BillingSchema.migrations
    private static let hasher = PasswordHasher(parameters: ScryptParameters(logN: 4, r: 8, p: 1))

    /// Plays a scenario on both engines, each in a new world with the standard plan.
    static func play(_ scenario: @Sendable (World) async throws -> Void) async throws {
        try await withDatabases(schema) { database in
            let world = World(database: database)
            try await world.write { tx, now throws(Fault) in try ensureStandardPlan(in: tx, at: now) }
            try await scenario(world)
        }
    }

    /// A customer with a line and an account.
    func customer(_ name: String, _ digits: String, creditLimit: Money = Money(yuan: 200)) async throws -> Person {
        let number = PhoneNumber(trusted: digits)
        let hash = try await Self.hasher.hash(NewPassword("correct horse", signInName: digits))
        let shown = try DisplayName(name)
        return try await write { tx, now throws(Fault) in
            let account = AccountID.random()
            let registered = try registerCustomer(
                RegisterCustomerRequest(
                    name: shown, language: .chinese, number: number, password: hash, account: account.rawValue),
                in: tx, at: now)
            try openAccount(
                OpenAccountRequest(id: account, customer: registered.customer.id, creditLimit: creditLimit), in: tx, at: now)
            return Person(customer: registered.customer.id, line: registered.line, account: account)
        }
    }

    func write<T: Sendable>(_ work: @escaping @Sendable (any Transaction, Timestamp) throws(Fault) -> T) async throws(Fault) -> T
    {
        let now = clock.now()
        return try await database.write { tx throws(Fault) in try work(tx, now) }
    }

    func read<T: Sendable>(_ work: @escaping @Sendable (any Transaction, Timestamp) throws(Fault) -> T) async throws(Fault) -> T {
        let now = clock.now()
        return try await database.read { tx throws(Fault) in try work(tx, now) }
    }

    func books(of person: Person) async throws(Fault) -> AccountSummary {
        try await read { tx, now throws(Fault) in try accountSummary(person.account, in: tx, at: now, zone: zone) }
    }

    func holds(on person: Person) async throws(Fault) -> [Hold] {
        try await read { tx, _ throws(Fault) in try activeHolds(on: person.line.id, in: tx) }
    }
}

/// A customer of a scenario.
struct Person: Sendable {
    let customer: CustomerID
    let line: Line
    let account: AccountID
}
