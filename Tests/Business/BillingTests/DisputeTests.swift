import Access
import Basics
import Billing
import Charging
import Lines
import Storage
import Testing

/// December on 2 January, due on the 16th: a call of 200 s for ¥1.00 (line 0) and the rent of ¥100 without tax (line 1); 3‰ a day.
@Suite("Disputes, on both engines", .serialized)
struct DisputeTests {
    /// ¥40 of the rent, disputed on 20 January, upheld on 3 February: they have never been. ¥61 for 18 days at 3‰ are ¥3.294.
    @Test func upheldToTheFen() async throws {
        try await playInvoice { house, invoice in
            let dispute = try await house.dispute("d1", invoice, .line(1), Money(yuan: 40), "2027-01-20")
            #expect(dispute.answerDue == day("2027-02-04") && dispute.isOpen)
            let open = try await house.owes("2027-02-03")
            #expect(open.principal == Money(yuan: 61) && open.standing.held == Money(yuan: 40))
            let decided = try await house.decide("d1", .upheld, "2027-02-03")
            #expect(decided.state == .upheld && decided.credited == Money(yuan: 40) && !decided.isOpen)
            let owed = try await house.owes("2027-02-03")
            #expect(owed.total == fen(6_429) && owed.penalty == fen(329))
            #expect(try await house.booked(.revenue(.rent)) == Money(yuan: -60))
            #expect(try await house.booked(.receivable(house.account)) == fen(6_429))
            #expect(try await house.findings() == [])
        }
    }

    /// Rejected on 3 February. ¥61 from 17 January to 13 February: 28 days are ¥5.124; ¥40: 17 to 19 January and 4 to 13 February, 13 days of ¥0.12 are
    /// ¥1.56. Together ¥6.684.
    @Test func rejectedToTheFen() async throws {
        try await playInvoice { house, invoice in
            try await house.dispute("d1", invoice, .line(1), Money(yuan: 40), "2027-01-20")
            try await house.decide("d1", .rejected, "2027-02-03")
            let owed = try await house.owes("2027-02-13")
            #expect(owed.principal == Money(yuan: 101) && owed.penalty == fen(668))
            #expect(try await house.findings() == [])
        }
    }

    /// ¥15 of ¥40 are credited. ¥61: ¥5.124; the ¥25 that stand: 13 days of ¥0.075 are ¥0.975. Together ¥6.099.
    @Test func partlyToTheFen() async throws {
        try await playInvoice { house, invoice in
            try await house.dispute("d1", invoice, .line(1), Money(yuan: 40), "2027-01-20")
            try await house.decide("d1", .partly(Money(yuan: 15)), "2027-02-03")
            let owed = try await house.owes("2027-02-13")
            #expect(owed.principal == Money(yuan: 86) && owed.penalty == fen(610))
            #expect(try await house.findings() == [])
        }
    }

    /// The call is proved by its record, price and entry; upheld, its ¥1.00 goes back, paid or not: here it was paid and is a deposit.
    @Test func aCallWithItsEvidence() async throws {
        try await playInvoice { house, invoice in
            try await house.pay("p1", Money(yuan: 101), "2027-01-10")
            let call = CallID(trusted: "c1-\(house.account)")
            let dispute = try await house.dispute("d1", invoice, .call(call), nil, "2027-01-12")
            #expect(dispute.amount == Money(yuan: 1))
            for proof in [
                #""call":"\#(call)""#, #""seconds":200"#, #""pricePerSecond":5000"#, #""entry":"usage:\#(call):2026-12""#,
            ] {
                #expect(dispute.evidence.contains(proof), "\(proof)")
            }
            try await house.decide("d1", .upheld, "2027-01-15")
            #expect(try await house.owes("2027-01-15").deposit == Money(yuan: 1))
            // ¥1.00 contained 6 ÷ 106 of tax: 5.66 fen.
            #expect(try await house.booked(.tax) == .zero)
            #expect(try await house.findings() == [])
        }
    }

    /// A penalty of ¥3.03 (¥101 for ten days), disputed on the 26th and let go: only what accrued afterwards is owed.
    @Test func aPenaltyLetGo() async throws {
        try await playInvoice { house, invoice in
            let dispute = try await house.dispute("d1", invoice, .penalty, nil, "2027-01-26")
            #expect(dispute.amount == fen(303))
            #expect(try await house.owes("2027-01-26").total == Money(yuan: 101))
            try await house.decide("d1", .upheld, "2027-01-27")
            let owed = try await house.owes("2027-01-27")
            #expect(owed.penalty == fen(30) && owed.principal == Money(yuan: 101), "one day of ¥0.303")
            #expect(try await house.findings() == [])
        }
    }

