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

/// One customer with a line and an account on one engine; everything happens through the public use cases on days that the test names.
struct Household: Sendable {
    let database: any Database
    let account: AccountID
    let line: LineID
    let customer: CustomerID

    static let zone = BusinessZone.shanghai
    static let schema =
        AccessSchema.migrations + CustomersSchema.migrations + AgreementSchema.migrations + LinesSchema.migrations
        + OrdersSchema.migrations + NoticesSchema.migrations + ChargingSchema.migrations + BillingSchema.migrations
    static let price = Money(micros: 5_000)

    /// Plays on both engines.
    static func play(limit: Money = Money(yuan: 1_000), _ scenario: @Sendable (Household) async throws -> Void) async throws {
        try await withDatabases(schema) { database in try await scenario(open(in: database, "1", limit: limit)) }
    }

    static func open(in database: any Database, _ suffix: String, limit: Money = Money(yuan: 1_000)) async throws -> Household {
        let noon = noon("2026-11-01")
        let account = AccountID(trusted: "acc-\(suffix)")
        let hasher = PasswordHasher(parameters: ScryptParameters(logN: 4, r: 8, p: 1))
        let hash = try await hasher.hash(NewPassword("correct horse", signInName: "p-\(suffix)"))
        let registered = try await database.write { tx throws(Fault) in
            try ensureStandardPlan(in: tx, at: noon)
            let principal = try addPrincipal(signInName: "p-\(suffix)", password: hash, in: tx, at: noon)
            let customer = try enrolCustomer(
                named: DisplayName(trusted: "王秀英"), language: .chinese, signingInAs: principal.id, in: tx, at: noon)
            let line = try openLine(
                number: PhoneNumber(trusted: String("60000000".dropLast(suffix.count)) + suffix), of: .standard,
                customer: customer.id, account: account.rawValue,
                in: tx, at: noon)
            try openAccount(OpenAccountRequest(id: account, customer: customer.id, creditLimit: limit), in: tx, at: noon)
            return (customer.id, line.id)
        }
        return Household(database: database, account: account, line: registered.1, customer: registered.0)
    }

    /// Noon of a day in Shanghai.
    static func noon(_ text: String) -> Timestamp { zone.start(of: day(text)).adding(seconds: 43_200) }

    func write<T: Sendable>(
        _ on: String, _ work: @escaping @Sendable (any Transaction, Timestamp) throws(Fault) -> T
    ) async throws(Fault) -> T {
        let now = Self.noon(on)
        return try await database.write { tx throws(Fault) in try work(tx, now) }
    }

    /// A video call of so many seconds that ends at noon of a day, in the books.
    func call(_ name: String, seconds: Int64, _ on: String) async throws {
        let ended = Self.noon(on)
        try await talk(name, seconds: seconds, from: ended.adding(seconds: -seconds), to: ended)
    }

    func talk(_ name: String, seconds: Int64, from answered: Timestamp, to ended: Timestamp?) async throws {
        try await database.write { tx throws(Fault) in
            let call = CallID(trusted: "\(name)-\(account)")
            try recordDialledCall(
                DialledCall(
                    call: call, callerLine: line, callerNumber: PhoneNumber(trusted: "60000001"),
                    callerDevice: DeviceID(trusted: "d"), calleeLine: nil, calleeNumber: PhoneNumber(trusted: "60000002"),
                    kind: .video, account: account, pricePerSecond: Self.price, dialledAt: answered), in: tx)
            _ = try reserveCredit(
                ReserveCreditRequest(
                    operation: OperationID(trusted: "\(call)-r"), call: call, account: account, pricePerSecond: Self.price,
                    sliceSeconds: max(seconds, 1)), in: tx, at: answered, zone: Self.zone)
            try recordAnswer(of: call, by: DeviceID(trusted: "e"), rungAt: answered, in: tx, at: answered)
            if let ended { try settle(call, seconds, ended, in: tx) }
        }
    }

    private func settle(_ call: CallID, _ seconds: Int64, _ ended: Timestamp, in tx: any Transaction) throws(Fault) {
        let settlement = try settleCredit(
            OperationID(trusted: "\(call)-s"), call: call, usedSeconds: seconds, in: tx, at: ended, zone: Self.zone)
        try closeCallRecord(
            CallClosing(
                call: call, outcome: .hungUp, endedBy: .caller, endedAt: ended, seconds: settlement.seconds,
                cost: settlement.cost), in: tx)
        try postUsage(settlement, kind: .video, endedAt: ended, in: tx, at: ended, zone: Self.zone)
    }

    func end(_ name: String, seconds: Int64, at ended: Timestamp) async throws {
        try await database.write { tx throws(Fault) in try settle(CallID(trusted: "\(name)-\(account)"), seconds, ended, in: tx) }
    }

    @discardableResult
    func bill(_ month: String, on: String, charges: [InvoiceableCharge] = []) async throws -> Invoice? {
        let request = BillRequest(
            account: account, month: BusinessMonth(of: day("\(month)-01")), charges: charges, policy: BillingPolicy(daysToPay: 14)
        )
        return try await write(on) { tx, now throws(Fault) in try billMonth(request, in: tx, at: now, zone: Self.zone) }
    }

    @discardableResult
    func pay(_ id: String, _ amount: Money, _ on: String, dated: String? = nil) async throws(Fault) -> PaymentOutcome {
        let request = PaymentRequest(
            id: PaymentID(trusted: id), account: account, amount: amount, on: dated.map { day($0) }, reference: "bank 1")
        return try await write(on) { tx, now throws(Fault) in
            try recordPayment(request, by: .clerk(), in: tx, at: now, zone: Self.zone)
        }
    }

    func owes(_ on: String) async throws(Fault) -> Owed {
        try await write(on) { tx, now throws(Fault) in
            try owed(by: account, on: day(on), in: tx, at: now, zone: Self.zone)
        }
    }

    func findings() async throws -> [String] {
        try await database.read { tx throws(Fault) in try verifyLedger(in: tx) }.findings
    }

    func booked(_ account: LedgerAccount) async throws -> Money {
        try await database.read { tx throws(Fault) in try balance(of: account, in: tx) }
    }

    func holds() async throws -> [Hold.Kind] {
        try await database.read { tx throws(Fault) in try activeHolds(on: line, in: tx) }.map(\.kind)
    }

    /// A rent of ¥100 with no tax inside, from the first of December 2026 on.
    static let rent = InvoiceableCharge.rent(
        id: "rent-1", name: ChargeName(chinese: "标准套餐月租", english: "Standard plan"), monthly: Money(yuan: 100), tax: .none,
        from: day("2026-12-01"))
}

extension StaffAct {
    /// A member of the billing staff.
    static func clerk(_ roles: Set<Role> = [.billing]) throws(Fault) -> StaffAct {
        try StaffAct(staff: StaffID(trusted: "s1"), roles: roles, purpose: "daily work")
    }
}
