import Basics
import Billing
import Charging
import Storage
import StorageTestSupport
import Testing

/// ¥100 of December are owed from 2 January on; the customer pays through the provider "demo".
@Suite("Payments through a provider, on both engines", .serialized)
struct ProviderPaymentTests {
    @Test func anEventPaysItsIntentOnce() async throws {
        try await Household.play { house in
            try await house.bill("2026-12", on: "2027-01-02", charges: [Household.rent])
            let intent = try await house.request("i1", Money(yuan: 100), "2027-01-10")
            #expect(intent.state == .requested && intent.expiresAt == Household.noon("2027-01-10").adding(seconds: 1_800))
            #expect(try await house.request("i1", Money(yuan: 100), "2027-01-10") == intent)
            await #expect(throws: Fault(.repeatedDifferently, "")) {
                try await house.request("i1", Money(yuan: 99), "2027-01-10")
            }
            // A thousand times the same, from many sides at once.
            let outcomes = try await withThrowingTaskGroup(of: PaymentEventOutcome.self) { group in
                for _ in 0..<1_000 {
                    group.addTask { try await house.receive(event("e1", .paid, "i1", Money(yuan: 100)), "2027-01-10") }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(outcomes.count(where: \.isNew) == 1 && Set(outcomes.map(\.result)) == [.recorded])
            #expect(Set(outcomes.map(\.payment)) == [PaymentID(trusted: "intent-i1")])
            #expect(try await house.booked(.cash) == Money(yuan: 100))
            #expect(try await house.owes("2027-01-10").total == .zero)
            #expect(try await house.intent("i1")?.state == .paid)
            await #expect(throws: Fault(.repeatedDifferently, "")) {
                try await house.receive(event("e1", .paid, "i1", Money(yuan: 1)), "2027-01-10")
            }
            #expect(try await house.findings() == [])
        }
    }

    /// Unknown, of another amount, paid a second time under another id: the money waits for the staff, the books are as before.
    @Test func moneyWithoutAnIntentWaits() async throws {
        try await Household.play { house in
            try await house.bill("2026-12", on: "2027-01-02", charges: [Household.rent])
            try await house.request("i1", Money(yuan: 100), "2027-01-10")
            for (id, reference, yuan) in [("e1", "nobody", 100), ("e2", "i1", 99), ("e3", "i1", 100), ("e4", "i1", 100)] {
                let outcome = try await house.receive(event(id, .paid, reference, Money(yuan: Int64(yuan))), "2027-01-10")
                #expect(outcome.result == (id == "e3" ? .recorded : .unmatched))
            }
            #expect(try await house.booked(.cash) == Money(yuan: 100))
            let waiting = try await house.unmatched()
            #expect(Set(waiting.map(\.reason)) == ["no-intent", "other-amount", "paid-already"])
            #expect(waiting.first { $0.reason == "no-intent" }?.account == nil)
            #expect(waiting.first { $0.reason == "other-amount" }?.account == house.account)
            // The staff places the ¥99; it is on deposit now. Then the bank takes it back.
            let line = try #require(waiting.first { $0.reason == "other-amount" })
            for expected in [true, false] {
                #expect(try await house.match(line.id, "2027-01-11").isNew == expected)
            }
            #expect(try await house.owes("2027-01-11").deposit == Money(yuan: 99))
            let back = try await house.receive(event("e5", .bounced, "i1", Money(yuan: 99)), "2027-01-12")
            #expect(back.result == .reversed)
            #expect(try await house.owes("2027-01-12").deposit == .zero)
            #expect(try await house.booked(.cash) == Money(yuan: 100))
            #expect(try await house.findings() == [])
        }
    }

