import Access
import Basics
import Billing
import Charging
import Lines
import Storage
import StorageTestSupport
import Testing

/// A rent of ¥100 a month without tax; December is invoiced on 2 January, due on the 16th, 3‰ a day.
@Suite("Payments, on both engines", .serialized)
struct PaymentTests {
    /// ¥50 on the 21st: five days are ¥1.50, ¥48.50 to the debt. On the 31st ten days of ¥0.1545 more: ¥53.04 are owed.
    @Test func aPartPaymentInTheBooks() async throws {
        try await Household.play { house in
            try await house.bill("2026-12", on: "2027-01-02", charges: [Household.rent])
            let outcome = try await house.pay("p1", Money(yuan: 50), "2027-01-21")
            #expect(outcome.isNew && outcome.payment.toPenalty == fen(150) && outcome.payment.toPrincipal == fen(4_850))
            #expect(outcome.payment.toCosts == .zero && outcome.payment.toDeposit == .zero)
            let owed = try await house.owes("2027-01-31")
            #expect(owed.total == fen(5_304) && owed.principal == fen(5_150) && owed.penalty == fen(154))
            #expect(try await house.booked(.cash) == Money(yuan: 50))
            #expect(try await house.booked(.penaltyIncome(house.account)) == fen(-150))
            #expect(try await house.booked(.receivable(house.account)) == fen(5_150))
            #expect(try await house.findings() == [])
        }
    }

    @Test func aRepeatIsTheFirstAnswer() async throws {
        try await Household.play { house in
            try await house.bill("2026-12", on: "2027-01-02", charges: [Household.rent])
            let first = try await house.pay("p1", Money(yuan: 50), "2027-01-10")
            for _ in 0..<3 {
                let again = try await house.pay("p1", Money(yuan: 50), "2027-01-12")
                #expect(again.payment == first.payment && !again.isNew)
            }
            await #expect(throws: Fault(.repeatedDifferently, "")) { try await house.pay("p1", Money(yuan: 51), "2027-01-12") }
            #expect(try await house.booked(.cash) == Money(yuan: 50))
        }
    }

    /// Paid on the 10th, ¥130 for ¥100; ¥30 wait for the next invoice of ¥100, which asks for ¥70.
    @Test func tooMuchIsADepositThatTheNextInvoiceUses() async throws {
        try await Household.play { house in
            try await house.bill("2026-12", on: "2027-01-02", charges: [Household.rent])
            #expect(try await house.pay("p1", Money(yuan: 130), "2027-01-10").payment.toDeposit == Money(yuan: 30))
            #expect(try await house.booked(.deposit(house.account)) == Money(yuan: -30))
            let next = try await house.bill("2027-01", on: "2027-02-02", charges: [Household.rent])
            #expect(next?.statement.depositUsed == Money(yuan: 30) && next?.statement.toPay == Money(yuan: 70))
            #expect(try await house.booked(.deposit(house.account)) == .zero)
            #expect(try await house.findings() == [])
        }
    }

    /// Paid on the 20th and bounced on 10 February: everything is as in a life in which nothing was paid, to the fen, in the books as well.
    @Test func aBouncedPaymentHasNeverBeen() async throws {
        try await Household.play { house in
            try await house.bill("2026-12", on: "2027-01-02", charges: [Household.rent])
            try await house.pay("p1", Money(yuan: 120), "2027-01-20")
            #expect(try await house.owes("2027-02-10").total == .zero)
            for _ in 0..<2 {
                let owed = try await house.reverse("p1", "2027-02-10")
                // 17 January to 10 February are 25 days of ¥0.30.
                #expect(owed.total == fen(10_750) && owed.deposit == .zero)
            }
            #expect(try await house.booked(.cash) == .zero)
            #expect(try await house.booked(.deposit(house.account)) == .zero)
            // The penalty is in the books at once, not with the next event.
            #expect(try await house.booked(.penaltyIncome(house.account)) == fen(-750))
            #expect(try await house.booked(.receivable(house.account)) == fen(10_750))
            #expect(try await house.findings() == [])
            let opposite = try await house.database.read { tx throws(Fault) in
                (
                    try entries(of: LedgerTransactionID("payment:p1"), in: tx),
                    try entries(of: LedgerTransactionID("payment-reversed:p1"), in: tx)
                )
            }
            #expect(opposite.0.map(\.amount) == opposite.1.map { -$0.amount } && opposite.0.count >= 3)
            await #expect(throws: Fault(.noPayment, "")) { try await house.reverse("p9", "2027-02-10") }
        }
    }

