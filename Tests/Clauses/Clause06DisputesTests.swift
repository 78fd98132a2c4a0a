import Basics
import Billing
import Lines
import Storage
import Testing

/// Clause 6: where the customer objects to charges, the provider investigates, explains, verifies and deals with it.
@Suite("Clause 6: objections to charges")
struct Clause06DisputesTests {
    /// Two calls of ¥60 and ¥40, invoiced on 2 January, due on the 16th. The second is disputed on the 20th and upheld on 3 February: it has never
    /// been. ¥60 for 18 days at 3‰ are ¥3.24.
    @Test func upheld() async throws {
        try await play { world, person, invoice in
            let dispute = try await raise(.call(CallID(trusted: "c2")), invoice, person, world)
            #expect(dispute.amount == Money(yuan: 40))
            #expect(dispute.answerDue == BusinessDate("2027-02-04"), "15 days")
            #expect(dispute.evidence.contains(#""call":"c2""#) && dispute.evidence.contains(#""cost":40000000"#))
            try world.noon("2027-02-03")
            let open = try await world.owes(person)
            #expect(open.principal == Money(yuan: 60) && open.standing.held == Money(yuan: 40))
            // On the ¥40 the three days before the dispute.
            #expect(open.penalty == .fen(324 + 36))
            try await decide(.upheld, world)
            let owed = try await world.owes(person)
            #expect(owed.total == .fen(6_324) && owed.standing.held == .zero)
            try await world.booksAreRight()
        }
    }

    /// Rejected: it is due again, its clock goes on from the day after. On 13 February ¥60 have run 28 days (¥5.04), ¥40 three and ten (¥1.56).
    @Test func rejected() async throws {
        try await play { world, person, invoice in
            _ = try await raise(.call(CallID(trusted: "c2")), invoice, person, world)
            try world.noon("2027-02-03")
            try await decide(.rejected, world)
            try world.noon("2027-02-13")
            let owed = try await world.owes(person)
            #expect(owed.principal == Money(yuan: 100) && owed.penalty == .fen(660))
            try await world.booksAreRight()
        }
    }

    /// All of it is in dispute: for months no notice, no suspension.
    @Test func aDisputeDoesNotPushTheLadder() async throws {
        try await play { world, person, invoice in
            _ = try await raise(.line(0), invoice, person, world)
            for date in ["2027-02-10", "2027-02-17", "2027-05-01"] {
                try world.noon(date)
                let move = try await world.climb(person)
                // What accrued before the dispute is overdue and stays so; it is paid here on the first occasion.
                if date == "2027-02-10" { try await world.pay("p1", .fen(120), person) }
                #expect(!move.isSuspended)
            }
            #expect(try await world.holds(on: person).isEmpty)
            #expect(try await world.owes(person).total == .zero)
        }
    }

    private func play(_ scenario: @Sendable (World, Person, Invoice) async throws -> Void) async throws {
        try await World.play { world in
            let person = try await world.customer("王秀英", "60000001")
            try world.noon("2026-12-10")
            try await world.talk("c1", person, seconds: 120, price: .dear)
            try world.noon("2026-12-11")
            try await world.talk("c2", person, seconds: 80, price: .dear)
            try world.noon("2027-01-02")
            let invoice = try await world.bill("2026-12", person)
            try world.noon("2027-01-20")
            try await scenario(world, person, invoice)
        }
    }

    private func raise(
        _ subject: Dispute.Subject, _ invoice: Invoice, _ person: Person, _ world: World
    ) async throws(Fault) -> Dispute {
        let request = DisputeRequest(
            id: DisputeID(trusted: "d1"), account: person.account, invoice: invoice.id, subject: subject, text: "那天我不在家")
        return try await world.write { tx, now throws(Fault) in
            try raiseDispute(request, by: "customer:\(person.customer)", in: tx, at: now, zone: world.zone)
        }
    }

    private func decide(_ outcome: DisputeOutcome, _ world: World) async throws(Fault) {
        let clerk = try world.clerk()
        _ = try await world.write { tx, now throws(Fault) in
            try decideDispute(
                DisputeID(trusted: "d1"), outcome, explanation: "通话记录已核实", by: clerk, in: tx, at: now, zone: world.zone)
        }
    }
}
