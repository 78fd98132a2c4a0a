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
@Suite("Clause 11: the end of the agreement")
struct Clause11EndingTests {
    /// A customer on the standard plan of ¥10 a month since 23 November who stops with the 30th: 8 of 30 days are ¥2.67. With the debt nothing
    /// ends; with the payment everything does, in that moment. The number rests 90 whole days.
    @Test func itEndsWithThePaymentAndCannotEndWithADebt() async throws {
        try await Contract.play { world, contract in
            try await world.write { tx, now throws(Fault) in try ensureStandardCatalogue(in: tx, at: now, zone: world.zone) }
            let person = try await contract.party()
            try await contract.order(
                "o0", .changePlan(line: person.line.id, plan: StandardCatalogue.standard, start: .now), person)
            let last = try #require(BusinessDate("2026-11-30"))
            let vault = contract.vault
            let ending = try await world.write { tx, now throws(Fault) in
                try requestEnding(
                    RequestEndingRequest(id: EndingID(trusted: "e1"), customer: person.customer, wished: last), vault: vault,
                    in: tx, at: now, zone: world.zone)
            }
            #expect(ending.state == .requested)
            #expect(try await advance(.zero, world).state == .requested, "the service goes on to the wished day")
            try contract.wait(until: "2026-12-01", hour: 0)
            #expect(
                try await world.read { tx, now throws(Fault) in try dueEndings(in: tx, on: world.zone.date(of: now)).count } == 1)
            #expect(try await advance(try await owed(person, last, world), world).state == .settling)
            let debt = try await owed(person, last, world)
            #expect(debt == Money(fen: 267))
            #expect(try await advance(debt, world).state == .settling)
            #expect(try await world.holds(on: person).map(\.kind) == [.customerRequest])
            try contract.wait(until: "2026-12-03")
            // Due at once and paid two days late: 2.67 × 3 ‰ × 2 days = 0.01602, rounded 0.02 of penalty (clause 5).
            let owing = try await owed(person, last, world)
            #expect(owing == Money(fen: 269))
            try await world.pay("p1", owing, person)
            let ended = try await advance(.zero, world)
            #expect(ended.state == .ended)
            let now = world.clock.now()
            #expect(ended.endedAt == now)
            try await world.read { tx, _ throws(Fault) in
                #expect(try line(person.line.id, in: tx).endedAt == now)
                #expect(try agreement(of: person.customer, in: tx)?.endedAt == now)
                #expect(try !isInForce(person.customer, at: now, in: tx))
                #expect(try retention(of: person.customer, in: tx) != nil)
            }
            await #expect(throws: Fault(.notInForce, "")) {
                try await contract.order("o1", .changeCreditLimit(account: person.account.rawValue, limit: .zero), person)
            }
            // 28 days of December, 31 of January, 28 of February and 3 of March are 90: free on 4 March 2027.
            try contract.wait(until: "2027-03-03", hour: 23)
            await #expect(throws: Fault(.numberTaken, "")) { try await world.customer("李伟", "60000001") }
            try contract.wait(until: "2027-03-04", hour: 0)
            #expect(try await world.customer("李伟", "60000001").line.number == person.line.number)
        }
    }

    /// The service ended on 23 November 2026. Identity goes after 23 November 2028, the contents of agreement and orders with the records after
    /// 23 November 2029; signatures, hashes and the journal stay, so a copy in the customer's drawer can still be verified.
    @Test func signedDocumentsGoWhenNoLawKeepsThemAnyMore() async throws {
        try await Contract.play { world, contract in
            try await world.write { tx, now throws(Fault) in try ensureStandardCatalogue(in: tx, at: now, zone: world.zone) }
            let person = try await contract.party()
            let today = world.zone.date(of: world.clock.now())
            let vault = contract.vault
            let request = RequestEndingRequest(id: EndingID(trusted: "e1"), customer: person.customer, wished: today)
            try await world.write { tx, now throws(Fault) in
                try requestEnding(request, vault: vault, in: tx, at: now, zone: world.zone)
                try advanceEnding(request.id, owed: .zero, in: tx, at: now, zone: world.zone)
                #expect(try advanceEnding(request.id, owed: .zero, in: tx, at: now, zone: world.zone).state == .ended)
            }
            let agreement = try await contract.agreement(of: person)
            #expect(agreement.annexes.count == 1, "the order to end")
            try contract.wait(until: "2028-11-24", hour: 0)
            #expect(try await eraseEnded(world) == 1)
            #expect(try await contract.report(on: person).flaws.isEmpty)
            try contract.wait(until: "2029-11-23", hour: 23)
            #expect(try await eraseEnded(world) == 0)
            #expect(try await document(of: agreement, world, vault) != nil)
            try contract.wait(until: "2029-11-24", hour: 0)
            #expect(try await eraseEnded(world) == 1)
            #expect(try await eraseEnded(world) == 0)
            #expect(try await document(of: agreement, world, vault) == nil)
            let kept = try await contract.agreement(of: person)
            #expect(kept.fingerprint == agreement.fingerprint && kept.customerSignature == agreement.customerSignature)
            let actions = try await world.read { tx, _ throws(Fault) in
                try tx.query("SELECT action FROM journal WHERE action LIKE '%erased' ORDER BY id").map { row throws(Fault) in
                    try row.text("action")
                }
            }
            #expect(actions == ["customer.identity-erased", "agreement.documents-erased", "customer.records-erased"])
        }
    }

    private func eraseEnded(_ world: World) async throws(Fault) -> Int {
        try await world.write { tx, now throws(Fault) in try Orders.eraseEnded(on: world.zone.date(of: now), in: tx, at: now) }
    }

    private func document(of agreement: Agreement, _ world: World, _ vault: Vault) async throws -> [UInt8]? {
        do {
            return try await world.read { tx, _ throws(Fault) in
                try storedDocument(agreement.documentHash, vault: vault, in: tx).content
            }
        } catch { return nil }
    }

    private func owed(_ person: Person, _ last: BusinessDate, _ world: World) async throws(Fault) -> Money {
        try await world.write { tx, now throws(Fault) in
            try makeFinalInvoice(of: person.account, ending: "e1", lastDay: last, in: tx, at: now, zone: world.zone).owed
        }
    }

    private func advance(_ owed: Money, _ world: World) async throws(Fault) -> Ending {
        try await world.write { tx, now throws(Fault) in
            try advanceEnding(EndingID(trusted: "e1"), owed: owed, in: tx, at: now, zone: world.zone)
        }
    }
}
