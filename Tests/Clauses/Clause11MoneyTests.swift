import Access
import Agreement
import Basics
import Billing
import Customers
import Lines
import Orders
import Storage
import Testing

/// Clause 11: a customer who wants to stop settles all fees, then the agreement ends.
@Suite("Clause 11: the final invoice")
struct Clause11MoneyTests {
    /// A customer since 23 November on the standard plan of ¥10 a month who stops on 10 December, after ¥1.00 of calls in November and ¥0.50 in
    /// December. November was not invoiced: 8 of 30 days are ¥2.67, with the calls ¥3.67. December: 10 of 31 days are ¥3.23, with the calls ¥3.73.
    @Test func rentToTheDayCallsAndWhatWasLeftOut() async throws {
        try await Contract.play { world, contract in
            try await world.write { tx, now throws(Fault) in try ensureStandardCatalogue(in: tx, at: now, zone: world.zone) }
            let person = try await contract.party()
            try await contract.order(
                "o0", .changePlan(line: person.line.id, plan: StandardCatalogue.standard, start: .now), person)
            try await world.talk("c1", person, seconds: 200)
            try world.noon("2026-12-05")
            try await world.talk("c2", person, seconds: 100)
            let last = try #require(BusinessDate("2026-12-10"))
            let preview = try await world.write { tx, now throws(Fault) in
                try previewFinalInvoice(of: person.account, lastDay: last, in: tx, at: now, zone: world.zone)
            }
            #expect(preview.invoice?.number == "")
            try world.noon("2026-12-11")
            let final = try await final(person, last, world)
            #expect(final.invoice?.total == .fen(373))
            #expect(final.invoice?.lines.map(\.total) == [.fen(50), .fen(323)])
            #expect(final.owed == .fen(740))
            #expect(try await self.final(person, last, world) == final, "the same ending again is the same invoice")
            try await world.pay("p1", .fen(740), person)
            #expect(try await self.final(person, last, world).owed == .zero)
            // What is paid too much is owed by the provider.
            try await world.pay("p2", .fen(100), person)
            #expect(try await self.final(person, last, world).owed == .fen(-100))
            try world.noon("2027-01-02")
            let after = try await world.write { tx, now throws(Fault) in
                let month = try gatherBill(
                    of: person.account, month: last.month, lastDay: last, in: tx, at: now, zone: world.zone)
                return try billMonth(month, in: tx, at: now, zone: world.zone)
            }
            #expect(after == nil, "nothing is left for the month's invoice")
            try await world.booksAreRight()
        }
    }

    /// Given a signed agreement and the standard plan since 23 November, ended by the customer for 10 December: on the 11th the service stops and ¥2.67
    /// and ¥3.23 of rent are owed. Nothing ends before they are paid; with the payment the line and the agreement end at once.
    @Test func theAgreementEndsAtThePaymentAndNotBefore() async throws {
        try await Contract.play { world, contract in
            try await world.write { tx, now throws(Fault) in try ensureStandardCatalogue(in: tx, at: now, zone: world.zone) }
            let person = try await contract.party()
            try await contract.order(
                "o0", .changePlan(line: person.line.id, plan: StandardCatalogue.standard, start: .now), person)
            let request = RequestEndingRequest(
                id: EndingID(trusted: "e1"), customer: person.customer, wished: try #require(BusinessDate("2026-12-10")))
            let vault = contract.vault
            _ = try await world.write { tx, now throws(Fault) in
                try requestEnding(request, vault: vault, in: tx, at: now, zone: world.zone)
            }
            try world.noon("2026-12-09")
            #expect(try await settle(world) == 0)
            try world.noon("2026-12-11")
            #expect(try await settle(world) == 1)
            #expect(try await settle(world) == 0, "as long as something is owed nothing ends")
            #expect(try await world.owes(person).total == .fen(590))
            #expect(try await inForce(person, world))
            try await world.pay("p1", .fen(589), person)
            #expect(try await inForce(person, world))
            try await world.pay("p2", .fen(1), person)
            #expect(try await !inForce(person, world))
            let ended = try await world.read { tx, _ throws(Fault) in try Lines.line(person.line.id, in: tx) }
            #expect(ended.endedAt == world.clock.now())
            try await world.booksAreRight()
        }
    }

    /// Given a customer whom the ladder terminates on 19 April, after 60 days of suspension, for ¥100 of December: the agreement ended for
    /// arrears, and what is open is settled like
    /// in every ending. The sign-in lasts until everything is paid: ¥100 and, from 17 January to 19 April, 93 days of ¥0.30 are ¥127.90.
    @Test func terminatedForArrearsItIsOverOnceThatIsPaid() async throws {
        try await Contract.play { world, contract in
            let person = try await contract.party()
            try world.noon("2026-12-10")
            try await world.talk("c1", person, seconds: 200, price: .dear)
            try world.noon("2027-01-02")
            try await world.bill("2026-12", person)
            for date in ["2027-02-10", "2027-02-17", "2027-04-12", "2027-04-19"] {
                try world.noon(date)
                try await world.climb(person)
            }
            #expect(try await contract.agreement(of: person).endReason == "arrears")
            let ending = try #require(try await world.read { tx, _ throws(Fault) in try openEnding(of: person.customer, in: tx) })
            #expect(ending.reason == .arrears && ending.state == .settling)
            await #expect(throws: Fault(.endingState, "")) {
                try await world.write { tx, now throws(Fault) in
                    try withdrawEnding(ending.id, of: person.customer, in: tx, at: now, zone: world.zone)
                }
            }
            try await world.pay("p1", .fen(12_789), person)
            #expect(try await maySignIn(person, world))
            try await world.pay("p2", .fen(1), person)
            #expect(try await !maySignIn(person, world))
            #expect(try await world.read { tx, _ throws(Fault) in try retention(of: person.customer, in: tx) } != nil)
            try await world.booksAreRight()
        }
    }

    private func maySignIn(_ person: Person, _ world: World) async throws(Fault) -> Bool {
        try await world.read { tx, _ throws(Fault) in
            try principals(of: person.customer, in: tx).map { id throws(Fault) in try principal(id, in: tx) }.contains {
                $0.endedAt == nil
            }
        }
    }

    private func settle(_ world: World) async throws(Fault) -> Int {
        try await world.write { tx, now throws(Fault) in try settleEndings(in: tx, at: now, zone: world.zone) }
    }

    private func inForce(_ person: Person, _ world: World) async throws(Fault) -> Bool {
        try await world.read { tx, now throws(Fault) in try isInForce(person.customer, at: now, in: tx) }
    }

    private func final(_ person: Person, _ last: BusinessDate, _ world: World) async throws(Fault) -> FinalBill {
        try await world.write { tx, now throws(Fault) in
            try makeFinalInvoice(of: person.account, ending: "e1", lastDay: last, in: tx, at: now, zone: world.zone)
        }
    }
}
