import Access
import Basics
import Billing
import Charging
import Lines
import Storage
import StorageTestSupport
import Testing

/// Five random lives, 130 days each: invoices, payments, bounces, disputes, force majeure. After every day's sweep, which looks only at accounts
/// that can move, each account is looked at all the same: there is never anything left to do.
@Suite("The sweep skips nobody wrongly, on both engines", .serialized)
struct SweepSkipsTests {
    @Test(arguments: [3, 11]) func whatIsSkippedHasNothingToDo(seed: UInt64) async throws {
        try await withDatabases(Household.schema) { database in
            var random = Seeded(state: seed)
            var lives: [Life] = []
            for index in 1...5 { lives.append(Life(house: try await Household.open(in: database, "\(index)"))) }
            var date = day("2026-12-01")
            while date < day("2027-04-10") {
                for index in lives.indices where !lives[index].isOver { try await lives[index].play(date, &random) }
                try await sweepAll(date, in: database)
                for index in lives.indices {
                    let (house, before) = (lives[index].house, try await state(of: lives[index].house, date))
                    let look = try await house.write("\(date)") { tx, now throws(Fault) in
                        try climbLadder(house.account, in: tx, at: now, zone: Household.zone)
                    }
                    #expect(look.notices.isEmpty && !look.isSuspended, "\(house.account) on \(date), seed \(seed)")
                    #expect(try await state(of: house, date) == before, "\(house.account) on \(date), seed \(seed)")
                    lives[index].isOver = look.position.step == .terminated
                }
                date = date.adding(days: 1)
            }
            // The lives were worth it.
            #expect(lives.contains { $0.isOver })
            #expect(try await database.read { tx throws(Fault) in try verifyLedger(in: tx) }.findings == [])
        }
    }

    private func sweepAll(_ date: BusinessDate, in database: any Database) async throws(Fault) {
        let now = Household.noon("\(date)")
        while try await database.write({ tx throws(Fault) in !(try sweepLadder(in: tx, at: now, zone: Household.zone).isFinished)
        }) {}
    }

    /// What a look can change: the step, the notices, the holds, what is paid ahead.
    private func state(of house: Household, _ date: BusinessDate) async throws -> [String] {
        try await house.database.read { tx throws(Fault) in
            var state: [String] = []
            let written = try tx.first("SELECT step FROM billing_accounts WHERE account = $1", [.id(house.account)])
            state.append(try written?.text("step") ?? "in-time")
            for row in try tx.query("SELECT invoice, step FROM billing_notices WHERE account = $1", [.id(house.account)]) {
                state.append("\(try row.text("invoice")) \(try row.text("step"))")
            }
            for hold in try activeHolds(on: house.line, in: tx) { state.append(hold.kind.rawValue) }
            state.append("\(try accountSummary(house.account, in: tx, at: Household.noon("\(date)"), zone: Household.zone))")
            return state.sorted()
        }
    }
}

/// What happens to one household.
private struct Life {
    let house: Household
    var isOver = false
    private var invoice: Invoice?
    private var payments: [String] = []
    private var dispute: String?
    private var events = 0

    init(house: Household) { self.house = house }

    mutating func play(_ date: BusinessDate, _ random: inout Seeded) async throws {
        events += 1
        let name = "\(house.account)-\(events)"
        if date.day == 2 {
            let rent = InvoiceableCharge.once(
                id: name, kind: .service, name: ChargeName(chinese: "安装", english: "Installation"), amount: Money(yuan: 100),
                tax: .none,
                on: date.adding(days: -5))
            invoice = try await house.bill("\(date.month.previous)", on: "\(date)", charges: [rent]) ?? invoice
        }
        switch Int.random(in: 0..<90, using: &random) {
        case 0...1:
            try await house.pay("p\(name)", Money(yuan: .random(in: 1...120, using: &random)), "\(date)")
            payments.append("p\(name)")
        case 2:
            if let payment = payments.popLast() { _ = try await house.reverse(payment, "\(date)") }
        case 3:
            guard let invoice, dispute == nil else { return }
            do throws(Fault) {
                try await house.dispute("d\(name)", invoice, .line(0), Money(yuan: 40), "\(date)")
                dispute = "d\(name)"
            } catch {
                #expect(error.code == .nothingToDispute || error.code == .disputedBefore)
            }
        case 4...5:
            guard let open = dispute else { return }
            try await house.decide(open, Bool.random(using: &random) ? .rejected : .upheld, "\(date)")
            dispute = nil
        case 6:
            let (account, end) = (house.account, date.adding(days: .random(in: 0...20, using: &random)))
            try await house.write("\(date)") { tx, now throws(Fault) in
                try declareStillDays(
                    PaymentID(trusted: "s\(name)"), for: account, days: DaySpan(from: date, through: end), evidence: "event:1",
                    by: .clerk(), in: tx, at: now, zone: Household.zone)
            }
        case 7:
            try await house.call("c\(events)", seconds: .random(in: 1...300, using: &random), "\(date)")
        default: break
        }
    }
}
