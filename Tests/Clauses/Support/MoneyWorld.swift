import Access
import Basics
import Billing
import Charging
import Lines
import Notices
import Orders
import Storage
import Testing

/// The money of a world: talks, invoices, payments and looks at the ladder, at the time that the world's clock shows.
extension World {
    /// Moves the clock to noon of a day.
    func noon(_ text: String) throws {
        let day = try #require(BusinessDate(text))
        clock.advance(to: zone.start(of: day).adding(seconds: 43_200))
    }

    /// A video call of so many seconds that ends now, as call control settles it.
    func talk(
        _ name: String, _ person: Person, seconds: Int64, price: Money = Money(micros: 5_000)
    ) async throws(Fault) {
        let zone = zone
        try await write { tx, now throws(Fault) in
            let (call, answered) = (CallID(trusted: name), now.adding(seconds: -seconds))
            try recordDialledCall(
                DialledCall(
                    call: call, callerLine: person.line.id, callerNumber: person.line.number,
                    callerDevice: DeviceID(trusted: "d"), calleeLine: nil, calleeNumber: PhoneNumber(trusted: "60000002"),
                    kind: .video, account: person.account, pricePerSecond: price, dialledAt: answered), in: tx)
            _ = try reserveCredit(
                ReserveCreditRequest(
                    operation: OperationID(trusted: "\(name)-r"), call: call, account: person.account, pricePerSecond: price,
                    sliceSeconds: seconds), in: tx, at: answered, zone: zone)
            try recordAnswer(of: call, by: DeviceID(trusted: "e"), rungAt: answered, in: tx, at: answered)
            let settlement = try settleCredit(
                OperationID(trusted: "\(name)-s"), call: call, usedSeconds: seconds, in: tx, at: now, zone: zone)
            try closeCallRecord(
                CallClosing(
                    call: call, outcome: .hungUp, endedBy: .caller, endedAt: now, seconds: seconds, cost: settlement.cost), in: tx
            )
            try postUsage(settlement, kind: .video, endedAt: now, in: tx, at: now, zone: zone)
        }
    }

    /// The invoice of a month from the customer's calls and orders; due 14 days after today.
    @discardableResult
    func bill(_ month: String, _ person: Person) async throws -> Invoice {
        let zone = zone
        let wanted = try #require(BusinessMonth(month))
        let invoice = try await write { tx, now throws(Fault) in
            let request = try gatherBill(
                of: person.account, month: wanted, policy: BillingPolicy(daysToPay: 14), in: tx, at: now, zone: zone)
            return try billMonth(request, in: tx, at: now, zone: zone)
        }
        return try #require(invoice)
    }

    @discardableResult
    func pay(_ id: String, _ amount: Money, _ person: Person) async throws(Fault) -> PaymentOutcome {
        let zone = zone
        return try await write { tx, now throws(Fault) in
            try receivePayment(
                PaymentRequest(id: PaymentID(trusted: id), account: person.account, amount: amount, method: .provider),
                from: "provider:demo", in: tx, at: now, zone: zone)
        }
    }

    func owes(_ person: Person) async throws(Fault) -> Owed {
        let zone = zone
        return try await write { tx, now throws(Fault) in
            try owed(by: person.account, on: zone.date(of: now), in: tx, at: now, zone: zone)
        }
    }

    @discardableResult
    func climb(_ person: Person) async throws(Fault) -> LadderMove {
        let zone = zone
        return try await write { tx, now throws(Fault) in try climbLadder(person.account, in: tx, at: now, zone: zone) }
    }

    /// What the customer was told, newest first.
    func told(_ person: Person) async throws(Fault) -> [NoticeKind] {
        try await read { tx, _ throws(Fault) in try listNotices(of: person.customer, in: tx).map(\.kind) }
    }

    func booksAreRight() async throws {
        let report = try await read { tx, _ throws(Fault) in try verifyLedger(in: tx) }
        #expect(report.findings == [])
    }

    func clerk() throws(Fault) -> StaffAct {
        try StaffAct(staff: StaffID(trusted: "s1"), roles: [.billing], purpose: "monthly work")
    }
}

extension Money {
    /// Half a yuan a second: round amounts from short calls.
    static let dear = Money(micros: 500_000)

    static func fen(_ amount: Int64) -> Money { Money(fen: amount) }
}
