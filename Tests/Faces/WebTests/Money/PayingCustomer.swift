import Access
import Agreement
import Basics
import Billing
import Charging
import Customers
import Lines
import Orders
import Storage
import Web

/// A customer with calls and invoices, for tests of the pages of money. The web's clock stands at 2026-03-09 09:46:40 in Shanghai.
struct PayingCustomer: Sendable {
    let web: TestWeb
    let browser: TestBrowser
    let number: String
    let account: AccountID
    let line: LineID

    static let zone = BusinessZone.shanghai
    /// ¥0.30 a minute.
    static let price = Money(micros: 5_000)

    static func open(_ web: TestWeb, _ number: String, named name: String = "王秀英") async throws -> PayingCustomer {
        let browser = try await web.customer(name, number)
        let found = try await web.database.read { tx throws(Fault) in try Lines.line(numbered: try parseNumber(number), in: tx) }
        guard let found else { throw Fault(.unknownLine, "nobody has \(number)") }
        return PayingCustomer(
            web: web, browser: browser, number: number, account: AccountID(trusted: found.account), line: found.id)
    }

    /// A settled video call of so many seconds, answered at an instant.
    func call(_ name: String, seconds: Int64, at answered: Timestamp, under tariff: CallTariff? = nil) async throws {
        try await web.database.write { tx throws(Fault) in
            let (call, ended) = (CallID(trusted: name), answered.adding(seconds: seconds))
            try recordDialledCall(
                DialledCall(
                    call: call, callerLine: line, callerNumber: PhoneNumber(trusted: number),
                    callerDevice: DeviceID(trusted: "d"), calleeLine: nil, calleeNumber: PhoneNumber(trusted: "60000099"),
                    kind: .video, account: account, pricePerSecond: Self.price, dialledAt: answered), in: tx)
            let operation = OperationID(trusted: "\(call)-r")
            let request =
                if let tariff {
                    ReserveCreditRequest(
                        operation: operation, call: call, account: account, tariff: tariff, listPrice: Self.price,
                        sliceSeconds: seconds)
                } else {
                    ReserveCreditRequest(
                        operation: operation, call: call, account: account, pricePerSecond: Self.price, sliceSeconds: seconds)
                }
            _ = try reserveCredit(request, in: tx, at: answered, zone: Self.zone)
            try recordAnswer(of: call, by: DeviceID(trusted: "e"), rungAt: answered, in: tx, at: answered)
            let settlement = try settleCredit(
                OperationID(trusted: "\(call)-s"), call: call, usedSeconds: seconds, in: tx, at: ended, zone: Self.zone)
            try closeCallRecord(
                CallClosing(
                    call: call, outcome: .hungUp, endedBy: .caller, endedAt: ended, seconds: settlement.seconds,
                    cost: settlement.cost), in: tx)
            try postUsage(settlement, kind: .video, endedAt: ended, in: tx, at: ended, zone: Self.zone)
        }
    }

    /// Two calls in March, ¥3.00 and ¥1.50, and the invoice for March made on 2 April at noon, due on the 17th. The clock stands there afterwards.
    func invoiced() async throws -> Invoice {
        try await call("call-a-\(number)", seconds: 600, at: web.clock.now())
        try await call("call-b-\(number)", seconds: 300, at: web.clock.now().adding(seconds: 3600))
        go(to: "2026-04-02")
        return try await web.database.write { tx throws(Fault) in
            let month = BusinessMonth(of: try day("2026-03-01"))
            let invoice = try billMonth(
                gatherBill(of: account, month: month, in: tx, at: web.clock.now(), zone: Self.zone), in: tx,
                at: web.clock.now(), zone: Self.zone)
            guard let invoice else { throw Fault(.noInvoice, "nothing to ask for") }
            return invoice
        }
    }

    /// Moves the clock to noon of a day.
    func go(to text: String) {
        guard let date = BusinessDate(text) else { return }
        web.clock.advance(to: Self.zone.start(of: date).adding(seconds: 43_200))
    }

    /// What falls due by the clock: invoices, the day's look at the ladder.
    func advance() async throws {
        for _ in 0..<50 {
            let done = try await web.database.write { tx throws(Fault) in
                try advanceBilling(in: tx, at: web.clock.now(), zone: Self.zone)
            }
            if done == 0 { return }
        }
    }

    private func day(_ text: String) throws(Fault) -> BusinessDate {
        guard let day = BusinessDate(text) else { throw Fault(.dayRefused, "no day") }
        return day
    }
}
