import Basics
import Billing
import Lines
import Notices
import Orders
import Storage
import Testing

/// Clause 5: fees are paid in full by the due date. Late: the arrears plus 3‰ of them a day; after a month the provider may suspend, after three
/// terminate and pursue arrears and penalty.
@Suite("Clause 5: paying late")
struct Clause05PaymentTests {
    /// Given 200 s of video at ¥0.50 in December, ¥100, invoiced on 2 January and due on the 16th:
    /// - on the 21st ¥50 are paid: five days are ¥1.50, so ¥48.50 reach the debt;
    /// - on 28 February ¥51.50 are overdue for another 38 days: ¥5.871; with the ¥1.50 paid ¥7.371, in the books ¥7.37, so ¥5.87 are unpaid;
    /// - suspended since 17 February; on 28 February ¥57.37 set the line free at once, to the fen.
    @Test func arrearsPenaltySuspensionAndRestoration() async throws {
        try await World.play { world in
            let person = try await world.customer("王秀英", "60000001")
            try world.noon("2026-12-10")
            try await world.talk("c1", person, seconds: 200, price: .dear)
            try world.noon("2027-01-02")
            let invoice = try await world.bill("2026-12", person)
            #expect(invoice.total == Money(yuan: 100))
            #expect(invoice.due == BusinessDate("2027-01-16"))
            try world.noon("2027-01-16")
            #expect(try await world.owes(person).penalty == .zero)
            try world.noon("2027-01-21")
            let part = try await world.pay("p1", Money(yuan: 50), person)
            #expect(part.payment.toPenalty == .fen(150) && part.payment.toPrincipal == .fen(4_850))
            try world.noon("2027-02-10")
            let notice = try await world.climb(person).notices
            #expect(try await world.told(person).contains(.suspensionAhead))
            #expect(notice.map(\.step) == [.suspended] && notice.map(\.on) == [BusinessDate("2027-02-17")])
            try world.noon("2027-02-16")
            #expect(try await !world.climb(person).isSuspended)
            try world.noon("2027-02-17")
            #expect(try await world.climb(person).isSuspended)
            let holds = try await world.holds(on: person)
            #expect(holds.map(\.kind) == [.arrears] && holds.first?.clause == 5 && holds.first?.effect == .all)
            try world.noon("2027-02-28")
            let owed = try await world.owes(person)
            #expect(owed.principal == .fen(5_150) && owed.penalty == .fen(587))
            let rest = try await world.pay("p2", .fen(5_737), person)
            #expect(rest.lifted.map(\.kind) == [.arrears])
            #expect(try await world.owes(person).total == .zero)
            #expect(try await world.holds(on: person).isEmpty)
            for kind in [NoticeKind.invoiceIssued, .paymentReceived, .suspended, .serviceRestored] {
                #expect(try await world.told(person).contains(kind), "\(kind)")
            }
            try await world.booksAreRight()
        }
    }

    /// A whole February of 2028 has a leap day: due on 16 February, paid on 1 March, 14 days of ¥0.30. In 2027 it were 13.
    @Test(arguments: [("2028", Int64(420)), ("2027", 390)])
    func theLeapDayCounts(year: String, penalty: Int64) async throws {
        try await World.play { world in
            let person = try await world.customer("王秀英", "60000001")
            try world.noon("\(year)-01-10")
            try await world.talk("c1", person, seconds: 200, price: .dear)
            try world.noon("\(year)-02-02")
            try await world.bill("\(year)-01", person)
            try world.noon("\(year)-03-01")
            #expect(try await world.owes(person).penalty == .fen(penalty))
        }
    }

    /// Never paid: suspended on 17 February, terminated after 60 days of it, on 19 April, after its own notice. The line ends, the debt stays and grows, and is paid in the end.
    @Test func theDebtStaysAfterTermination() async throws {
        try await World.play { world in
            let person = try await world.customer("王秀英", "60000001")
            try world.noon("2026-12-10")
            try await world.talk("c1", person, seconds: 200, price: .dear)
            try world.noon("2027-01-02")
            try await world.bill("2026-12", person)
            for date in ["2027-02-10", "2027-02-17", "2027-04-12", "2027-04-18"] {
                try world.noon(date)
                #expect(try await !world.climb(person).isTerminated)
            }
            try world.noon("2027-04-19")
            #expect(try await world.climb(person).isTerminated)
            let ended = try await world.read { tx, _ throws(Fault) in try Lines.line(person.line.id, in: tx) }
            #expect(ended.endedAt == world.clock.now())
            try world.noon("2027-04-27")
            // 17 January to 27 April: 15 + 28 + 31 + 27 = 101 days of ¥0.30.
            #expect(try await world.owes(person).total == .fen(13_030))
            try await world.pay("p1", .fen(13_030), person)
            let after = try await world.owes(person)
            #expect(after.total == .zero && after.position.step == .terminated)
            try await world.booksAreRight()
        }
    }
}
