import Basics
import Charging
import Customers
import Lines
import Orders
import Storage
import StorageTestSupport
import Testing

/// 2026-11-23 12:00:00 in Shanghai.
let noon = Timestamp(milliseconds: 1_795_406_400_000)
let zone = BusinessZone.shanghai
let account = AccountID(trusted: "acc-1")
/// 0.3 yuan a minute: 5,000 micro-yuan a second.
let price = Money(micros: 5_000)

extension Database {
    /// A write that names its closure's error, for short tests.
    func change<T: Sendable>(_ work: @escaping @Sendable (any Transaction) throws(Fault) -> T) async throws(Fault) -> T {
        try await write(work)
    }

    func open(limit: Money, id: AccountID = account, customer: String = "cus-1") async throws {
        try await write { tx throws(Fault) in
            _ = try openAccount(
                OpenAccountRequest(id: id, customer: CustomerID(trusted: customer), creditLimit: limit), in: tx, at: noon)
        }
    }

    func reserve(_ call: String, slice: Int64 = 30, at now: Timestamp = noon, operation: String? = nil) async throws(Fault)
        -> CreditGrant
    {
        try await write { tx throws(Fault) in
            try reserveCredit(
                ReserveCreditRequest(
                    operation: OperationID(trusted: operation ?? "\(call)-reserve"), call: CallID(trusted: call),
                    account: account,
                    pricePerSecond: price, sliceSeconds: slice), in: tx, at: now, zone: zone)
        }
    }

    func dial(_ call: String, at now: Timestamp = noon, callee: String? = "line-b") async throws(Fault) {
        try await write { tx throws(Fault) in
            try recordDialledCall(
                DialledCall(
                    call: CallID(trusted: call), callerLine: LineID(trusted: "line-a"),
                    callerNumber: PhoneNumber(trusted: "60000001"), callerDevice: DeviceID(trusted: "dev-a"),
                    calleeLine: callee.map(LineID.init(trusted:)), calleeNumber: PhoneNumber(trusted: "60000002"), kind: .video,
                    account: account, pricePerSecond: price, dialledAt: now), in: tx)
        }
    }

    func answer(_ call: String, at now: Timestamp = noon) async throws(Fault) {
        try await write { tx throws(Fault) in
            try recordAnswer(of: CallID(trusted: call), by: DeviceID(trusted: "dev-b"), rungAt: now, in: tx, at: now)
        }
    }

    /// Dials, reserves and answers at the same instant.
    func talk(_ call: String, at now: Timestamp = noon, slice: Int64 = 30) async throws(Fault) {
        try await dial(call, at: now)
        _ = try await reserve(call, slice: slice, at: now)
        try await answer(call, at: now)
    }

    func report(_ call: String, _ used: Int64, _ operation: String, at now: Timestamp? = nil) async throws(Fault) -> CreditGrant {
        try await write { tx throws(Fault) in
            try reportAndReserve(
                OperationID(trusted: operation), call: CallID(trusted: call), usedSeconds: used, in: tx,
                at: now ?? noon.adding(seconds: used), zone: zone)
        }
    }

    func settle(_ call: String, _ used: Int64?, at now: Timestamp = noon, operation: String? = nil) async throws(Fault)
        -> Settlement
    {
        try await write { tx throws(Fault) in
            try settleCredit(
                OperationID(trusted: operation ?? "\(call)-settle"), call: CallID(trusted: call), usedSeconds: used, in: tx,
                at: now,
                zone: zone)
        }
    }

    func summary(at now: Timestamp = noon) async throws(Fault) -> AccountSummary {
        try await read { tx throws(Fault) in try accountSummary(account, in: tx, at: now, zone: zone) }
    }
}
