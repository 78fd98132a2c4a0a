import Access
import Basics
import Billing
import Calls
import Charging
import Customers
import Lines
import Logging
import Media
import Orders
import Storage
import StorageTestSupport
import Synchronization
import Testing

let noon = Timestamp(milliseconds: 1_795_406_400_000)
let zone = BusinessZone.shanghai
let price = Money(micros: 5_000)
let allMigrations =
    AccessSchema.migrations + CustomersSchema.migrations + LinesSchema.migrations + OrdersSchema.migrations
    + ChargingSchema.migrations + BillingSchema.migrations

/// An SDP as far as call control looks into one: its certificate.
func sdp(_ page: String) -> String { "v=0\r\na=fingerprint:sha-256 \(page)\r\n" }

/// A phone in a test: keeps every event and lets the test wait for one.
final class Phone: DeviceChannel {
    private struct State {
        var events: [DeviceEvent] = []
        var taken = 0
        var waiter: (matches: @Sendable (DeviceEvent) -> Bool, continuation: CheckedContinuation<DeviceEvent?, Never>)?
    }

    let device: DeviceID
    private let state = Mutex(State())

    init(_ device: String) { self.device = DeviceID(trusted: device) }

    var events: [DeviceEvent] { state.withLock { $0.events } }

    func deliver(_ event: DeviceEvent) {
        let woken = state.withLock { state -> CheckedContinuation<DeviceEvent?, Never>? in
            state.events.append(event)
            guard let waiter = state.waiter, waiter.matches(event) else { return nil }
            state.taken = state.events.count
            state.waiter = nil
            return waiter.continuation
        }
        woken?.resume(returning: event)
    }

    /// The next event that matches, after the one that was waited for before; nil when the test's time is over.
    @discardableResult
    func next(_ matches: @escaping @Sendable (DeviceEvent) -> Bool) async -> DeviceEvent? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<DeviceEvent?, Never>) in
                let found = state.withLock { state -> DeviceEvent?? in
                    if let index = state.events[state.taken...].firstIndex(where: matches) {
                        state.taken = index + 1
                        return .some(state.events[index])
                    }
                    if Task.isCancelled { return .some(nil) }
                    state.waiter = (matches, continuation)
                    return nil
                }
                if let found { continuation.resume(returning: found) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                defer { state.waiter = nil }
                return state.waiter
            }
            waiter?.continuation.resume(returning: nil)
        }
    }

    /// Waits from the first event on again: for two events that come in either order.
    func rewind() { state.withLock { $0.taken = 0 } }

    func connected() async { await next { if case .connected = $0 { true } else { false } } }
    func answered() async { await next { if case .answer = $0 { true } else { false } } }
    func incoming() async { await next { if case .incoming = $0 { true } else { false } } }

    func ended() async -> CallEnded? {
        if case .ended(_, let ended) = await next({ if case .ended = $0 { true } else { false } }) { ended } else { nil }
    }

    func stopped() async -> StopReason? {
        if case .stopped(_, let reason) = await next({ if case .stopped = $0 { true } else { false } }) { reason } else { nil }
    }

    /// The warnings so far, by their seconds.
    var warnings: [Int64] { events.compactMap { if case .warning(_, let left) = $0 { left } else { nil } } }
}

/// A media server that only remembers what it was asked.
final class FakeMedia: CallMedia {
    struct State {
        var opened: [(leg: LegID, offer: String)] = []
        var renegotiated: [LegID] = []
        var bridged: [(LegID, LegID)] = []
        var closed: [LegID] = []
        var connects = true
        var refuses = false
        var renegotiateFirst = false
    }

    let events: AsyncStream<MediaEvent>
    private let sink: AsyncStream<MediaEvent>.Continuation
    private let state = Mutex(State())

    init() { (events, sink) = AsyncStream.makeStream(of: MediaEvent.self) }

    var seen: State { state.withLock { $0 } }
    func change(_ change: @Sendable (inout State) -> Void) { state.withLock { change(&$0) } }
    func send(_ event: MediaEvent) { sink.yield(event) }

    func openLeg(_ leg: LegID, in call: MediaCallID, offer: String) async throws(Fault) -> String {
        let (connects, refuses) = state.withLock { state in
            if !state.refuses { state.opened.append((leg, offer)) }
            return (state.connects, state.refuses)
        }
        if refuses { throw Fault(.mediaFull, "no room") }
        if connects { sink.yield(.connected(leg)) }
        return "answer to \(offer)"
    }

    func renegotiate(_ leg: LegID, offer: String) async throws(Fault) -> String {
        state.withLock { $0.renegotiated.append(leg) }
        return "answer to \(offer)"
    }

    func bridge(_ a: LegID, _ b: LegID) async throws(Fault) -> BridgeOutcome {
        state.withLock { state in
            state.bridged.append((a, b))
            return state.renegotiateFirst ? .mustRenegotiate([a]) : .ready
        }
    }

    func closeLeg(_ leg: LegID) async -> LegTotals {
        state.withLock { $0.closed.append(leg) }
        var totals = LegTotals()
        totals.audioFromDevice.packets = 50
        return totals
    }
}

/// A database whose writes can be made to fail.
final class FaultyDatabase: Database {
    let real: any Database
    private let failing = Mutex(false)

    init(_ real: any Database) { self.real = real }

    var engine: Engine { real.engine }
    func fail(_ fails: Bool) { failing.withLock { $0 = fails } }
    func close() async { await real.close() }

    func read<T: Sendable>(_ work: @escaping @Sendable (any Transaction) throws(Fault) -> T) async throws(Fault) -> T {
        try await real.read(work)
    }

