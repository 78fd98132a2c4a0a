import Agreement
import Basics
import Billing
import Lines
import Orders
import Storage
import Testing

/// Clause 15: changes are announced; a customer who objects negotiates within M months of publication, else it counts as agreeing.
@Suite("Clause 15: changes of the agreement")
struct Clause15ChangesTests {
    /// Given a version published on 31 January 2028 (a leap year), the month ends with 29 February, and 1 March is on the new terms.
    @Test func silenceBindsAfterTheLastDayOfAShortMonth() async throws {
        try await Contract.play(from: "2027-06-01") { _, contract in
            let person = try await contract.party()
            try contract.wait(until: "2028-01-31")
            try await contract.publish(2)
            try contract.wait(until: "2028-02-29", hour: 23)
            #expect(try await contract.close() == 0)
            #expect(try await contract.terms(of: person, on: "2028-02-29").number == 1)
            try contract.wait(until: "2028-03-01", hour: 0)
            #expect(try await contract.close() == 1)
            let terms = try await contract.terms(of: person, on: "2028-03-01")
            #expect(terms.number == 2 && terms.because == .silence && "\(terms.since)" == "2028-03-01")
            #expect(terms.terms.warrantyYears == 2)
            // The day before stays what it was.
            #expect(try await contract.terms(of: person, on: "2028-02-29").terms.warrantyYears == 1)
        }
    }

    /// Given a window whose last day is 15 June in Shanghai (it ends at 16:00 UTC), an objection in its last millisecond is in time and
    /// one a millisecond later is not.
    @Test func theLastDayEndsAtMidnightOfTheProvider() async throws {
        try await Contract.play(from: "2027-02-01") { world, contract in
            let (inTime, late) = (try await contract.party(), try await contract.party("李伟", "60000002"))
            try contract.wait(until: "2027-05-15")
            let version = try await contract.publish(2)
            let midnight = try #require(Timestamp("2027-06-15T16:00:00Z"))
            world.clock.advance(to: midnight.adding(milliseconds: -1))
            #expect(try await contract.object(version, inTime).isOpen)
            world.clock.advance(to: midnight)
            await #expect(throws: Fault(.windowOver, "")) { try await contract.object(version, late) }
            #expect(try await contract.terms(of: inTime, on: "2027-06-16").number == 1)
            #expect(try await contract.terms(of: late, on: "2027-06-16").number == 2)
        }
    }

