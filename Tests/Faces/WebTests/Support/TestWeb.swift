import Access
import Agreement
import Basics
import Billing
import Charging
import Customers
import Lines
import Logging
import Notices
import Orders
import Paper
import ServiceLifecycle
import Storage
import StorageTestSupport
import Synchronization
import Web

/// A running web face on a free port of the loopback, over a fresh SQLite database, with a clock that stands and calls that only record.
struct TestWeb: Sendable {
    let port: Int
    let database: any Database
    let clock: MovableClock
    let hasher: PasswordHasher
    let vault: Vault
    let calls: FakeCalls
    let group: ServiceGroup
    let routes: [WebRoute]

    var authority: String { "127.0.0.1:\(port)" }

    /// A browser with cookies of its own.
    func browser() -> TestBrowser { TestBrowser(port: port) }

    /// A browser of a customer with a line in service, taken in without the way of joining.
    func customer(
        _ name: String, _ number: String, password: String = "correct horse 1", creditLimit: Money = .init(yuan: 100)
    ) async throws -> TestBrowser {
        let (shown, digits) = (try DisplayName(name), try parseNumber(number))
        let hash = try await hasher.hash(NewPassword(password, signInName: digits.digits))
        try await database.write { tx throws(Fault) in
            let account = AccountID.random()
            let registered = try registerCustomer(
                RegisterCustomerRequest(
                    name: shown, language: .chinese, number: digits, password: hash, pool: .standard, account: account.rawValue),
                in: tx, at: clock.now())
            try openAccount(
                OpenAccountRequest(id: account, customer: registered.customer.id, creditLimit: creditLimit), in: tx,
                at: clock.now())
        }
        let browser = browser()
        let answer = try await browser.send(
            "POST", "/api/v1/sessions", ["number": .text(digits.digits), "password": .text(password)])
        guard answer.status == 201 else { throw Fault(.webDefect, "not signed in: \(answer.status) \(answer.body)") }
        return browser
    }
}

/// Runs a test against a web face and stops it afterwards in good order.
func withWeb(
    demo: Bool = false, checks: [WebServices.Check] = [], _ change: (inout WebConfiguration) -> Void = { _ in },
    body: @escaping @Sendable (TestWeb) async throws -> Void
) async throws {
    // 2026-03-09 01:46:40 UTC.
    let clock = MovableClock(standingAt: Timestamp(milliseconds: 1_773_020_800_000))
    var configuration = WebConfiguration(host: "127.0.0.1", port: 0)
    if demo {
        let account = WebDemo.Account(name: "小明", number: "60000001", password: "demo-word")
        configuration.demo = WebDemo(accounts: [account]) { clock.advance(seconds: $0) }
    }
    change(&configuration)
    let final = configuration
    let migrations =
        AccessSchema.migrations + CustomersSchema.migrations + AgreementSchema.migrations + LinesSchema.migrations
        + OrdersSchema.migrations + NoticesSchema.migrations + ChargingSchema.migrations + BillingSchema.migrations
    try await withSQLite(migrations) { database in
        try await database.write { tx throws(Fault) in try ensureStandardPlan(in: tx, at: clock.now()) }
        try await serve(final, database, clock, checks, body)
    }
}

private func serve(
    _ configuration: WebConfiguration, _ database: any Database, _ clock: MovableClock,
    _ checks: [WebServices.Check], _ body: @escaping @Sendable (TestWeb) async throws -> Void
) async throws {
    let calls = FakeCalls()
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    // Tests of the web face make no documents; Tests/Browser does.
    let press = PDFPress(python: "/nonexistent/python", logger: logger)
    let hasher = PasswordHasher(parameters: ScryptParameters(logN: 4, r: 8, p: 1))
    let vault = Vault.ephemeral()
    var services = WebServices(
        database: database, clock: clock, zone: .shanghai, hasher: hasher, vault: vault, seal: .ephemeral(), press: press,
        calls: calls, checks: checks, logger: logger)
    if configuration.demo != nil {
        services.paymentProviders = [try HMACPaymentProvider(name: "demo", secrets: [Array(repeating: 7, count: 32)])]
    }
    let (ports, announce) = AsyncStream<Int>.makeStream()
    let server = try WebServer(configuration, services) { port in announce.yield(port) }
    let group = ServiceGroup(configuration: .init(services: [server], logger: logger))
    try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await group.run() }
        var port = 0
        for await announced in ports {
            port = announced
            break
        }
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(
                try await body(
                    TestWeb(
                        port: port, database: database, clock: clock, hasher: hasher, vault: vault, calls: calls, group: group,
                        routes: server.routes)))
        } catch {
            outcome = .failure(error)
        }
        await group.triggerGracefulShutdown()
        try await tasks.waitForAll()
        try outcome.get()
    }
}