    func write<T: Sendable>(_ work: @escaping @Sendable (any Transaction) throws(Fault) -> T) async throws(Fault) -> T {
        if failing.withLock({ $0 }) { throw Fault(.unreachable, "the test has cut the database off") }
        return try await real.write(work)
    }
}

/// Call control with customers, a moved clock and a real database.
final class CallWorld: Sendable {
    let database: FaultyDatabase
    let media = FakeMedia()
    let clock = MovableClock(standingAt: noon)
    let control: CallControl
    let lines: [String: Line]

    private init(_ database: any Database, _ lines: [String: Line]) {
        let faulty = FaultyDatabase(database)
        self.database = faulty
        self.lines = lines
        control = CallControl(
            database: faulty, media: media, clock: clock, zone: zone,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Runs a test on both engines: customers a, b and c with the numbers 6000 0001 to 6000 0003; d shares a's account.
    static func run(limit: Money = Money(yuan: 1), _ body: @Sendable @escaping (CallWorld) async throws -> Void) async throws {
        try await withDatabases(allMigrations) { database in
            var lines: [String: Line] = [:]
            for (index, name) in ["a", "b", "c"].enumerated() {
                lines[name] = try await register(name, "6000000\(index + 1)", limit, in: database)
            }
            let a = try #require(lines["a"])
            lines["d"] = try await database.write { tx throws(Fault) in
                let number = PhoneNumber(trusted: "60000004")
                let line = try openLine(number: number, of: .standard, customer: a.customer, account: a.account, in: tx, at: noon)
                try assignPlan(Plan.standardID, to: line.id, by: "system", in: tx, at: noon)
                return line
            }
            let world = CallWorld(database, lines)
            let running = Task { await world.control.run() }
            try await body(world)
            running.cancel()
            await running.value
        }
    }

    private static func register(_ name: String, _ number: String, _ limit: Money, in database: any Database) async throws -> Line
    {
        let stored = "$scrypt$ln=15,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
        let request = RegisterCustomerRequest(
            name: try DisplayName(name.uppercased()), language: .chinese, number: PhoneNumber(trusted: number),
            password: try #require(PasswordHash(stored: stored)), account: "account-\(name)")
        return try await database.write { tx throws(Fault) in
            try ensureStandardPlan(in: tx, at: noon)
            let registered = try registerCustomer(request, in: tx, at: noon)
            try openAccount(
                OpenAccountRequest(
                    id: AccountID(trusted: request.account), customer: registered.customer.id, creditLimit: limit), in: tx,
                at: noon)
            return registered.line
        }
    }

    // MARK: Phones

    @discardableResult
    func attach(_ phone: Phone, to name: String) async throws -> [CallSnapshot] {
        try await control.attach(device: phone.device, line: try #require(lines[name]).id, channel: phone)
    }

    func phone(_ device: String, of name: String) async throws -> Phone {
        let phone = Phone(device)
        try await attach(phone, to: name)
        return phone
    }

    func dial(_ phone: Phone, _ call: String, _ to: String = "6000 0002") async throws {
        try await control.handle(
            .dial(CallID(trusted: call), to: to, kind: .video, sdp: sdp(phone.device.rawValue)), from: phone.device)
    }

    func accept(_ phone: Phone, _ call: String) async throws {
        try await control.handle(
            .accept(CallID(trusted: call), kind: .video, sdp: sdp(phone.device.rawValue)), from: phone.device)
    }

    func hangUp(_ phone: Phone, _ call: String) async throws {
        try await control.handle(.hangUp(CallID(trusted: call)), from: phone.device)
    }

    /// Dials and answers; both are connected, with their media up, when this returns.
    func talk(_ caller: Phone, _ callee: Phone, _ call: String, to: String = "6000 0002") async throws {
        try await dial(caller, call, to)
        await callee.incoming()
        try await accept(callee, call)
        await caller.connected()
        await callee.connected()
        while await !control.hasMedia(CallID(trusted: call)), !Task.isCancelled { await Task.yield() }
    }

    /// Moves the clock, ten seconds or less at a time as the real one would pass, and lets everything happen that is due.
    func pass(milliseconds: Int64) async {
        var left = milliseconds
        while left > 0 {
            let step = min(left, 10_000)
            clock.advance(milliseconds: step)
            await control.catchUp()
            left -= step
        }
    }

    func pass(seconds: Int64) async { await pass(milliseconds: seconds * 1000) }

    // MARK: Books

    func summary(of name: String = "a") async throws -> AccountSummary {
        let (account, now) = (AccountID(trusted: "account-\(name)"), clock.now())
        return try await database.read { tx throws(Fault) in try accountSummary(account, in: tx, at: now, zone: zone) }
    }

    func history(of name: String) async throws -> [CallHistoryItem] {
        let line = try #require(lines[name]).id
        return try await database.read { tx throws(Fault) in try callHistory(of: line, in: tx).calls }
    }

    func outcomes(of call: String) async throws -> [String: String] {
        let rows = try await database.read { tx throws(Fault) in
            try tx.query("SELECT device, outcome FROM call_devices WHERE call = $1", [.text(call)])
        }
        return Dictionary(uniqueKeysWithValues: try rows.map { (try $0.text("device"), try $0.text("outcome")) })
    }

    /// The books are right and nothing is held back.
    func expectCleanBooks() async throws {
        let report = try await database.read { tx throws(Fault) in try verifyLedger(in: tx) }
        #expect(report.findings == [])
        #expect(try await summary().reserved == .zero)
    }
}
