import Basics
import Billing
import Charging
import Storage
import Testing

/// Clause 13: the provider's liability for a failure of its own is limited to the service fee for the time the customer was affected. Whoever finds the
/// failure grants the credit; these scenarios show its money.
@Suite("Clause 13: the money of a credit") struct Clause13MoneyTests {
    /// Given January's fee of ¥124.00, a day without service is ¥4.00. It is in the books under clause 13, not as money that came, and the next
    /// invoice of ¥100.00 asks for ¥96.00. The same incident again changes nothing, and another amount under its name is refused.
    @Test func aCreditIsInTheBooksUnderItsClauseAndReducesTheNextInvoice() async throws {
        try await World.play { world in
            let person = try await world.customer("王秀英", "60000001")
            try world.noon("2027-02-03")
            let share = Money(yuan: 124).micros / 31
            #expect(Money(micros: share) == Money(yuan: 4))
            for isNew in [true, false] {
                let credit = try await grant("incident-7", Money(micros: share), to: person, world)
                #expect(credit.isNew == isNew && credit.payment.method == .credit && credit.payment.toDeposit == Money(yuan: 4))
            }
            await #expect(throws: Fault(.repeatedDifferently, "")) {
                try await grant("incident-7", Money(yuan: 5), to: person, world)
            }
            let booked = try await world.read { tx, _ throws(Fault) in
                (
                    try entries(of: LedgerTransactionID("payment:incident-7"), in: tx), try balance(of: .cash, in: tx),
                    try balance(of: .credits(clause: 13), in: tx)
                )
            }
            #expect(
                Set(booked.0) == [
                    .debit(.credits(clause: 13), Money(yuan: 4)), .credit(.deposit(person.account), Money(yuan: 4)),
                ])
            #expect(booked.1 == .zero && booked.2 == Money(yuan: 4))
            try await world.talk("c1", person, seconds: 200, price: .dear)
            try world.noon("2027-03-02")
            let invoice = try await world.bill("2027-02", person)
            #expect(invoice.total == Money(yuan: 100) && invoice.statement.depositUsed == Money(yuan: 4))
            #expect(invoice.statement.toPay == Money(yuan: 96))
            try await world.pay("p1", Money(yuan: 96), person)
            #expect(try await world.owes(person).total == .zero)
            try await world.booksAreRight()
        }
    }

    /// Where something is overdue the credit goes to it first, penalty before debt: ¥4.00 on 26 March, ten days late, pay ¥3.00 of penalty and ¥1.00.
    @Test func aCreditPaysWhatIsOwedFirst() async throws {
        try await World.play { world in
            let person = try await world.customer("王秀英", "60000001")
            try world.noon("2027-02-03")
            try await world.talk("c1", person, seconds: 200, price: .dear)
            try world.noon("2027-03-02")
            try await world.bill("2027-02", person)
            try world.noon("2027-03-26")
            let credit = try await grant("incident-8", Money(yuan: 4), to: person, world)
            #expect(credit.payment.toPenalty == Money(yuan: 3) && credit.payment.toPrincipal == Money(yuan: 1))
            #expect(try await world.owes(person).total == Money(yuan: 99))
            try await world.booksAreRight()
        }
    }

    private func grant(
        _ id: String, _ amount: Money, to person: Person, _ world: World
    ) async throws(Fault) -> PaymentOutcome {
        let zone = world.zone
        return try await world.write { tx, now throws(Fault) in
            try grantCredit(
                PaymentID(trusted: id), to: person.account, amount: amount, clause: 13, evidence: "incident:\(id)", in: tx,
                at: now,
                zone: zone)
        }
    }
}