    /// What was paid back and then bounced is owed as well.
    @Test func refundsComeFromTheDeposit() async throws {
        try await Household.play { house in
            try await house.pay("p1", Money(yuan: 30), "2027-01-10")
            await #expect(throws: Fault(.depositTooSmall, "")) { try await house.payBack("f1", Money(yuan: 31), "2027-01-11") }
            #expect(try await house.payBack("f1", Money(yuan: 20), "2027-01-11"))
            #expect(try await !house.payBack("f1", Money(yuan: 20), "2027-01-12"), "a repeat")
            await #expect(throws: Fault(.repeatedDifferently, "")) { try await house.payBack("f1", Money(yuan: 5), "2027-01-12") }
            #expect(try await house.booked(.cash) == Money(yuan: 10))
            #expect(try await house.owes("2027-01-12").deposit == Money(yuan: 10))
            #expect(try await house.reverse("p1", "2027-01-13").total == Money(yuan: 20))
            #expect(try await house.booked(.cash) == Money(yuan: -20))
            #expect(try await house.findings() == [])
        }
    }

    @Test func costsArePaidFirstAndCreditsCountLikePayments() async throws {
        try await Household.play { house in
            try await house.bill("2026-12", on: "2027-01-02", charges: [Household.rent])
            try await house.write("2027-01-05") { tx, now throws(Fault) in
                _ = try chargeCosts(
                    PaymentID(trusted: "k1"), of: Money(yuan: 10), to: house.account, reason: "letter", by: .clerk(), in: tx,
                    at: now, zone: Household.zone)
            }
            #expect(try await house.owes("2027-01-05").total == Money(yuan: 110))
            let credit = try await house.write("2027-01-06") { tx, now throws(Fault) in
                try grantCredit(
                    PaymentID(trusted: "g1"), to: house.account, amount: Money(yuan: 15), clause: 13, evidence: "incident:1",
                    in: tx,
                    at: now, zone: Household.zone)
            }
            #expect(credit.payment.toCosts == Money(yuan: 10) && credit.payment.toPrincipal == Money(yuan: 5))
            #expect(try await house.booked(.credits(clause: 13)) == Money(yuan: 15))
            #expect(try await house.booked(.cash) == .zero)
            #expect(try await house.findings() == [])
        }
    }