    /// Published at 23:30 of 30 April in Shanghai, which is 15:30 UTC of the same day, and at 00:30 of 1 May, which is 30 April in UTC: the
    /// day of the provider decides.
    @Test func theDayOfPublicationIsTheProviders() async throws {
        for (published, lastDay) in [("2027-04-30T15:30:00Z", "2027-05-30"), ("2027-04-30T16:30:00Z", "2027-06-01")] {
            try await Contract.play(from: "2027-02-01") { world, contract in
                let person = try await contract.party()
                world.clock.advance(to: try #require(Timestamp(published)))
                let version = try await contract.publish(2)
                let window = try await world.read { tx, now throws(Fault) in
                    try changeWindow(of: person.customer, version: version, in: tx, at: now, zone: world.zone)
                }
                #expect(window.map { "\($0.lastDay)" } == lastDay)
            }
        }
    }

    @Test func acceptanceBindsFromItsDayAndEndsTheWindow() async throws {
        try await Contract.play(from: "2027-02-01") { _, contract in
            let person = try await contract.party()
            try contract.wait(until: "2027-05-15")
            let version = try await contract.publish(2)
            try contract.wait(until: "2027-05-20")
            try await contract.accept(version, person)
            #expect(try await contract.terms(of: person, on: "2027-05-19").number == 1)
            let terms = try await contract.terms(of: person, on: "2027-05-20")
            #expect(terms.number == 2 && terms.because == .acceptance)
            await #expect(throws: Fault(.windowOver, "")) { try await contract.object(version, person) }
        }
    }

    /// Given an objection that is negotiated beyond the window, the old terms stay; kept by agreement they stay for good, but a version
    /// published later opens a window of its own.
    @Test func anObjectionKeepsTheOldTermsUntilTheNextVersion() async throws {
        try await Contract.play(from: "2027-02-01") { world, contract in
            let person = try await contract.party()
            try contract.wait(until: "2027-05-15")
            let version = try await contract.publish(2)
            try contract.wait(until: "2027-06-10")
            let objection = try await contract.object(version, person)
            try contract.wait(until: "2027-09-01")
            #expect(try await contract.close() == 0)
            #expect(try await contract.terms(of: person, on: "2027-09-01").number == 1)
            try await world.write { tx, now throws(Fault) in
                _ = try resolveObjection(objection.id, .keepOld, by: Contract.legal("协商一致"), in: tx, at: now)
            }
            try contract.wait(until: "2027-10-31")
            try await contract.publish(3)
            #expect(try await contract.terms(of: person, on: "2027-11-30").number == 1)
            let terms = try await contract.terms(of: person, on: "2027-12-01")
            #expect(terms.number == 3 && terms.because == .silence)
        }
    }

    /// Given an objection that ends with the customer leaving, nothing new binds and the agreement ends under clause 11.
    @Test func whoDoesNotAgreeMayLeaveOnTheOldTerms() async throws {
        try await Contract.play(from: "2027-02-01") { world, contract in
            let person = try await contract.party()
            try contract.wait(until: "2027-05-15")
            let version = try await contract.publish(2)
            let objection = try await contract.object(version, person)
            try contract.wait(until: "2027-06-20")
            try await world.write { tx, now throws(Fault) in
                _ = try settleObjection(objection.id, .end, by: person.customer, in: tx, at: now)
            }
            let vault = contract.vault
            let request = RequestEndingRequest(
                id: EndingID(trusted: "e1"), customer: person.customer, wished: try #require(BusinessDate("2027-06-20")))
            try await world.write { tx, now throws(Fault) in
                let asked = try requestEnding(request, vault: vault, in: tx, at: now, zone: world.zone)
                #expect(asked.reason == .change)
                try settleEnding(asked, in: tx, at: now, zone: world.zone)
            }
            let agreement = try await contract.agreement(of: person)
            #expect(agreement.endedAt == world.clock.now() && agreement.endReason == "change")
            #expect(try await contract.terms(of: person, on: "2028-01-01").number == 1)
            #expect(try await world.read { tx, now throws(Fault) in try isInForce(person.customer, at: now, in: tx) } == false)
        }
    }

    /// Given version 2 on 15 May and version 3 on 1 June, before the first window ended: silence binds 2 on 16 June and 3 on 2 July; who
    /// accepts 3 on 5 June is never on 2.
    @Test func overlappingWindowsBindEachOnItsDay() async throws {
        try await Contract.play(from: "2027-02-01") { _, contract in
            let (silent, eager) = (try await contract.party(), try await contract.party("李伟", "60000002"))
            try contract.wait(until: "2027-05-15")
            try await contract.publish(2)
            try contract.wait(until: "2027-06-01")
            let third = try await contract.publish(3)
            try contract.wait(until: "2027-06-05")
            try await contract.accept(third, eager)
            // The daily close did not run for a month and finds both days.
            try contract.wait(until: "2027-07-20")
            #expect(try await contract.close() == 2)
            #expect(try await contract.close() == 0)
            for (day, number) in [("2027-06-15", 1), ("2027-06-16", 2), ("2027-07-01", 2), ("2027-07-02", 3)] {
                #expect(try await contract.terms(of: silent, on: day).number == number, "\(day)")
            }
            for (day, number) in [("2027-06-04", 1), ("2027-06-05", 3), ("2027-06-16", 3)] {
                #expect(try await contract.terms(of: eager, on: day).number == number, "\(day)")
            }
        }
    }

    @Test func everyoneCanReadWhatChanges() async throws {
        try await Contract.play(from: "2027-02-01") { world, contract in
            let first = try #require(try await world.read { tx, _ throws(Fault) in try currentVersion(in: tx) })
            let second = try await contract.publish(5)
            let changed = try await world.read { tx, _ throws(Fault) in
                compareVersions(first, try agreementVersion(second, in: tx)).filter(\.isChanged)
            }
            #expect(changed.map(\.clause) == [4])
            #expect(changed.first?.zh.filter { $0.kind != .same }.map(\.text) == ["1", "5"])
        }
    }
}
