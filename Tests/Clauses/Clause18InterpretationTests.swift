import Agreement
import Basics
import Storage
import Testing

/// Clause 18: final interpretation rests with the provider, published with its date, and read against its author in doubt.
@Suite("Clause 18: interpretation")
struct Clause18InterpretationTests {
    private let words = Wording(zh: "“连续二十四小时”按自然时计算。", en: "“Twenty-four continuous hours” are counted by the clock.")

    /// Given an interpretation published on 15 May for 1 June, it stands beside clause 13 from midnight of 1 June on.
    @Test func anInterpretationAppearsBesideItsClauseFromItsDate() async throws {
        try await Contract.play(from: "2027-05-15") { world, contract in
            try await publish(from: "2027-06-01", confirmed: true, world)
            world.clock.advance(to: try #require(Timestamp("2027-05-31T15:59:59.999Z")))
            #expect(try await shown(beside: 13, world).isEmpty)
            world.clock.advance(to: try #require(Timestamp("2027-05-31T16:00:00Z")))
            #expect(try await shown(beside: 13, world).map(\.words) == [words])
            #expect(try await shown(beside: 12, world).isEmpty)
        }
    }

    @Test func staffAreRemindedAndItNeverReachesBack() async throws {
        try await Contract.play(from: "2027-05-15") { world, _ in
            #expect(Interpretation.reminder.zh.contains("第四百九十八条"))
            await #expect(throws: Fault(.reminderNotConfirmed, "")) {
                try await publish(from: "2027-06-01", confirmed: false, world)
            }
            await #expect(throws: Fault(.interpretationInThePast, "")) {
                try await publish(from: "2027-05-14", confirmed: true, world)
            }
        }
    }

    private func publish(from day: String, confirmed: Bool, _ world: World) async throws {
        let (date, words, zone) = (try #require(BusinessDate(day)), words, world.zone)
        try await world.write { tx, now throws(Fault) in
            _ = try publishInterpretation(
                InterpretationID(trusted: "i-1"), of: 13, words, from: date, reminderConfirmed: confirmed,
                by: Contract.legal("释疑"), in: tx, at: now, zone: zone)
        }
    }

    private func shown(beside clause: Int, _ world: World) async throws(Fault) -> [Interpretation] {
        let zone = world.zone
        return try await world.read { tx, now throws(Fault) in
            try interpretations(of: clause, on: zone.date(of: now), in: tx)
        }
    }
}