    /// Of four events three are read page by page, with what became of each; once the staff has placed a line, the event says so.
    @Test func whatProvidersSaidIsListed() async throws {
        try await Household.play { house in
            try await house.bill("2026-12", on: "2027-01-02", charges: [Household.rent])
            try await house.request("i1", Money(yuan: 100), "2027-01-10")
            try await house.request("i2", Money(yuan: 5), "2027-01-11")
            for (id, kind, reference, on) in [
                ("e1", PaymentEvent.Kind.paid, "nobody", "2027-01-10"), ("e2", .paid, "i1", "2027-01-10"),
                ("e3", .failed, "i2", "2027-01-11"), ("e4", .paid, "i1", "2027-01-12"),
            ] { try await house.receive(event(id, kind, reference, Money(yuan: 100)), on) }
            try await house.write("2027-01-12") { tx, _ throws(Fault) in
                var (seen, next): ([ListedPaymentEvent], String?) = ([], nil)
                repeat {
                    let page = try browsePaymentEvents(after: next, limit: 1, in: tx)
                    seen += page.events
                    next = page.next
                } while next != nil
                #expect(seen.map(\.event.id) == ["e4", "e3", "e1", "e2"], "the newest first, of one instant by name")
                #expect(seen.map(\.result) == [.unmatched, .failed, .unmatched, .recorded])
                #expect(seen.map { $0.intent?.id.rawValue } == ["i1", "i2", nil, "i1"])
                #expect(seen.map { $0.line?.reason } == ["paid-already", nil, "no-intent", nil])
                #expect(seen.last?.payment == PaymentID(trusted: "intent-i1"))
                let unmatched = try browsePaymentEvents(result: .unmatched, in: tx).events
                #expect(unmatched.map(\.event.id) == ["e4", "e1"])
                let ofIntent = try browsePaymentEvents(text: "i1", in: tx).events
                #expect(ofIntent.map(\.event.id) == ["e4", "e2"])
                let named = try browsePaymentEvents(text: "e3", in: tx).events
                #expect(named.map(\.event.id) == ["e3"])
                let first = try browsePaymentIntents(limit: 1, in: tx)
                #expect(first.intents.map(\.intent.id.rawValue) == ["i2"] && first.intents.first?.payment == nil)
                let second = try browsePaymentIntents(after: first.next, limit: 1, in: tx)
                #expect(second.intents.map(\.payment?.rawValue) == ["intent-i1"] && second.next == nil)
                let failed = try browsePaymentIntents(state: .failed, in: tx).intents
                #expect(failed.map(\.intent.id.rawValue) == ["i2"])
                let own = try browsePaymentIntents(text: house.account.rawValue, in: tx).intents
                #expect(own.count == 2)
                let paid = try listedPaymentIntent(PaymentIntentID(trusted: "i1"), in: tx)
                #expect(paid?.intent.id.rawValue == "i1" && paid?.payment?.rawValue == "intent-i1")
                // An account's name finds its intents in the list, but is the id of none.
                let none = try listedPaymentIntent(PaymentIntentID(trusted: house.account.rawValue), in: tx)
                #expect(none == nil)
                let (lines, disputes) = (try countWaiting(.bankLines, in: tx), try countWaiting(.disputes, in: tx))
                #expect(lines == 2 && disputes == 0)
            }
            for place in ["", "x", "1"] {
                await #expect(throws: Fault(.placeRefused, "")) {
                    try await house.write("2027-01-12") { tx, _ throws(Fault) in _ = try browsePaymentEvents(after: place, in: tx)
                    }
                }
            }
            let line = try #require(try await house.unmatched().first { $0.reason == "paid-already" })
            _ = try await house.match(line.id, "2027-01-12")
            try await house.write("2027-01-12") { tx, _ throws(Fault) in
                let placed = try browsePaymentEvents(text: "e4", in: tx).events.first
                #expect(placed?.line?.state == .matched)
            }
        }
    }

    /// Paid on the 20th, four days late: ¥1.20 of penalty are in the ¥101.20. Taken back on 10 February: 25 days of ¥0.30 are owed as if it had
    /// never been. A bounce that overtakes its payment is refused and comes again.
    @Test func aBounceTakesThePaymentBack() async throws {
        try await Household.play { house in
            try await house.bill("2026-12", on: "2027-01-02", charges: [Household.rent])
            try await house.request("i1", fen(10_120), "2027-01-20")
            await #expect(throws: Fault(.noPayment, "")) {
                try await house.receive(event("e2", .bounced, "i1", fen(10_120)), "2027-01-20")
            }
            try await house.receive(event("e0", .failed, "i1", fen(10_120)), "2027-01-20")
            #expect(try await house.intent("i1")?.state == .failed)
            // The customer tried again with the same intent; a failure that comes late undoes nothing.
            #expect(try await house.receive(event("e1", .paid, "i1", fen(10_120)), "2027-01-20").result == .recorded)
            try await house.receive(event("e3", .failed, "i1", fen(10_120)), "2027-01-20")
            #expect(try await house.intent("i1")?.state == .paid)
            #expect(try await house.owes("2027-02-10").total == .zero)
            for expected in [true, false] {
                #expect(try await house.receive(event("e2", .bounced, "i1", fen(10_120)), "2027-02-10").isNew == expected)
            }
            #expect(try await house.owes("2027-02-10").total == fen(10_750))
            #expect(try await house.intent("i1")?.state == .failed)
            #expect(try await house.booked(.cash) == .zero)
            #expect(try await house.findings() == [])
        }
    }

    /// Nothing that is refused leaves a trace: not in the books, not among the unmatched, and the event's id stays free.
    @Test func whatIsRefusedLeavesNoTrace() async throws {
        try await Household.play { house in
            try await house.bill("2026-12", on: "2027-01-02", charges: [Household.rent])
            try await house.request("i1", Money(yuan: 100), "2027-01-10")
            let before = try await house.dump()
            let hundred = Money(yuan: 100)
            let refused: [(PaymentEvent, Fault.Code)] = [
                (
                    PaymentEvent(id: "e", provider: "demo", kind: .paid, reference: "i1", amount: hundred, currency: "USD"),
                    .currencyRefused
                ),
                (event("e", .paid, "i1", -hundred), .amountRefused), (event("e", .paid, "i1", .zero), .amountRefused),
                (event("e", .paid, "i1", Money(micros: .max)), .amountRefused),
                (event("e", .paid, "i1", Money(micros: 5_000)), .amountRefused),
                (event("", .paid, "i1", hundred), .eventRefused), (event("e", .paid, "", hundred), .eventRefused),
                (event("e\u{0}", .paid, "i1", hundred), .eventRefused),
                (event("e", .paid, "i1", hundred, on: day("2027-01-11")), .dayRefused),
                (event("e", .paid, "i1", hundred, on: day("2025-01-11")), .dayRefused),
                (event("e", .bounced, "i1", hundred), .noPayment),
            ]
            for (event, code) in refused {
                await #expect(throws: Fault(code, "")) { try await house.receive(event, "2027-01-10") }
            }
            #expect(try await house.dump() == before)
            #expect(try await house.unmatched().isEmpty)
            #expect(try await house.receive(event("e", .paid, "i1", hundred), "2027-01-10").isNew)
        }
    }

    /// Half an hour later nothing was heard; what comes an hour later is still the customer's money.
    @Test func lateMoneyIsStillTaken() async throws {
        try await Household.play { house in
            try await house.request("i1", Money(yuan: 100), "2027-01-10")
            let later = Household.noon("2027-01-10").adding(seconds: 1_800)
            while try await house.database.write({ tx throws(Fault) in
                try advanceBilling(in: tx, at: later, zone: Household.zone)
            }) > 0 {}
            #expect(try await house.intent("i1")?.state == .expired)
            #expect(try await house.receive(event("e1", .paid, "i1", Money(yuan: 100)), "2027-01-11").result == .recorded)
            #expect(try await house.intent("i1")?.state == .paid)
        }
    }
}