    /// All of it in dispute: no step of the ladder. Escalated it stays so until it is decided.
    @Test func whatIsInDisputeDoesNotClimb() async throws {
        try await playInvoice { house, invoice in
            try await house.dispute("d1", invoice, .line(1), nil, "2027-01-10")
            try await house.pay("p1", Money(yuan: 1), "2027-01-10")
            #expect(try await house.decide("d1", .escalated, "2027-01-20").isOpen)
            for date in ["2027-02-20", "2027-05-01"] { #expect(try await house.sweep(date).moves.isEmpty) }
            #expect(try await house.owes("2027-05-01").position.step == .inTime)
            try await house.decide("d1", .rejected, "2027-05-01")
            // The 10th to the 16th are seven days to pay in time that are given back.
            #expect(try await house.owes("2027-05-08").penalty == .zero)
            #expect(try await house.owes("2027-05-09").penalty == fen(30))
        }
    }

    @Test func aRepeatIsTheSameDisputeAndADecisionIsFinal() async throws {
        try await playInvoice { house, invoice in
            let first = try await house.dispute("d1", invoice, .line(1), Money(yuan: 40), "2027-01-20")
            let second = try await house.dispute("d1", invoice, .line(1), Money(yuan: 40), "2027-01-21")
            #expect(first == second)
            await #expect(throws: Fault(.repeatedDifferently, "")) {
                try await house.dispute("d1", invoice, .line(0), nil, "2027-01-21")
            }
            await #expect(throws: Fault(.disputedBefore, "")) {
                try await house.dispute("d2", invoice, .line(1), nil, "2027-01-21")
            }
            try await house.decide("d1", .rejected, "2027-02-03")
            await #expect(throws: Fault(.disputeDecided, "")) { try await house.decide("d1", .upheld, "2027-02-04") }
            await #expect(throws: Fault(.noDispute, "")) { try await house.decide("d9", .upheld, "2027-02-04") }
        }
    }

    @Test func impossibleDisputesAreRefused() async throws {
        try await playInvoice { house, invoice in
            await #expect(throws: Fault(.nothingToDispute, "")) {
                try await house.dispute("d1", invoice, .line(1), fen(10_001), "2027-01-20")
            }
            await #expect(throws: Fault(.nothingToDispute, "")) {
                try await house.dispute("d1", invoice, .line(1), fen(-1), "2027-01-20")
            }
            await #expect(throws: Fault(.nothingToDispute, "")) {
                try await house.dispute("d1", invoice, .penalty, nil, "2027-01-16")
            }
            await #expect(throws: Fault(.noInvoice, "")) { try await house.dispute("d1", invoice, .line(2), nil, "2027-01-20") }
            await #expect(throws: Fault(.noInvoice, "")) { try await house.dispute("d1", invoice, .line(-1), nil, "2027-01-20") }
            await #expect(throws: Fault(.noInvoice, "")) {
                try await house.dispute("d1", invoice, .call(CallID(trusted: "another")), nil, "2027-01-20")
            }
            await #expect(throws: Fault(.textRefused, "")) {
                try await house.dispute("d1", invoice, .line(1), nil, "2027-01-20", text: "")
            }
            try await house.dispute("d1", invoice, .line(1), Money(yuan: 40), "2027-01-20")
            await #expect(throws: Fault(.creditTooHigh, "")) {
                try await house.decide("d1", .partly(Money(yuan: 40)), "2027-01-21")
            }
            await #expect(throws: Fault(.staffMayNot, "")) {
                try await house.decide("d1", .upheld, "2027-01-21", roles: [.technician])
            }
            #expect(try await house.findings() == [])
        }
    }

    /// ¥30 of the rent by credit note, twice ordered under one id; ¥71 more is too much.
    @Test func aCreditNoteCorrectsALine() async throws {
        try await playInvoice { house, invoice in
            for _ in 0..<2 {
                let note = try await house.correct("k1", invoice, Money(yuan: 30))
                #expect(note.number == "HZ-2027-000001")
            }
            await #expect(throws: Fault(.creditTooHigh, "")) { try await house.correct("k2", invoice, Money(yuan: 71)) }
            #expect(try await house.owes("2027-01-10").total == Money(yuan: 71))
            #expect(try await house.correct("k3", invoice, Money(yuan: 70)).number == "HZ-2027-000002")
            #expect(try await house.findings() == [])
        }
    }

    private func playInvoice(_ scenario: @Sendable (Household, Invoice) async throws -> Void) async throws {
        try await Household.play { house in
            try await house.call("c1", seconds: 200, "2026-12-05")
            let invoice = try await house.bill("2026-12", on: "2027-01-02", charges: [Household.rent])
            try await scenario(house, #require(invoice))
        }
    }
}

extension Household {
    @discardableResult
    func dispute(
        _ id: String, _ invoice: Invoice, _ subject: Dispute.Subject, _ amount: Money?, _ on: String, text: String = "不是我打的"
    ) async throws(Fault) -> Dispute {
        let request = DisputeRequest(
            id: DisputeID(trusted: id), account: account, invoice: invoice.id, subject: subject, amount: amount, text: text)
        return try await write(on) { tx, now throws(Fault) in
            try raiseDispute(request, by: "customer:\(customer)", in: tx, at: now, zone: Self.zone)
        }
    }

    @discardableResult
    func decide(
        _ id: String, _ outcome: DisputeOutcome, _ on: String, roles: Set<Role> = [.billing]
    ) async throws(Fault) -> Dispute {
        try await write(on) { tx, now throws(Fault) in
            try decideDispute(
                DisputeID(trusted: id), outcome, explanation: "looked into it", by: .clerk(roles), in: tx, at: now,
                zone: Self.zone)
        }
    }

    func correct(_ id: String, _ invoice: Invoice, _ amount: Money) async throws(Fault) -> CreditNote {
        try await write("2027-01-10") { tx, now throws(Fault) in
            try correctInvoice(
                PaymentID(trusted: id), invoice: invoice.id, line: 1, amount: amount, reason: "wrong price", by: .clerk(), in: tx,
                at: now, zone: Self.zone)
        }
    }
}