    @Test(arguments: [0, -1, Int64.max / 20_000])
    func impossibleAmountsAreRefused(amount: Int64) async throws {
        try await Household.play { house in
            await #expect(throws: Fault(.amountRefused, "")) { try await house.pay("p1", fen(amount), "2027-01-10") }
            await #expect(throws: Fault(.amountRefused, "")) { try await house.pay("p1", Money(micros: 10_001), "2027-01-10") }
            await #expect(throws: Fault(.dayRefused, "")) {
                try await house.pay("p1", fen(1), "2027-01-10", dated: "2027-01-11")
            }
            await #expect(throws: Fault(.dayRefused, "")) { try await house.pay("p1", fen(1), "2028-03-10", dated: "2027-01-01") }
            let cash = try await house.booked(.cash)
            #expect(cash == .zero)
        }
    }

    @Test func anotherCurrencyAndAnotherRoleAreRefused() async throws {
        try await Household.play { house in
            let dollars = PaymentRequest(id: PaymentID(trusted: "p"), account: house.account, amount: fen(100), currency: "USD")
            await #expect(throws: Fault(.currencyRefused, "")) {
                try await house.write("2027-01-10") { tx, now throws(Fault) in
                    try receivePayment(dollars, from: "provider:demo", in: tx, at: now, zone: Household.zone)
                }
            }
            try await house.pay("p0", fen(1), "2027-01-09")
            let yuan = PaymentRequest(id: PaymentID(trusted: "p"), account: house.account, amount: fen(100))
            await #expect(throws: Fault(.staffMayNot, "")) {
                try await house.write("2027-01-10") { tx, now throws(Fault) in
                    try recordPayment(yuan, by: .clerk([.technician]), in: tx, at: now, zone: Household.zone)
                }
            }
        }
    }

    /// A payment that the bank dates three days back is counted from that day: two days of penalty less.
    @Test func aPaymentCountsFromItsDay() async throws {
        try await Household.play { house in
            try await house.bill("2026-12", on: "2027-01-02", charges: [Household.rent])
            let outcome = try await house.pay("p1", fen(10_030), "2027-01-20", dated: "2027-01-17")
            #expect(outcome.payment.toPenalty == fen(30))
            #expect(try await house.owes("2027-01-20").total == .zero)
            #expect(try await house.findings() == [])
        }
    }

    /// A limit of ¥1: 200 s of video use it up and the line is held. ¥0.60 paid ahead: 120 s may be used again, the hold is gone.
    @Test func payingLiftsTheCreditHoldAtOnce() async throws {
        try await Household.play(limit: Money(yuan: 1)) { house in
            try await house.call("c1", seconds: 200, "2026-12-05")
            try await house.hold(.credit, "2026-12-05")
            let outcome = try await house.pay("p1", fen(60), "2026-12-06")
            #expect(outcome.lifted.map(\.kind) == [.credit])
            #expect(try await house.holds() == [])
            #expect(try await house.available("2026-12-06") == fen(60))
            // On the invoice the deposit is used; January begins with its own limit and nothing paid ahead.
            let invoice = try await house.bill("2026-12", on: "2027-01-02")
            #expect(invoice?.total == Money(yuan: 1) && invoice?.statement.toPay == fen(40))
            #expect(try await house.available("2027-01-03") == Money(yuan: 1))
            #expect(try await house.findings() == [])
        }
    }

    /// What is paid for December's calls in January, before the invoice, is not a higher limit for January.
    @Test func whatCoversAnEarlierMonthDoesNotCoverThisOne() async throws {
        try await Household.play(limit: Money(yuan: 1)) { house in
            try await house.call("c1", seconds: 200, "2026-12-31")
            try await house.pay("p1", fen(130), "2027-01-01")
            #expect(try await house.available("2027-01-01") == fen(130))
        }
    }

    @Test func aHigherLimitLiftsTheCreditHold() async throws {
        try await Household.play(limit: Money(yuan: 1)) { house in
            try await house.call("c1", seconds: 200, "2026-12-05")
            try await house.hold(.credit, "2026-12-05")
            let lifted = try await house.write("2026-12-06") { tx, now throws(Fault) in
                try chooseCreditLimit(
                    of: house.account, to: Money(yuan: 2), by: "customer:\(house.customer)", in: tx, at: now, zone: Household.zone
                )
            }
            #expect(lifted.map(\.kind) == [.credit])
            #expect(try await house.available("2026-12-06") == Money(yuan: 1))
        }
    }

    /// 64 payments and 64 calls at once: nothing is lost, nothing doubled.
    @Test func sixtyFourAtOnce() async throws {
        try await Household.play { house in
            try await house.bill("2026-12", on: "2027-01-02", charges: [Household.rent])
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<64 {
                    group.addTask { try await house.pay("p\(index % 32)", Money(yuan: 5), "2027-01-10") }
                    group.addTask { try await house.call("c\(index)", seconds: 10, "2027-01-10") }
                }
                try await group.waitForAll()
            }
            #expect(try await house.booked(.cash) == Money(yuan: 160), "32 different payments, each told twice")
            #expect(try await house.booked(.deposit(house.account)) == Money(yuan: -60))
            #expect(try await house.owes("2027-01-10").unbilled == fen(320))
            #expect(try await house.findings() == [])
        }
    }
}

extension Household {
    func reverse(_ id: String, _ on: String) async throws(Fault) -> Owed {
        try await write(on) { tx, now throws(Fault) in
            try reversePayment(
                PaymentID(trusted: id), reason: "returned by the bank", by: .clerk(), in: tx, at: now, zone: Self.zone)
        }
    }

    func payBack(_ id: String, _ amount: Money, _ on: String) async throws(Fault) -> Bool {
        try await write(on) { tx, now throws(Fault) in
            try refund(
                PaymentID(trusted: id), of: amount, to: account, reference: "bank 2", by: .clerk(), in: tx, at: now,
                zone: Self.zone)
        }
    }

    func hold(_ kind: Hold.Kind, _ on: String) async throws(Fault) {
        try await write(on) { tx, now throws(Fault) in
            let request = PlaceHoldRequest(
                line: line, kind: kind, clause: 9, reason: "limit-reached", evidence: "call:c1", effect: .outgoing, by: "system")
            _ = try placeHold(request, in: tx, at: now)
        }
    }

    func available(_ on: String) async throws(Fault) -> Money {
        try await write(on) { tx, now throws(Fault) in try accountSummary(account, in: tx, at: now, zone: Self.zone) }.available
    }
}
