import Access
import Basics
import Billing
import Charging
import Lines
import Notices
import Storage
import Testing

/// ¥100 of December, invoiced on 2 January, due on the 16th: suspended from 17 February, terminated from 19 April, after 60 days of it; notices seven days before.
@Suite("The ladder, on both engines", .serialized)
struct LadderSweepTests {
    @Test func everyStepOnItsDayAndNoticeBefore() async throws {
        try await Household.play { house in
            try await house.bill("2026-12", on: "2027-01-02", charges: [Household.rent])
            var told: [String] = []
            var date = day("2027-01-15")
            while date < day("2027-04-20") {
                for move in try await house.sweep("\(date)").moves {
                    told += move.notices.map { "\(date) notice \($0.step.rawValue) \($0.on)" }
                    if move.isSuspended { told.append("\(date) suspended") }
                    if move.isTerminated { told.append("\(date) terminated") }
                }
                date = date.adding(days: 1)
            }
            #expect(
                told == [
                    "2027-02-10 notice suspended 2027-02-17", "2027-02-17 suspended",
                    "2027-04-12 notice terminated 2027-04-19", "2027-04-19 terminated",
                ])
            let ended = try await house.database.read { tx throws(Fault) in try Lines.line(house.line, in: tx) }
            #expect(ended.endedAt != nil)
            // The debt stays: 17 January to 20 April are 94 days of ¥0.30.
            let owed = try await house.owes("2027-04-20")
            #expect(owed.total == fen(12_820) && owed.position.step == .terminated)
            #expect(try await house.findings() == [])
        }
    }

    /// The clock is set forward past the due date, and the next month is invoiced before the ladder is looked at: what became overdue in between is
    /// found all the same.
    @Test func anInvoiceMadeBeforeTheSweepHidesNothing() async throws {
        try await Household.play { house in
            try await house.bill("2026-12", on: "2027-01-02", charges: [Household.rent])
            try await house.sweep("2027-01-02")
            try await house.call("c1", seconds: 200, "2027-01-20")
            try await house.bill("2027-01", on: "2027-02-01")
            try await house.sweep("2027-02-01")
            #expect(try await house.owes("2027-02-01").position.step == .overdue)
            let written = try await house.database.read { tx throws(Fault) in
                try tx.first("SELECT step FROM billing_accounts WHERE account = $1", [.id(house.account)])?.text("step")
            }
            #expect(written == "overdue")
        }
    }

    /// Suspended on 17 February; ¥113.20 on 1 March (44 days) and the line is free at once. Bounced: suspended again at the next look, and
    /// nothing is announced twice.
    @Test func paymentRestoresAtOnceAndABounceTakesItBack() async throws {
        try await Household.play { house in
            try await house.bill("2026-12", on: "2027-01-02", charges: [Household.rent])
            for date in ["2027-02-10", "2027-02-17"] { try await house.sweep(date) }
            #expect(try await house.holds() == [.arrears])
            let part = try await house.pay("p1", Money(yuan: 50), "2027-02-20")
            #expect(part.lifted.isEmpty, "a part is not enough")
            let owed = try await house.owes("2027-03-01").total
            let rest = try await house.pay("p2", owed, "2027-03-01")
            #expect(rest.lifted.map(\.kind) == [.arrears])
            #expect(try await house.holds() == [])
            #expect(try await house.owes("2027-03-01").position.step == .inTime)
            _ = try await house.reverse("p2", "2027-03-05")
            let again = try await house.sweep("2027-03-05").moves
            #expect(again.map(\.isSuspended) == [true] && again.flatMap(\.notices).isEmpty)
            #expect(try await house.holds() == [.arrears])
            #expect(try await house.findings() == [])
        }
    }

    /// Suspended, restored, suspended again: each is told once, by Billing with the amount; the holds that carry it out are not told again.
    @Test func theCustomerIsToldOnce() async throws {
        try await Household.play { house in
            try await house.follow()
            try await house.bill("2026-12", on: "2027-01-02", charges: [Household.rent])
            for date in ["2027-01-17", "2027-02-10", "2027-02-17"] { try await house.sweep(date) }
            try await house.pay("p1", fen(10_960), "2027-02-17")
            _ = try await house.reverse("p1", "2027-03-05")
            try await house.sweep("2027-03-05")
            try await house.follow()
            let told = try await house.database.read { tx throws(Fault) in try listNotices(of: house.customer, in: tx) }
            #expect(
                told.map(\.kind).reversed() == [
                    .invoiceIssued, .overdue, .suspensionAhead, .suspended, .serviceRestored, .paymentReceived, .paymentReversed,
                    .suspended,
                ])
            #expect(told.filter { $0.kind == .suspended }.map(\.parameters) == [["amount": "¥114.40"], ["amount": "¥109.60"]])
        }
    }

    /// The service was down on the day of the notice: the notice is given late and the step waits for its seven days.
    @Test func aForgottenNoticePostponesTheStep() async throws {
        try await Household.play { house in
            try await house.bill("2026-12", on: "2027-01-02", charges: [Household.rent])
            #expect(try await house.sweep("2027-03-01").moves.first?.notices.map(\.on) == [day("2027-03-08")])
            for date in ["2027-03-02", "2027-03-07"] { #expect(try await house.sweep(date).moves.isEmpty) }
            #expect(try await house.holds() == [])
            #expect(try await house.sweep("2027-03-08").moves.map(\.isSuspended) == [true])
            #expect(try await house.sweep("2027-03-08").moves.isEmpty, "the same look again changes nothing")
        }
    }

    /// A flood from 1 to 10 February: ten days of penalty less, and suspension ten days later.
    @Test func forceMajeureStandsStill() async throws {
        try await Household.play { house in
            try await house.bill("2026-12", on: "2027-01-02", charges: [Household.rent])
            for through in ["2027-02-28", "2027-02-10"] {
                try await house.write("2027-02-01") { tx, now throws(Fault) in
                    try declareStillDays(
                        PaymentID(trusted: "flood"), for: house.account, days: days("2027-02-01", through), evidence: "event:1",
                        by: .clerk(), in: tx, at: now, zone: Household.zone)
                }
            }
            // 17 to 31 January and 11 to 20 February: 25 days.
            #expect(try await house.owes("2027-02-20").penalty == fen(750))
            #expect(try await house.sweep("2027-02-19").moves.isEmpty)
            #expect(try await house.sweep("2027-02-20").moves.first?.notices.map(\.on) == [day("2027-02-27")])
            #expect(try await house.findings() == [])
        }
    }

    /// Given up on 16 February: 31 days of ¥0.30 are lost with the ¥100.
    @Test func aWriteOffIsALoss() async throws {
        try await Household.play { house in
            let made = try await house.bill("2026-12", on: "2027-01-02", charges: [Household.rent])
            let invoice = try #require(made)
            for expected in [true, false] {
                let isNew = try await house.write("2027-02-16") { tx, now throws(Fault) in
                    try writeOff(invoice.id, reason: "insolvent", by: .clerk(), in: tx, at: now, zone: Household.zone)
                }
                #expect(isNew == expected)
            }
            #expect(try await house.owes("2027-06-01").total == .zero)
            #expect(try await house.booked(.writtenOff(house.account)) == fen(10_930))
            #expect(try await house.booked(.receivable(house.account)) == .zero)
            #expect(try await house.findings() == [])
        }
    }
}

extension Household {
    /// Follows the journal as the program does every second, once what was journaled is sealed.
    func follow() async throws {
        _ = try await database.write { tx throws(Fault) in try sealJournal(in: tx) }
        try await followEvents(on: database, clock: MovableClock(standingAt: Self.noon("2027-03-05")), zone: Self.zone)
    }

    @discardableResult
    func sweep(_ on: String) async throws(Fault) -> LadderSweep {
        try await write(on) { tx, now throws(Fault) in try sweepLadder(in: tx, at: now, zone: Self.zone) }
    }
}