private func event(
    _ id: String, _ kind: PaymentEvent.Kind, _ reference: String, _ amount: Money, on: BusinessDate? = nil
) -> PaymentEvent {
    PaymentEvent(id: id, provider: "demo", kind: kind, reference: reference, amount: amount, paidOn: on)
}

extension Household {
    @discardableResult
    func request(_ id: String, _ amount: Money, _ on: String) async throws(Fault) -> PaymentIntent {
        try await write(on) { tx, now throws(Fault) in
            try requestPayment(
                id: PaymentIntentID(trusted: id), account: account, amount: amount, provider: "demo", in: tx, at: now)
        }
    }

    @discardableResult
    func receive(_ event: PaymentEvent, _ on: String) async throws(Fault) -> PaymentEventOutcome {
        try await write(on) { tx, now throws(Fault) in try receivePaymentEvent(event, in: tx, at: now, zone: Self.zone) }
    }

    func intent(_ id: String) async throws(Fault) -> PaymentIntent? {
        try await database.read { tx throws(Fault) in try paymentIntent(PaymentIntentID(trusted: id), in: tx) }
    }

    func unmatched() async throws(Fault) -> [BankLine] {
        try await database.read { tx throws(Fault) in try unmatchedBankLines(in: tx) }
    }

    func match(_ line: BankLineID, _ on: String) async throws(Fault) -> PaymentOutcome {
        try await write(on) { tx, now throws(Fault) in
            try matchBankLine(line, to: account, by: .clerk(), in: tx, at: now, zone: Self.zone)
        }
    }

    /// Everything that the room has written, as text: equal before and after what was refused.
    func dump() async throws -> String {
        let tables = [
            "ledger_transactions", "ledger_entries", "billing_accounts", "billing_receipts", "billing_reversals",
            "billing_refunds", "billing_costs", "billing_invoices", "billing_invoice_lines", "billing_credit_notes",
            "billing_disputes", "billing_payment_intents", "billing_payment_events", "billing_bank_imports",
            "billing_bank_lines", "billing_abnormal_fees", "billing_runs", "journal",
        ]
        return try await database.read { tx throws(Fault) in
            var text = ""
            for table in tables {
                var rows: [String] = []
                for row in try tx.query("SELECT * FROM \(table)") { rows.append("\(row)") }
                text += "\(table)\n" + rows.sorted().joined(separator: "\n") + "\n"
            }
            return text
        }
    }
}
